"""Breaking changes of the contract are caught and named, whatever event and field they hit; allowed ones pass."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from muster_contracts.publish.compatibility import breaks
from muster_contracts.publish.release import AlreadyReleased, broken, declared_version, keep, releases, snapshot
from muster_testkit.contract_changes import ALLOWED, BREAKING, DoesNotFit, Place, expanded, places

CONTRACTS = Path(__file__).parents[2] / "contracts"
NOW = snapshot("now")


RELEASED = {**NOW, "release": "1.0.0", "events": {name: expanded(schema, NOW["definitions"]) for name, schema in NOW["events"].items()}}


WHERE = [(place.event, place.path) for place in places(RELEASED)]


def changed_at(where: tuple[str, str], change: Callable[[Place], None]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was released of one event, and the same with one place changed."""
    released = {**RELEASED, "events": {where[0]: RELEASED["events"][where[0]]}}
    changed = {**released, "events": copy.deepcopy(released["events"])}
    change(next(place for place in places(changed) if (place.event, place.path) == where))
    return released, changed


@pytest.mark.parametrize("change", BREAKING, ids=lambda change: change.__name__)
@settings(deadline=None)
@given(data=st.data())
def test_a_breaking_change_is_named_with_its_event_and_its_field(change: Callable[[Place], None], data: st.DataObject) -> None:
    event, path = data.draw(st.sampled_from(applicable(change)))
    found = breaks(*changed_at((event, path), change))
    owner = path.rpartition(".")[0]
    assert found, (event, path)
    assert {each.what for each in found} == {event}
    assert any(each.field in (path, owner) and re.search(BREAKING[change], each.why) for each in found), found
    assert all(event in str(each) and each.field in str(each) and "1.0.0" in str(each) for each in found)


@pytest.mark.parametrize("change", ALLOWED, ids=lambda change: change.__name__)
@settings(deadline=None)
@given(data=st.data())
def test_an_allowed_change_passes(change: Callable[[Place], None], data: st.DataObject) -> None:
    where = data.draw(st.sampled_from(applicable(change)))
    assert breaks(*changed_at(where, change)) == []


_APPLICABLE: dict[str, list[tuple[str, str]]] = {}


def applicable(change: Callable[[Place], None]) -> list[tuple[str, str]]:
    """The places that a change can hit, found by trying."""
    if change.__name__ not in _APPLICABLE:
        found = []
        for place in places(copy.deepcopy(RELEASED)):
            try:
                change(Place(place.event, place.path, copy.deepcopy(place.owner), place.name, place.ours))
            except DoesNotFit:
                continue
            found.append((place.event, place.path))
        _APPLICABLE[change.__name__] = found
    assert _APPLICABLE[change.__name__], f"{change.__name__} fits no field of the contract"
    return _APPLICABLE[change.__name__]


@settings(deadline=None)
@given(st.sampled_from(WHERE))
def test_a_new_field_that_is_required_is_named(where: tuple[str, str]) -> None:
    def more(at: Place) -> None:
        at.owner["properties"]["added_later"] = {"type": "string"}
        at.owner.setdefault("required", []).append("added_later")

    owner = where[1].rpartition(".")[0]
    (found,) = breaks(*changed_at(where, more))
    assert (found.what, found.field) == (where[0], f"{owner}.added_later" if owner else "added_later")
    assert found.why == "a new field must be optional"


def without(events: dict[str, Any], name: str) -> dict[str, Any]:
    return {event: schema for event, schema in events.items() if event != name}


@pytest.mark.parametrize("name", RELEASED["events"])
def test_an_event_that_can_no_longer_be_read_is_named(name: str) -> None:
    (found,) = breaks(RELEASED, {**RELEASED, "events": without(RELEASED["events"], name)})
    assert str(found) == f"{name}: can no longer be read (released in 1.0.0)"


def test_a_topic_keeps_its_name_its_key_and_its_events() -> None:
    topics = RELEASED["topics"]
    articles = topics["articles"]

    def whys(now: dict[str, Any]) -> list[str]:
        return [str(each) for each in breaks(RELEASED, {**RELEASED, "topics": now})]

    assert whys(without(topics, "articles")) == ["articles: the topic is gone (released in 1.0.0)"]
    assert whys({**topics, "articles": {**articles, "key": "mission slug"}}) == [
        "articles: its key was article id, now mission slug (released in 1.0.0)"
    ]
    assert whys({**topics, "articles": {**articles, "events": articles["events"][1:]}}) == [
        f"articles: no longer carries {articles['events'][0]} (released in 1.0.0)"
    ]
    assert whys({**topics, "more": articles}) == []


def test_the_contract_of_now_breaks_no_release() -> None:
    assert releases(CONTRACTS), "the checks need a release to hold the contract to"
    assert broken(CONTRACTS) == []


def test_a_break_is_found_against_every_release_not_only_the_last(tmp_path: Path) -> None:
    # 1.0.0 promised a field, 1.1.0 slipped through without it: logs and subscribers of 1.0.0 are still there.
    first = {**snapshot("1.0.0")}
    first["events"]["mission-ended.v1"]["properties"]["last_flight"] = {"type": "string", "default": ""}
    (tmp_path / "released").mkdir()
    for made in (first, snapshot("1.1.0"), snapshot("1.10.0")):
        (tmp_path / "released" / f"{made['release']}.json").write_text(json.dumps(made), "utf-8")
    assert [each["release"] for each in releases(tmp_path)] == ["1.0.0", "1.1.0", "1.10.0"]
    (found,) = broken(tmp_path)
    assert (found.release, found.what, found.field) == ("1.0.0", "mission-ended.v1", "last_flight")


def test_a_release_is_kept_once_and_holds_what_is_promised_then(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "3.1.4"\n', "utf-8")
    kept = keep(tmp_path)
    assert kept.name == "3.1.4.json"
    assert json.loads(kept.read_text("utf-8")) == snapshot("3.1.4")
    assert broken(tmp_path) == []
    with pytest.raises(AlreadyReleased, match=r"3\.1\.4 is released"):
        keep(tmp_path)


def test_the_version_being_worked_at_comes_after_every_release() -> None:
    def numbers(release: str) -> list[int]:
        return [int(part) for part in release.split(".")]

    assert all(numbers(each["release"]) < numbers(declared_version(CONTRACTS)) for each in releases(CONTRACTS))
