"""The optional schema registry: on a real one (Apicurio, by Confluent's interface), and its faults on a server that has them."""

import copy
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from muster_contracts.publish.schemas import versions
from muster_contracts.registry.client import LEVEL, Registry, RegistryError
from muster_contracts.registry.registering import Outcome, check, register
from muster_contracts.registry.schemas import closed, subjects
from muster_deploy.settings import Settings
from muster_testkit.llm_server import Reply, llm_server
from muster_testkit.schema_registry import NoRegistry, running_registry

JSON_ANSWER = {"Content-Type": "application/vnd.schemaregistry.v1+json"}
PLEDGE = "pledge-announced.v1"


@pytest.fixture(scope="module")
def address(muster_settings: Settings) -> Iterator[str]:
    try:
        with running_registry(muster_settings) as answering:
            yield answering
    except NoRegistry as reason:
        pytest.skip(str(reason))


@pytest.fixture
def registry(address: str) -> Iterator[Registry]:
    with Registry(address) as opened:
        yield opened


def run(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "MUSTER_REGISTRY__URL"}
    arguments = [sys.executable, "-m", "muster_contracts.registry", *command.split()]
    return subprocess.run(arguments, env=kept | environment, capture_output=True, text=True, check=False, timeout=120)


def test_every_schema_is_registered_once_under_the_level_that_the_log_needs(address: str, registry: Registry) -> None:
    before = run("check", MUSTER_REGISTRY__URL=address)
    assert (before.returncode, before.stderr) == (0, "")
    assert {line.partition(": ")[2] for line in before.stdout.splitlines()} == {"new (first version)"}
    assert registry.versions(PLEDGE) == []  # looking changed nothing
    first, second = run("register", MUSTER_REGISTRY__URL=address), run("register", MUSTER_REGISTRY__URL=address)
    assert (first.returncode, first.stderr, second.returncode, second.stderr) == (0, "", 0, "")
    names = [version.name for version in versions()]
    assert [line.partition(":")[0] for line in first.stdout.splitlines()] == names
    assert all(": registered (id " in line for line in first.stdout.splitlines())
    assert second.stdout == first.stdout.replace("registered", "unchanged")
    assert {registry.level(name) for name in names} == {LEVEL}
    assert httpx.get(f"{address}/subjects/{PLEDGE}/versions").json() == [1]


def test_an_optional_field_is_a_next_version_and_anything_else_is_refused_whole(registry: Registry) -> None:
    name = f"{PLEDGE}-{uuid4()}"
    schema = subjects()[PLEDGE]
    assert [outcome.what for outcome in register(registry, {name: schema})] == ["registered"]

    more = copy.deepcopy(schema)
    more["properties"]["added_later"] = {"type": "string"}
    assert check(registry, {name: more}) == [Outcome(name, "next version", "after version 1")]
    assert [outcome.what for outcome in register(registry, {name: more})] == ["registered"]

    # Optional in the second version, asked for in the third: a reader of the third can't read what the first wrote.
    breaking = copy.deepcopy(more)
    breaking["required"] = [*breaking["required"], "added_later"]
    other = f"unrelated-{uuid4()}"
    refused, beside = register(registry, {name: breaking, other: schema})
    assert (refused.what, beside.what) == ("incompatible", "new")
    assert "required" in refused.detail.lower()
    assert registry.versions(name) == [1, 2]
    assert registry.versions(other) == []
    changed = copy.deepcopy(more)
    changed["properties"]["certainty"] = {"type": "string"}
    assert [outcome.what for outcome in check(registry, {name: changed})] == ["incompatible"]


def test_a_lax_level_is_set_right_before_anything_is_checked(registry: Registry) -> None:
    name = f"{PLEDGE}-{uuid4()}"
    schema = subjects()[PLEDGE]
    registry.register(name, schema)
    registry.set_level(name, "NONE")
    breaking = copy.deepcopy(schema)
    del breaking["properties"]["mission"]
    assert [outcome.what for outcome in register(registry, {name: breaking})] == ["incompatible"]
    assert registry.level(name) == LEVEL


def test_topics_and_schemas_are_applied_together(address: str, kafka: str) -> None:
    environment = {
        **os.environ,
        "MUSTER_KAFKA__BOOTSTRAP": kafka,
        "MUSTER_REGISTRY__URL": address.replace("http://", "http://desk:secret@"),
    }
    command = [str(Path(sys.executable).with_name("muster")), "topics", "apply"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert f"{address} has the schemas of {len(versions())} events" in " ".join((done.stdout + done.stderr).split())
    down = subprocess.run(
        command, env=environment | {"MUSTER_REGISTRY__URL": "http://127.0.0.1:9"}, capture_output=True, text=True, check=False, timeout=120
    )
    assert down.returncode == 1
    assert "no registry answers at http://127.0.0.1:9" in " ".join(down.stderr.split())


def test_what_the_registry_itself_refuses_is_said_with_its_words_and_code(registry: Registry) -> None:
    with pytest.raises(RegistryError) as caught:
        registry.set_level(PLEDGE, "SIDEWAYS")
    assert caught.value.status in (400, 422)
    name = f"{PLEDGE}-{uuid4()}"
    registry.register(name, {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False})
    registry.set_level(name)
    with pytest.raises(RegistryError, match="ncompatible") as caught:
        registry.register(
            name, {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"], "additionalProperties": False}
        )
    assert caught.value.status == 409


def test_schemas_are_closed_all_the_way_down() -> None:
    def opened(value: Any) -> Iterator[Any]:
        if isinstance(value, dict):
            if isinstance(value.get("properties"), dict) and value.get("additionalProperties") is not False:
                yield value
            for each in value.values():
                yield from opened(each)
        elif isinstance(value, list):
            for each in value:
                yield from opened(each)

    assert [list(opened(schema)) for schema in subjects().values() if list(opened(schema))] == []
    assert closed({"properties": {"properties": {"type": "string"}}})["additionalProperties"] is False


LATER_THAN_DRAFT_7 = {
    "prefixItems", "unevaluatedProperties", "unevaluatedItems", "dependentRequired", "dependentSchemas", "minContains", "maxContains",
    "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$vocabulary",
}  # fmt: skip


def test_schemas_say_nothing_that_their_dialect_does_not_know() -> None:
    def keywords(value: Any, *, names: bool = False) -> Iterator[str]:
        if isinstance(value, dict):
            for name, each in value.items():
                if not names:
                    yield name
                yield from keywords(each, names=not names and name in ("properties", "$defs"))
        elif isinstance(value, list):
            for each in value:
                yield from keywords(each)

    for name, schema in subjects().items():
        assert LATER_THAN_DRAFT_7 & set(keywords(schema)) == set(), name
        assert "$id" not in schema


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"<html>Welcome</html>", 200, {"Content-Type": "text/html"}), "is no schema registry: POST /subjects/"),
        (Reply(b"<html>Not Found</html>", 404, {"Content-Type": "text/html"}), "is no schema registry: POST /subjects/"),
        (Reply(b"oops", 500), "gave status 500 and no registry's JSON"),
        (Reply(b'{"error_code": 50001, "message": "the store is gone"}', 500, JSON_ANSWER), "the store is gone (50001)"),
        (Reply(b'{"error_code": 40101, "message": "who are you"}', 401, JSON_ANSWER), "refuses: user and password belong into the address"),
        (Reply(b"", 403), "refuses: user and password belong into the address"),
        (Reply(b"{}", 200, JSON_ANSWER), "its answer has no id"),
        (Reply(b"[]", 200, JSON_ANSWER), "its answer has no id"),
        (Reply(b'{"id": 7}', 200, JSON_ANSWER, cut=True), "no registry answers at"),
        (Reply(b"", pace="never"), "does not answer in time"),
    ],
)
def test_a_registry_that_fails_is_one_clear_error(reply: Reply, said: str) -> None:
    with llm_server(reply) as server:
        address = server.base_url.replace("http://", "http://desk:secret@")
        with Registry(address, seconds=0.5) as registry, pytest.raises(RegistryError) as caught:
            check(registry, {PLEDGE: subjects()[PLEDGE]})
    assert said in str(caught.value)
    assert server.base_url in str(caught.value)
    assert "secret" not in str(caught.value)
    assert server.asked[0].authorization is not None


@pytest.mark.parametrize(
    ("command", "environment", "status", "said"),
    [
        ("register", {}, 2, "no registry is set: give its address in MUSTER_REGISTRY__URL"),
        ("register", {"MUSTER_REGISTRY__URL": "registry:8081"}, 2, "MUSTER_REGISTRY__URL: String should match pattern"),
        ("check", {"MUSTER_REGISTRY__URL": "http://127.0.0.1:9"}, 1, "no registry answers at http://127.0.0.1:9: "),
        ("", {"MUSTER_REGISTRY__URL": "http://127.0.0.1:9"}, 2, "usage: "),
        ("delete", {"MUSTER_REGISTRY__URL": "http://127.0.0.1:9"}, 2, "usage: "),
    ],
)
def test_the_command_says_in_one_line_what_is_wrong(command: str, environment: dict[str, str], status: int, said: str) -> None:
    done = run(command, **environment)
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1
