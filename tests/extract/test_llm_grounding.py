"""What a model tells is kept where it stands in the text, and dropped with a reason where it does not."""

from typing import Any

import pytest
from muster_extract.evaluate import article
from muster_extract.llm.grounding import ground
from muster_extract.llm.survey import Survey
from muster_extract.llm.told import ToldEvent

TEXT = (
    "Benin offered 2,000 soldiers to the Multinational Security Support mission in Haiti on Monday,\nits foreign minister said. "
    "About 80 percent of the capital is in the hands of gangs. “We are ready”, he added.\n"
    "Two officers of the mission were wounded on Friday. Kenya now has 400 officers there and will get 12 armoured vehicles. "
    "Canada promised money for the mission in 2019."
)
SURVEY = Survey(article({"id": "a", "source": "t", "published": "2024-07-02", "title": "Benin, Haiti and a third promise", "text": TEXT}))


def event(**said: Any) -> ToldEvent:
    told = {
        "type": "PledgeAnnounced",
        "mission": "haiti-mss",
        "contributor": "BJ",
        "quantity": 2000,
        "unit": "troops",
        "qualifier": "exact",
        "date": "2024-07-01",
        "reason": None,
        "evidence": "Benin offered 2,000 soldiers",
    }
    return ToldEvent.model_validate({**told, **said})


def test_what_stands_in_the_text_becomes_a_candidate_with_the_offsets_of_its_quote() -> None:
    [kept], dropped = ground(SURVEY, [event()], "llm:m")
    assert dropped == []
    assert TEXT[slice(*kept.span)] == "Benin offered 2,000 soldiers"
    assert (kept.claim, kept.mission, kept.contributor, kept.amount, kept.unit, kept.date, kept.rule) == (
        "PledgeAnnounced",
        "haiti-mss",
        "BJ",
        2000,
        "troops",
        "2024-07-01",
        "llm:m",
    )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"evidence": "Benin has offered 2,000 soldiers"}, "the quote does not stand in the text"),
        ({"evidence": "benin offered 2,000 soldiers"}, "the quote does not stand in the text"),
        ({"evidence": '"We are ready", he'}, "the quote does not stand in the text"),
        ({"evidence": "enin offered 2,000 soldiers"}, "the quote does not stand in the text"),
        ({"evidence": ""}, "the quote does not stand in the text"),
        ({"evidence": "offered 2,000"}, "the quote has fewer than three words"),
        ({"quantity": 1500}, "its number does not stand in the article"),
        ({"quantity": 80}, "its number does not stand in the article"),
        ({"quantity": 2019}, "its number does not stand in the article"),
        ({"quantity": -2000}, "its number does not stand in the article"),
        ({"quantity": 0}, "its number does not stand in the article"),
        ({"unit": "helicopter"}, "its unit 'helicopter' is no unit of ours and no word of the article"),
        ({"unit": "QQQ"}, "its unit 'QQQ' is no unit of ours and no word of the article"),
        ({"contributor": "Benin"}, "'Benin' is no code of a state or body"),
        ({"contributor": "QQ"}, "'QQ' is no code of a state or body"),
        ({"contributor": "TD"}, "the article does not name TD"),
        ({"mission": "mali-minusma"}, "the article speaks of no mission 'mali-minusma'"),
        ({"date": "last Monday"}, "'last Monday' is no date"),
        ({"date": "2024-02-30"}, "'2024-02-30' is no date"),
        ({"date": "2031"}, "nothing in the article gives the year 2031"),
        ({"type": "ContingentArrived", "date": "2024-07-03"}, "what is to happen on 2024-07-03 has not happened"),
        ({"contributor": None, "quantity": None}, "a pledge with neither a contributor nor a number is none"),
        ({"type": "StrengthReported", "quantity": None}, "a strength without a number is none"),
    ],
)
def test_what_does_not_ground_is_dropped_with_its_reason(said: dict[str, Any], why: str) -> None:
    kept, [line] = ground(SURVEY, [event(**said)], "llm:m")
    assert kept == []
    assert line.endswith(f": {why}")


def test_one_bad_event_takes_no_other_with_it() -> None:
    kept, dropped = ground(SURVEY, [event(quantity=7), event(), event(evidence="never said so")], "llm:m")
    assert (len(kept), len(dropped)) == (1, 2)


def test_a_quote_over_a_broken_line_is_found_and_the_texts_own_characters_are_the_evidence() -> None:
    [kept], _ = ground(SURVEY, [event(evidence="in Haiti on Monday, its foreign minister said")], "llm:m")
    assert TEXT[slice(*kept.span)] == "in Haiti on Monday,\nits foreign minister said"


def test_a_long_quote_is_cut_to_twelve_words() -> None:
    long = "Benin offered 2,000 soldiers to the Multinational Security Support mission in Haiti on Monday"
    [kept], _ = ground(SURVEY, [event(evidence=long)], "llm:m")
    assert TEXT[slice(*kept.span)].split() == long.split()[:12]


def test_of_two_places_the_quote_is_the_one_beside_its_number() -> None:
    text = "The MSS in Haiti will get new people soon. Benin spoke first. The MSS in Haiti will get 30 people from Benin."
    survey = Survey(article({"id": "a", "source": "t", "published": "2024-07-02", "title": "Haiti", "text": text}))
    [kept], _ = ground(survey, [event(quantity=30, evidence="The MSS in Haiti will get")], "llm:m")
    assert kept.start == text.rindex("The MSS in Haiti")


def test_equipment_is_counted_by_a_noun_of_the_text() -> None:
    told = event(contributor="KE", quantity=12, unit="armoured vehicle", date=None, evidence="will get 12 armoured vehicles")
    [kept], _ = ground(SURVEY, [told], "llm:m")
    assert kept.unit == "armoured vehicle"


def test_without_a_number_there_is_no_unit_and_no_qualifier() -> None:
    [kept], _ = ground(SURVEY, [event(quantity=None, qualifier="about")], "llm:m")
    assert (kept.amount, kept.unit, kept.qualifier) == (None, None, "exact")


def test_wounded_are_told_from_killed_by_the_quote_and_money_from_people() -> None:
    wounded = event(
        type="CasualtyReported", contributor=None, quantity=2, unit="personnel", evidence="Two officers of the mission were wounded"
    )
    promised = event(contributor="CA", quantity=None, unit=None, date="2019", evidence="Canada promised money for the mission")
    kept, dropped = ground(SURVEY, [wounded, promised], "llm:m")
    assert dropped == []
    assert [dict(candidate.extras) for candidate in kept] == [{"harm": "wounded"}, {"kind": "money"}]


def test_a_mission_may_be_the_one_before_or_the_one_that_is_about_to_follow() -> None:
    def missions(published: str) -> set[str]:
        text = "The Multinational Security Support mission in Haiti took over from an earlier one."
        return set(Survey(article({"id": "a", "source": "t", "published": published, "title": "Haiti", "text": text})).missions)

    assert missions("2024-07-02") == {"haiti-mss"}
    assert missions("2025-09-20") == {"haiti-mss", "haiti-gsf"}


def test_a_single_one_is_one_and_years_after_lead_back() -> None:
    text = "A Malawian and a Uruguayan of MONUSCO lost their lives in the DRC, nine years after Uruguay landed there."
    survey = Survey(article({"id": "a", "source": "t", "published": "2025-01-26", "title": "DRC", "text": text}))
    lost = event(type="CasualtyReported", mission="drc-monusco", contributor="UY", quantity=1, unit="troops", date=None)
    landed = event(type="ContingentArrived", mission="drc-monusco", contributor="UY", quantity=None, date="2016")
    kept, dropped = ground(
        survey,
        [
            lost.model_copy(update={"evidence": "a Uruguayan of MONUSCO lost their lives"}),
            landed.model_copy(update={"evidence": "nine years after Uruguay landed there"}),
        ],
        "llm:m",
    )
    assert dropped == []
    assert [(candidate.amount, candidate.date) for candidate in kept] == [(1, None), (None, "2016")]
