"""The union of the rules and the model, merged on the fact."""

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from muster_contracts.claims import AnyClaim, DeploymentScheduled
from muster_extract import emit
from muster_extract.coders import NotConfigured, load_coder
from muster_extract.evaluate import article
from muster_extract.labels import to_labels
from muster_extract.llm import restate
from muster_extract.llm.grounding import CERTAINTY, ground
from muster_extract.llm.survey import Survey
from muster_extract.llm.told import ToldEvent
from muster_extract.llm.union import union
from muster_extract.merge import Dropped
from muster_extract.pipeline import Reader
from muster_extract.settings import CoderSettings, ExtractSettings
from muster_testkit.llm_server import llm_server, told

TEXT = (
    "Chad and Benin have pledged troops to the Multinational Security Support mission in Haiti. "
    "Kenya now has 400 officers in Haiti, Colonel Kevron Henry said on Monday.\n"
    "Two Kenyan officers were wounded on Friday. Jamaica has not withdrawn its pledge, a spokesman said."
)
MADE_BY = ("llm:m", "prompt:0")


def event(kind: str, contributor: str | None, evidence: str, **said: Any) -> dict[str, Any]:
    bare = {"mission": "haiti-mss", "quantity": None, "unit": None, "qualifier": "exact", "date": None, "reason": None}
    return {**bare, **said, "type": kind, "contributor": contributor, "evidence": evidence}


CHAD = event("PledgeAnnounced", "TD", "Chad and Benin have pledged troops")
WOUNDED = event("CasualtyReported", "KE", "Two Kenyan officers were wounded", quantity=2, unit="police", date="2024-06-28")


def survey_of(text: str) -> Survey:
    return Survey(article({"id": "a", "source": "t", "published": "2024-07-02", "title": "Haiti", "text": text}))


def united(reader: Reader, *events: dict[str, Any], text: str = TEXT) -> tuple[Sequence[AnyClaim], Sequence[AnyClaim], Sequence[Dropped]]:
    """What the rules read alone, what both read, and what was dropped between them."""
    survey = survey_of(text)
    alone = reader.extract(survey.article).claims
    kept, lines = ground(survey, [ToldEvent.model_validate(each) for each in events], MADE_BY[0])
    assert lines == []
    return alone, *union(survey, alone, kept, MADE_BY)


def said(claim: AnyClaim) -> dict[str, Any]:
    return claim.model_dump(mode="json", exclude={"claim_id", "extractor"})


def test_without_the_model_both_say_what_the_rules_say(reader: Reader) -> None:
    alone, both, dropped = united(reader)
    assert alone
    assert [said(claim) for claim in both] == [
        said(claim) for claim in sorted(alone, key=lambda c: (c.evidence.start, c.evidence.end, c.type))
    ]
    assert {claim.extractor for claim in both} == {restate.BOTH}
    assert not {claim.claim_id for claim in both} & {claim.claim_id for claim in alone}
    assert dropped == ()


def test_what_both_tell_is_one_claim_and_surer_than_either(reader: Reader) -> None:
    alone, both, _ = united(reader, CHAD)
    assert to_labels(tuple(both)) == to_labels(tuple(alone))
    [before] = [claim for claim in alone if claim.contributor == "TD"]
    [after] = [claim for claim in both if claim.contributor == "TD"]
    assert after.certainty == pytest.approx(1 - (1 - before.certainty) * (1 - CERTAINTY))
    assert after.rules == (*before.rules, *MADE_BY)
    [untouched] = [claim for claim in both if claim.contributor == "BJ"]
    assert untouched.rules == next(claim.rules for claim in alone if claim.contributor == "BJ")


def test_what_the_model_alone_tells_is_added_in_the_order_of_the_text(reader: Reader) -> None:
    news = event("CommanderAppointed", "JM", "Colonel Kevron Henry said on Monday")
    alone, both, _ = united(reader, news)
    assert len(both) == len(alone) + 1
    [added] = [claim for claim in both if claim.type == "commander-appointed.v1"]
    assert (added.rules, added.certainty) == (MADE_BY, CERTAINTY)
    starts = [claim.evidence.start for claim in both]
    assert starts == sorted(starts)


def test_the_more_precise_telling_is_kept(reader: Reader) -> None:
    text = "Benin pledged soldiers to the Multinational Security Support mission in Haiti. It would be 2,000 from Benin, in the end."
    alone, both, dropped = united(
        reader, event("PledgeAnnounced", "BJ", "It would be 2,000 from Benin", quantity=2000, unit="troops"), text=text
    )
    assert [claim.quantity for claim in alone if claim.type == "pledge-announced.v1"] == [None]
    [pledge] = [claim for claim in both if claim.type == "pledge-announced.v1"]
    assert pledge.quantity is not None
    assert pledge.quantity.amount == 2000
    assert pledge.evidence.quote == "It would be 2,000 from Benin"
    assert [each.why for each in dropped] == ["told more precisely elsewhere"]


def test_details_that_only_the_rules_read_keep_no_two_tellings_apart(reader: Reader) -> None:
    text = "Two hundred Kenyan police officers of the Multinational Security Support mission will land in Haiti on Friday."
    planned = event("DeploymentScheduled", "KE", "will land in Haiti on Friday", quantity=200, unit="police", date="2024-07-05")
    alone, _, _ = united(reader, text=text)
    [schedule] = [claim for claim in alone if isinstance(claim, DeploymentScheduled)]
    survey = survey_of(text)
    kept, _ = ground(survey, [ToldEvent.model_validate(planned)], MADE_BY[0])
    for step in ("arrival", "full-strength"):
        [both], _ = union(survey, [schedule.model_copy(update={"step": step})], kept, MADE_BY)
        assert isinstance(both, DeploymentScheduled)
        assert both.step == step
        assert both.certainty > schedule.certainty


def test_a_statement_of_the_rules_is_no_rival_of_an_event(reader: Reader) -> None:
    alone, both, _ = united(reader, WOUNDED)
    statements = [claim for claim in alone if claim.type == "statement-made.v1"]
    assert statements
    assert [said(claim) for claim in both if claim.type == "statement-made.v1"] == [said(claim) for claim in statements]


def settings(address: str, cache: Path, **more: Any) -> CoderSettings:
    return CoderSettings.model_validate({"extract": {"coder": "both"}, "llm": {"base_url": address, "model": "m", "cache": cache, **more}})


def test_both_read_through_the_one_interface_and_by_the_rules_alone_when_the_model_fails(reader: Reader, tmp_path: Path) -> None:
    one = article({"id": "a", "source": "t", "published": "2024-07-02", "title": "Haiti", "text": TEXT})
    with llm_server(told(CHAD)) as server, closing(load_coder(settings(server.base_url, tmp_path / "one.sqlite"))) as coder:
        read = coder.extract(one)
        assert server.calls == 1
    assert read.completed.extractor == restate.BOTH
    assert read.completed.claim_ids == tuple(claim.claim_id for claim in read.claims)
    assert read.reads
    with closing(load_coder(settings(server.base_url, tmp_path / "two.sqlite"))) as coder:
        without = coder.extract(one)
    assert without.completed.extractor == emit.EXTRACTOR
    assert without.claims == reader.extract(one).claims
    assert "can't be reached" in without.notes[0]


@pytest.mark.parametrize("missing", ["base_url", "model"])
def test_the_model_needs_a_name_and_an_address(missing: str, tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match=f"MUSTER_LLM__{missing.upper()}"):
        load_coder(settings("http://127.0.0.1:1/v1", tmp_path / "llm.sqlite", **{missing: ""}))


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert ExtractSettings().extract.coder == "rules"
    for name, value in {
        "MUSTER_EXTRACT__CODER": "both",
        "MUSTER_LLM__MODEL": "m",
        "MUSTER_LLM__API_KEY": "sesame-42",
        "MUSTER_LLM__CALLS_A_DAY": "none",
        "MUSTER_LLM__CALLS_A_RUN": "7",
        "MUSTER_HOME": str(tmp_path),
        "MUSTER_KAFKA__BOOTSTRAP": "127.0.0.1:9",
    }.items():
        monkeypatch.setenv(name, value)
    given = ExtractSettings()
    assert (given.extract.coder, given.llm.model, given.llm.calls_a_day, given.llm.calls_a_run) == ("both", "m", None, 7)
    assert given.kafka.bootstrap == "127.0.0.1:9"
    assert given.cache == tmp_path / "llm.sqlite"
    assert "sesame" not in repr(given)


ALONE = """
import sys
from contextlib import closing
from muster_extract.coders import load_coder
from muster_extract.evaluate import article
from muster_extract.settings import CoderSettings
coder = load_coder(CoderSettings())
with closing(coder):
    read = coder.extract(article({"id": "a", "source": "t", "published": "2024-07-02", "title": "Haiti", "text": sys.argv[1]}))
for claim in read.claims:
    print(claim.model_dump_json())
print(read.completed.model_dump_json(), read.notes)
print(sorted(name for name in sys.modules if name in ("openai", "sqlite3", "muster_extract.llm")))
"""


def ran(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ALONE, TEXT], env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_another_process_and_hash_seed_make_the_same_bytes(tmp_path: Path) -> None:
    with llm_server(told(CHAD, WOUNDED)) as server:
        given = {"MUSTER_EXTRACT__CODER": "both", "MUSTER_LLM__BASE_URL": server.base_url, "MUSTER_LLM__MODEL": "m"}
        one = ran(**given, PYTHONHASHSEED="1", MUSTER_LLM__CACHE=str(tmp_path / "1.sqlite"))
        other = ran(**given, PYTHONHASHSEED="2", MUSTER_LLM__CACHE=str(tmp_path / "2.sqlite"))
        assert server.calls == 2
    assert one == other
    assert '"name":"both"' in one


def test_the_rules_alone_import_nothing_of_the_model() -> None:
    assert ran(MUSTER_EXTRACT__CODER="rules").endswith("\n[]\n")
