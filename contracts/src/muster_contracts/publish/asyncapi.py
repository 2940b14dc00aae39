"""The whole system as one AsyncAPI 3 document: channels, who sends and receives on them, messages with their headers and keys."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from muster_contracts.publish.examples import examples_of, headers_of
from muster_contracts.publish.headers import DEAD_LETTER, ENVELOPE, LETTER_REQUIRED, REQUIRED, SUBMISSION
from muster_contracts.publish.release import declared_version, written_outside
from muster_contracts.publish.schemas import Version, shared_schemas, versions
from muster_contracts.topics import EVENT_TOPICS, TOPICS, Topic

KAFKA_BINDING = "0.5.0"
"""Version of AsyncAPI's Kafka bindings."""

LETTER = "dead-letter"
ANYONE = "subscribers"


def asyncapi(contracts: Path) -> dict[str, Any]:
    """The document, as JSON.

    Args:
        contracts: the folder that holds `examples` and `pyproject.toml`.
    """
    found = versions()
    events, definitions = shared_schemas(found, "#/components/schemas/{model}")
    letters = [topic for topic in TOPICS if topic.holds is None]
    return {
        "asyncapi": "3.0.0",
        "id": "urn:muster",
        "info": {
            "title": "Muster",
            "version": declared_version(contracts),
            "description": _ABOUT,
        },
        "defaultContentType": "application/json",
        "servers": {
            "log": {
                "host": "{bootstrap}",
                "protocol": "kafka",
                "description": "The log.",
                "variables": {"bootstrap": {"default": "127.0.0.1:9092", "description": "host:port of a broker."}},
            }
        },
        "channels": {
            **{topic.name: _channel(topic, [version for version in found if version.topic is topic]) for topic in EVENT_TOPICS},
            **{topic.name: _channel(topic, []) for topic in letters},
        },
        "operations": {name: operation for topic in TOPICS for name, operation in _operations(topic)},
        "components": {
            "schemas": {name: _draft_07(schema) for name, schema in {**events, **definitions}.items()},
            "messages": {**{version.name: _message(version, contracts) for version in found}, LETTER: _letter()},
            "messageTraits": {"cloudevent": _cloudevent(), "submission": _submission()},
        },
    }


def _channel(topic: Topic, carried: Sequence[Version]) -> dict[str, Any]:
    names = [version.name for version in carried] or [LETTER]
    return {
        "address": topic.name,
        "description": f"{topic.about} Record key: {topic.key}.",
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "topicConfiguration": {
                    "cleanup.policy": [topic.configs["cleanup.policy"]],
                    "retention.ms": int(topic.configs["retention.ms"]),
                    "retention.bytes": int(topic.configs["retention.bytes"]),
                    "max.message.bytes": topic.max_message_bytes,
                },
                "bindingVersion": KAFKA_BINDING,
            }
        },
    }


def _operations(topic: Topic) -> list[tuple[str, dict[str, Any]]]:
    parties = [("send", producer) for producer in topic.producers]
    parties += [("receive", consumer) for consumer in topic.consumers or (ANYONE,)]
    return [(f"{party.replace(' ', '-')}-{action}-{topic.name}", _operation(topic, action, party)) for action, party in parties]


def _operation(topic: Topic, action: str, party: str) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "action": action,
        "channel": {"$ref": f"#/channels/{topic.name}"},
        "summary": "Anyone may subscribe, in a group of their own." if party == ANYONE else f"What {party} {action}s.",
        "tags": [{"name": party}],
    }
    if action == "receive" and party in topic.consumers:
        operation["bindings"] = {"kafka": {"groupId": {"type": "string", "const": f"muster-{party}"}, "bindingVersion": KAFKA_BINDING}}
    return operation


def _message(version: Version, contracts: Path) -> dict[str, Any]:
    return {
        "name": version.name,
        "title": version.family.replace("-", " ").capitalize() + f" ({version.number})",
        "summary": version.told_when,
        "contentType": "application/json",
        "traits": [{"$ref": f"#/components/messageTraits/{'submission' if written_outside(version.topic) else 'cloudevent'}"}],
        "payload": {"$ref": f"#/components/schemas/{version.name}"},
        "tags": [{"name": version.topic.name}, *([{"name": "older"}] if version.becomes else [])],
        "bindings": {"kafka": {"key": {"type": "string", "description": version.topic.key}, "bindingVersion": KAFKA_BINDING}},
        "examples": [
            {"name": example.name, "headers": headers_of(version, example.json), "payload": example.json}
            for example in examples_of(version, contracts)
        ],
    }


def _cloudevent() -> dict[str, Any]:
    return {
        "headers": {"type": "object", "properties": {name: dict(of) for name, of in ENVELOPE.items()}, "required": list(REQUIRED)},
        "correlationId": {"location": "$message.header#/ce_causationid", "description": "The event that caused this one."},
    }


def _submission() -> dict[str, Any]:
    return {
        "headers": {
            "type": "object",
            "description": "None is needed: a body alone is an article. Structured mode and ninjs items are taken too, as the README says.",
            "properties": {name: dict(of) for name, of in {**ENVELOPE, **SUBMISSION}.items()},
        }
    }


def _letter() -> dict[str, Any]:
    return {
        "name": LETTER,
        "title": "Dead letter",
        "summary": "A record that a consumer could not use: key, headers and body as they came, and behind them what was wrong.",
        "headers": {
            "type": "object",
            "properties": {name: dict(of) for name, of in DEAD_LETTER.items()},
            "required": list(LETTER_REQUIRED),
        },
        "payload": {"description": "The body as it came, whatever it was."},
        "bindings": {"kafka": {"key": {"type": "string", "description": "As it came."}, "bindingVersion": KAFKA_BINDING}},
    }


def _draft_07(schema: Any) -> Any:
    """A schema as AsyncAPI's own dialect reads it, in which what stands beside a `$ref` is ignored."""
    if isinstance(schema, Mapping):
        walked = {name: _draft_07(value) for name, value in schema.items()}
        if "$ref" in walked and len(walked) > 1:
            return {"allOf": [{"$ref": walked.pop("$ref")}], **walked}
        return walked
    return [_draft_07(each) for each in schema] if isinstance(schema, list) else schema


_ABOUT = """\
A ledger of international missions, kept from the news. Publishers send articles; typed events of what they tell go out; what changes on
the boards goes out too. All events are CloudEvents 1.0 with JSON bodies. Every record is delivered at least once, under an id that is a
function of its content: whoever knows an id has seen the event. All topics keep everything.

Readers ignore fields that they don't know. A type gains optional fields under the same version; anything else is a new version, and older
versions stay on the log."""
