"""Obstacles told without the words of one, mandates and ends told in passing, and what is no event though it looks like one."""

from typing import Any

import pytest
from muster_extract.candidate import Candidate
from muster_extract.evaluate import article
from muster_extract.labels import to_labels
from muster_extract.merge import merge
from muster_extract.pipeline import Reader

HAITI = "The multinational security mission in Haiti"


def read(reader: Reader, text: str, title: str = HAITI, published: str = "2024-06-24") -> list[dict[str, Any]]:
    return to_labels(reader.extract(article({"id": "a", "source": "test", "published": published, "title": title, "text": text})).claims)


def essence(event: dict[str, Any]) -> str:
    return " ".join([event["type"], event["contributor"] or "-", *(str(event[k]) for k in ("quantity", "reason", "date") if event[k])])


TOLD = {
    "an agreement that is unsigned": (
        "Kenya's police agreement with Haiti on the mission has not yet been signed.",
        "ObstacleRaised KE legal_agreement",
    ),
    "a gap that donors are urged to close": (
        "Diplomats urged donors to close a $90 million shortfall of the mission in Haiti.",
        "ObstacleRaised - 90000000 funding",
    ),
    "a sum that is still needed": (
        "An additional $50 million needed to keep the mission in Haiti going has not come.",
        "ObstacleRaised - 50000000 funding",
    ),
    "a lack of the mission is not its leader's": ("The Kenyan-led mission in Haiti lacks money.", "ObstacleRaised - funding"),
    "a host's conditions cast doubt": (
        "Conditions set by Haiti have raised questions over whether the mission can deploy.",
        "ObstacleRaised HT political",
    ),
    "a host that hinders": (
        "The Haitian government is restricting the mission's freedom of movement.",
        "ObstacleRaised HT political",
    ),
    "a size behind a hyphen, in other words": ("Kenya will lead the 2,500-member force in Haiti.", "MissionAuthorized - 2500"),
    "an end told by a noun": ("The last officers pack ahead of the mission's closure in October.", "MissionEnded - 2024-10"),
    "an end in an until-clause": ("The police stay in Haiti until the mission formally ends next year.", "MissionEnded - 2025"),
    "a passive leaves the Council out": (
        "Under a resolution of last year the mandate of the mission in Haiti was extended until 2 October.",
        "MandateExtended UN 2024-10-02",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_is_told_without_its_usual_words_is_read(reader: Reader, name: str) -> None:
    text, expected = TOLD[name]
    assert expected in [essence(event) for event in read(reader, text)]


def test_a_renewal_by_resolution_of_a_un_mission_is_the_councils(reader: Reader) -> None:
    told = read(reader, "Under Resolution 2695 the mandate of UNIFIL was extended until 31 August.", "UNIFIL in Lebanon")
    assert "MandateExtended UN 2024-08-31" in [essence(event) for event in told]


def test_the_mission_that_another_took_over_from_has_ended(reader: Reader) -> None:
    told = read(reader, "MINUSCA took over peacekeeping from the African Union in September.", "MINUSCA in Bangui", published="2014-10-20")
    assert [(e["type"], e["mission"], e["date"]) for e in told] == [("MissionEnded", "car-misca", "2014-09")]


NOTHING = {
    "can help is no offer": "Clinics like this can help bridge the gap, an officer of the Rwandan battalion of the mission in Haiti said.",
    "where to send": "In New York the Security Council decides where to send troops for missions such as that in Haiti.",
    "what the host proposed of others": "Haiti had proposed keeping about 1,000 Burundian troops in the mission.",
    "a plan of the past that came otherwise": "Kenya, which had initially planned to contribute to the mission in Haiti, thinks again.",
    "training in kind": "Egypt and Jordan committed to training Haitian police officers beside the mission.",
    "many left dead": "Operations of the mission in Haiti have left at least 70 dead.",
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_only_looks_like_an_event_is_none(reader: Reader, name: str) -> None:
    assert read(reader, NOTHING[name]) == []


def test_a_mission_named_once_at_the_end_does_not_claim_what_stands_before(reader: Reader) -> None:
    lines = [
        "Peacekeepers are honoured across the world this week.",
        "In New York the head of the organisation will lay a wreath.",
        "France will contribute 200 soldiers to a parade in Paris.",
        "Families of the dead are guests of honour.",
        "Medals are handed out in the evening.",
        "The United Nations Mission in Liberia (UNMIL) will sweep the streets of Monrovia.",
    ]
    assert read(reader, "\n".join(lines), "A day for the blue helmets", "2006-05-26") == []


def test_a_neighbours_mission_does_not_claim_an_attack_elsewhere(reader: Reader) -> None:
    lines = [
        "At least 12 soldiers were killed in Burkina Faso on Friday.",
        "The base in Burkina Faso was overrun, and the army in Burkina Faso sent 200 soldiers.",
        "Peacekeepers serve in Mali, next door.",
    ]
    assert read(reader, "\n".join(lines), "Soldiers killed in northern Burkina Faso", "2022-04-09") == []


def test_nobody_pledges_millions_of_people(reader: Reader) -> None:
    extraction = reader.extract(
        article(
            {"id": "a", "source": "t", "published": "2024-06-24", "title": HAITI, "text": "Kenya will send 400 police officers to Haiti."}
        )
    )
    read_in = extraction.reads[0]
    many = Candidate("PledgeAnnounced", "test", read_in, 0, 3, "KE", 78_000_000, unit="troops", mission="haiti-mss")
    kept, dropped = merge([many])
    assert (kept, [d.why for d in dropped]) == ([], ["more people than any mission has"])


OFFERED = {
    "each": (
        "Niger and Togo have promised 500 soldiers each for the mission in Haiti while Benin still thinks.",
        {"PledgeAnnounced NE 500", "PledgeAnnounced TG 500"},
    ),
    "a list that drops its verb": (
        "Benin will contribute 300 men to the mission in Haiti, Guinea 150, Ghana 120 and Togo a total of 540.",
        {"PledgeAnnounced BJ 300", "PledgeAnnounced GN 150", "PledgeAnnounced GH 120", "PledgeAnnounced TG 540"},
    ),
    "soldiers and police beside each other": (
        "Jamaica has pledged a total of 170 soldiers and 30 police officers to the mission in Haiti.",
        {"PledgeAnnounced JM 170", "PledgeAnnounced JM 30"},
    ),
    "a raised pledge is two figures": (
        "Nigeria raised its pledge to the mission in Haiti from 900 to 1,200.",
        {"PledgeAnnounced NG 900", "PledgeAnnounced NG 1200"},
    ),
    "a signed declaration of intent": (
        "France and Britain have signed a declaration of intent to deploy forces for the mission in Haiti.",
        {"PledgeAnnounced FR", "PledgeAnnounced GB"},
    ),
    "people announced": ("Benin had announced some 2,000 men for the mission in Haiti.", {"PledgeAnnounced BJ 2000"}),
    "parliament decides, once": (
        "Forty-four Croatian police officers will be sent to the mission in Haiti, the Croatian parliament decided on Thursday.",
        {"ObstacleCleared HR 44 parliament 2024-06-20"},
    ),
    "established, following a resolution": (
        "Established on 2 October 2023, following a resolution of the Security Council, the mission in Haiti is small.",
        {"MissionAuthorized UN 2023-10-02"},
    ),
    "peacekeepers whom the Council mandated": (
        "The peacekeepers in Haiti were mandated by the Security Council in October.",
        {"MissionAuthorized UN 2023-10"},
    ),
    "behind schedule": ("The deployment of the mission in Haiti is far behind schedule.", {"DeploymentDelayed -"}),
    "not before": (
        "The Nepalese battalion will not arrive in Haiti before October.",
        {"DeploymentDelayed NP 2024-10"},
    ),
    "headed by": ("The force in Haiti will be headed by General Sam Tano of Nigeria.", {"CommanderAppointed NG"}),
    "restrictions by the host": (
        "Restrictions placed on the mission by Haiti undermine its work.",
        {"ObstacleRaised HT political"},
    ),
}


@pytest.mark.parametrize("name", OFFERED)
def test_who_does_what_is_read_in_real_wordings(reader: Reader, name: str) -> None:
    text, expected = OFFERED[name]
    assert {essence(event) for event in read(reader, text)} == expected


MORE_NOTHING = {
    "reports of": "The gift came days after reports of the US pulling out funding for the mission in Haiti.",
    "a base handed back": "The mission in Haiti withdraws slowly, handing over a base to Haitian authorities.",
    "a mission's founding without its body": "Established in 2023, the mission in Haiti has offices in the port.",
}


@pytest.mark.parametrize("name", MORE_NOTHING)
def test_what_is_heard_of_or_handed_back_is_none(reader: Reader, name: str) -> None:
    kinds = {event["type"] for event in read(reader, MORE_NOTHING[name])}
    assert not kinds & {"PledgeWithdrawn", "EquipmentDelivered", "MissionAuthorized"}


def test_givers_that_one_sentence_counts_are_named_by_the_next(reader: Reader) -> None:
    told = read(
        reader,
        "Four countries have said they are willing to send men to the mission in Haiti.\n"
        "These countries are Benin and Chad, and Jamaica and Belize.",
    )
    assert {essence(e) for e in told} == {f"PledgeAnnounced {code}" for code in ("BJ", "TD", "JM", "BZ")}


def test_a_list_behind_a_refusal_names_no_givers(reader: Reader) -> None:
    told = read(reader, "Four countries are not willing to send men to the mission in Haiti.\nThese countries are Benin, Chad and Jamaica.")
    assert told == []


LATER = {
    "kit still needed": ("The mission in Haiti still needs 18 helicopters.", {"ObstacleRaised - 18 equipment"}),
    "the chief contributor with its sum": (
        "The European Union has been the largest contributor to the mission in Haiti with 20 million dollars.",
        {"FundingProvided EU 20000000"},
    ),
    "kit counted twice": (
        "The mission in Haiti has received five helicopters. The five helicopters were sent by Ethiopia.",
        {"EquipmentDelivered ET 5 2024-06"},
    ),
    "a mission authorises nothing": ("The mission in Haiti approved the force of the police.", set()),
    "help that is not for the mission": ("Kenya will help to bring about calm beside the mission in Haiti.", set()),
}


@pytest.mark.parametrize("name", LATER)
def test_needs_payers_and_kit_are_read_once(reader: Reader, name: str) -> None:
    text, expected = LATER[name]
    assert {essence(event) for event in read(reader, text)} == expected


DATED = {
    "offered in the present": ("Benin offers 2,000 soldiers for the mission in Haiti.", "PledgeAnnounced BJ 2000 2024-06-24"),
    "has offered may be long ago": ("Chad has offered 2,000 soldiers for the mission in Haiti.", "PledgeAnnounced TD 2000"),
    "has offered, as the headline says": ("Benin has offered 2,000 soldiers for the mission in Haiti.", "PledgeAnnounced BJ 2000 2024-06"),
    "an offer beside a dated one": (
        "On Tuesday Chad offered 1,500 soldiers for the mission in Haiti. Bangladesh also offered 1,000 officers.",
        "PledgeAnnounced BD 1000 2024-06-18",
    ),
    "had offered is background": ("Benin had offered 2,000 soldiers for the mission in Haiti.", "PledgeAnnounced BJ 2000"),
}


@pytest.mark.parametrize("name", DATED)
def test_an_offer_that_is_the_news_has_the_day_of_the_news(reader: Reader, name: str) -> None:
    text, expected = DATED[name]
    assert expected in [essence(event) for event in read(reader, text, "Haiti mission to get soldiers from Benin")]


OFF = {
    "no longer intends": "Barbados no longer intends to send soldiers to the mission in Haiti.",
    "a plan given up": "Estonia has cancelled its plan to send 50 soldiers to the mission in Haiti.",
    "the Council is no contributor": "The Security Council voted to send soldiers to the mission in Haiti.",
}


@pytest.mark.parametrize("name", OFF)
def test_what_is_off_is_no_pledge(reader: Reader, name: str) -> None:
    assert "PledgeAnnounced" not in {event["type"] for event in read(reader, OFF[name])}


def test_the_african_unions_own_council_authorises_for_it(reader: Reader) -> None:
    told = read(
        reader,
        "The African Union's Peace and Security Council has endorsed the mission in Somalia.",
        "The African Union mission in Somalia",
    )
    assert "MissionAuthorized AFU" in {f"{e['type']} {e['contributor']}" for e in told}


SPREAD = {
    "among the countries that": (
        "Jamaica and Belize are among the countries that have pledged to contribute to the mission in Haiti.",
        {"PledgeAnnounced JM", "PledgeAnnounced BZ"},
    ),
    "a dozen, among them": (
        "A dozen countries, among them Chad and Benin, have pledged personnel for the mission in Haiti.",
        {"PledgeAnnounced TD", "PledgeAnnounced BJ"},
    ),
    "money that drops its verb": (
        "The US has pledged $300m and Canada $123m to the mission in Haiti.",
        {"PledgeAnnounced US 300000000", "PledgeAnnounced CA 123000000"},
    ),
    "the day of the resolution": (
        "The mission in Haiti was authorised by a Security Council resolution adopted on 2 October 2023.",
        {"MissionAuthorized UN 2023-10-02"},
    ),
    "money in doubt": ("Funding for the mission in Haiti remains uncertain.", {"ObstacleRaised - funding"}),
    "a target without a day": ("The mission in Haiti is far short of its target of 2,500 personnel.", {"MissionAuthorized - 2500"}),
}


@pytest.mark.parametrize("name", SPREAD)
def test_what_a_sentence_spreads_over_its_clauses_is_put_together(reader: Reader, name: str) -> None:
    text, expected = SPREAD[name]
    assert {essence(event) for event in read(reader, text)} == expected


SUPPLIED = {
    "givers behind a colon, further on": (
        "Three countries will supply the soldiers of the mission in Haiti: Chad, Benin and Jamaica.",
        {"PledgeAnnounced TD", "PledgeAnnounced BJ", "PledgeAnnounced JM"},
    ),
    "will come from": (
        "The bulk of the troops for the mission in Haiti will come from Chad and Benin.",
        {"PledgeAnnounced TD", "PledgeAnnounced BJ"},
    ),
    "part of it": ("Jamaica will be part of the mission in Haiti with 170 soldiers.", {"PledgeAnnounced JM 170"}),
    "a ceiling is no strength": ("The mission in Haiti has a ceiling of 2,500 uniformed personnel.", {"MissionAuthorized - 2500"}),
    "ordered out is no authorisation": ("The Council has ordered the mission in Haiti to pull out by 31 December.", set()),
}


@pytest.mark.parametrize("name", SUPPLIED)
def test_who_supplies_the_people_is_read_in_plain_words(reader: Reader, name: str) -> None:
    text, expected = SUPPLIED[name]
    assert {essence(event) for event in read(reader, text)} == expected
