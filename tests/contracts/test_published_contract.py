"""Schemas, AsyncAPI document and catalogue: made of the models, valid by their own specifications, and as they lie in the repository."""

import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiokafka.structs import ConsumerRecord
from jsonschema import Draft7Validator, Draft202012Validator
from muster_contracts.changes import Because, StatusFigure
from muster_contracts.codec import encode
from muster_contracts.envelope import Envelope
from muster_contracts.errors import InvalidPayload
from muster_contracts.publish.asyncapi import LETTER
from muster_contracts.publish.examples import examples_of
from muster_contracts.publish.files import drift, files, write
from muster_contracts.publish.headers import DEAD_LETTER, ENVELOPE, LETTER_REQUIRED, REQUIRED, SUBMISSION
from muster_contracts.publish.schemas import Version, versions
from muster_contracts.topics import ARTICLES, TOPICS
from muster_contracts.transport.dead_letters import dead_letter, smaller
from muster_contracts.values import Modality, Qualifier, Reason
from muster_ingest.publishers import PUBLISHER_HEADER, SIGNATURE_HEADER, signature
from muster_testkit.node import run_node

CONTRACTS = Path(__file__).parents[2] / "contracts"
VERSIONS = versions()
DOCUMENT: dict[str, Any] = json.loads((CONTRACTS / "asyncapi.json").read_text("utf-8"))
each_version = pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.name)


def test_the_published_files_are_what_the_models_say() -> None:
    assert drift(CONTRACTS) == []


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in ("examples", "schemas"):
        shutil.copytree(CONTRACTS / name, tmp_path / name)
    for name in ("asyncapi.json", "CATALOGUE.md", "pyproject.toml"):
        shutil.copy(CONTRACTS / name, tmp_path)
    return tmp_path


def test_drift_is_named_and_written_away(copied: Path) -> None:
    assert drift(copied) == []
    changed, gone, stray = (copied / "schemas" / f"{name}.json" for name in ("pledge-announced.v1", "mission-ended.v1", "moon-landed.v1"))
    changed.write_text(changed.read_text("utf-8").replace("offered", "gave"), "utf-8")
    gone.unlink()
    stray.write_text("{}", "utf-8")
    assert drift(copied) == sorted([changed, gone, stray])
    assert write(copied) == sorted([changed, gone, stray])
    assert drift(copied) == []


def test_the_check_of_lint_passes_here() -> None:
    ran = subprocess.run([sys.executable, "-m", "muster_contracts.publish", "--check"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_the_same_files_come_out_whenever_they_are_made() -> None:
    assert files(CONTRACTS) == files(CONTRACTS)


@each_version
def test_a_schema_is_valid_by_its_dialect(version: Version) -> None:
    schema = json.loads((CONTRACTS / "schemas" / f"{version.name}.json").read_text("utf-8"))
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["$id"] == f"urn:muster:schema:{version.name}"
    assert schema["properties"]["type"]["const"] == version.name
    Draft202012Validator.check_schema(schema)


def test_the_official_parser_takes_the_asyncapi_document() -> None:
    ran = run_node("check-asyncapi.mjs", str(CONTRACTS / "asyncapi.json"))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = json.loads(ran.stdout)
    assert (told["errors"], told["warnings"]) == ([], [])
    assert told["version"].startswith("3.")
    assert set(told["channels"]) == {topic.name for topic in TOPICS}
    assert set(told["messages"]) == {*(version.name for version in VERSIONS), LETTER}


BREAKS: dict[str, tuple[tuple[str, ...], str | None]] = {
    "no-version": (("info", "version"), None),
    "no-such-message": (("channels", "articles", "messages", "article-received.v1", "$ref"), "#/components/messages/no-such"),
    "no-such-action": (("operations", "ingest-send-articles", "action"), "shout"),
    "no-such-schema": (("components", "messages", "mission-ended.v1", "payload", "$ref"), "#/components/schemas/no-such"),
}


def test_the_official_parser_refuses_broken_ones(tmp_path: Path) -> None:
    for name, (path, value) in BREAKS.items():
        broken = json.loads(json.dumps(DOCUMENT))
        inside = broken
        for step in path[:-1]:
            inside = inside[step]
        del inside[path[-1]]
        if value is not None:
            inside[path[-1]] = value
        (tmp_path / f"{name}.json").write_text(json.dumps(broken), "utf-8")
    ran = run_node("check-asyncapi.mjs", *(str(tmp_path / f"{name}.json") for name in BREAKS))
    assert ran.returncode == 1, ran.stderr
    told = {Path(line["file"]).stem: line["errors"] for line in map(json.loads, ran.stdout.splitlines())}
    assert set(told) == set(BREAKS)
    assert all(told.values()), told


@each_version
def test_the_asyncapi_document_describes_the_same_bodies(version: Version) -> None:
    message = DOCUMENT["components"]["messages"][version.name]
    schema = {**message["payload"], "components": {"schemas": DOCUMENT["components"]["schemas"]}}
    for example in examples_of(version, CONTRACTS):
        Draft7Validator(schema).validate(example.json)
    body = examples_of(version, CONTRACTS)[0].json
    assert not Draft7Validator(schema).is_valid({**body, "type": "moon-landed.v1"})


def test_every_party_of_the_topic_table_has_its_operation() -> None:
    told = {(of["action"], of["channel"]["$ref"].rpartition("/")[2], of["tags"][0]["name"]) for of in DOCUMENT["operations"].values()}
    for topic in TOPICS:
        assert {("send", topic.name, producer) for producer in topic.producers} <= told
        assert {("receive", topic.name, consumer) for consumer in topic.consumers} <= told


def test_the_headers_told_are_the_headers_written() -> None:
    version = next(version for version in VERSIONS if version.name == "article-submitted.v1")
    event = version.model.model_validate_json(examples_of(version, CONTRACTS)[0].body)
    time = datetime(2024, 6, 24, tzinfo=UTC)
    least, most = (
        {name for name, _ in encode(event, envelope, version.topic, None).headers}
        for envelope in (Envelope("a", "/x", version.name, time), Envelope("a", "/x", version.name, time, "b", "c"))
    )
    assert set(REQUIRED) <= least <= most == set(ENVELOPE)


def test_the_headers_that_publishers_may_send_are_those_that_are_read() -> None:
    assert set(SUBMISSION) == {PUBLISHER_HEADER, SIGNATURE_HEADER}
    signed = signature(b"key", b"{}")
    assert re.fullmatch(SUBMISSION[SIGNATURE_HEADER]["pattern"], signed.decode())


def test_the_headers_of_dead_letters_told_are_those_written() -> None:
    record = ConsumerRecord("articles", 0, 1, 1_719_222_600_000, 0, None, b"{}", None, 0, 2, [("dlq_replays", b"1")])
    letter = dead_letter(record, ARTICLES, "extract", InvalidPayload("no such article", field="text"), 1)
    written = {name for name, _ in (*letter.headers, *smaller(letter).headers)}
    assert set(LETTER_REQUIRED) <= {name for name, _ in letter.headers}
    assert written == set(DEAD_LETTER)


def test_the_catalogue_names_every_topic_and_every_version() -> None:
    page = (CONTRACTS / "CATALOGUE.md").read_text("utf-8")
    for topic in TOPICS:
        assert f"`{topic.name}`" in page, topic.name
    for version in VERSIONS:
        assert f"(schemas/{version.name}.json)" in page, version.name
    for code in (*Reason, *Qualifier, *Modality, *Because, *StatusFigure):
        assert f"\n- `{code.value}`: " in page, code
