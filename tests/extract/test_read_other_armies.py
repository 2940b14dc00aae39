"""Armies that are beside a mission, in its host or at its host's side, move on their own account: their moves are no events of it."""

from typing import Any

import pytest
from muster_extract.evaluate import article
from muster_extract.labels import to_labels
from muster_extract.pipeline import Reader
from muster_extract.resolve.missions import apart_from


def read(reader: Reader, title: str, *paragraphs: str, published: str = "2024-06-24") -> list[dict[str, Any]]:
    row = {"id": "a", "source": "test", "published": published, "title": title, "text": "\n\n".join(paragraphs)}
    return to_labels(reader.extract(article(row)).claims)


QUIET = {
    "the host's army takes over what an invader left": (
        "Army returns to border villages",
        "The Lebanese army said on Monday that it will deploy to the villages along the border after the Israeli army withdrew from them.",
        "The move is made in coordination with the United Nations Interim Force in Lebanon (UNIFIL), the statement said.",
    ),
    "an invader's withdrawal, with a bystander in the sentence": (
        "Most of the south is empty of Israeli soldiers",
        "UNIFIL said the Israeli army withdrew from most of the south on Sunday, a step that Washington and Paris had asked for.",
    ),
    "a power that sends forces across the border that monitors watch": (
        "EU monitors in Georgia see no change at the checkpoints",
        "The EU Monitoring Mission in Georgia patrolled the line on Sunday.",
        "Russia sent forces over its southern border in 2008 to help the breakaway region, which a staunch US ally had attacked.",
    ),
    "one state's soldiers by treaty, though its neighbours' bloc is named": (
        "Zambia to send 800 troops to Vanuatu",
        "The government of Zambia will begin on Monday the deployment of 800 soldiers to Vanuatu, at the request of its government.",
        "These soldiers, sent to Vanuatu under an agreement of 2018, will work closely with the Southern African Development Community.",
    ),
    "soldiers sent by a treaty of two states, beside a bloc's mission that no sentence names": (
        "Rwanda deploys more troops to Mozambique",
        "Rwanda has deployed additional troops to the north of Mozambique, its army said.",
        "The deployment rests on the bilateral relations of the two states and shows a will to help in regional peacekeeping.",
    ),
    "a company's team that is no mission, whatever its abbreviation": (
        "Instructors in Bangui",
        "The Open Source Team (OST) wrote that 170 Russian instructors were sent to the Central African Republic to train soldiers.",
    ),
    "a national expedition that calls itself a mission": (
        "First soldiers home from Syria",
        "The first Russian troops returned home on Tuesday from Syria after a mission that swung the war for the government.",
    ),
}


@pytest.mark.parametrize("case", QUIET, ids=list(QUIET))
def test_an_army_beside_the_mission_makes_no_event(case: str, reader: Reader) -> None:
    title, *paragraphs = QUIET[case]
    assert read(reader, title, *paragraphs) == []


def test_neighbours_that_run_a_force_of_their_own_send_to_it_and_leave_it(reader: Reader) -> None:
    found = read(
        reader,
        "Niger quits the force at Lake Chad",
        "Niger has withdrawn from the Multinational Joint Task Force, the government announced on Sunday.",
        published="2025-03-31",
    )
    assert [(e["type"], e["contributor"]) for e in found] == [("ContingentWithdrawn", "NE")]


def test_a_council_of_the_european_union_is_not_the_security_council(reader: Reader) -> None:
    found = read(
        reader,
        "EU monitors start in Georgia",
        "The Council decided on 15 September to establish a civilian monitoring mission in Georgia, the EU said.",
        published="2008-10-02",
    )
    assert [(e["type"], e["contributor"], e["date"]) for e in found] == [("MissionAuthorized", "EU", "2008-09-15")]


@pytest.mark.parametrize(
    ("slug", "apart", "sends"),
    [("lebanon-unifil", "IL", "IT"), ("haiti-mss", "HT", "KE"), ("golan-undof", "SY", "FJ")],
)
def test_who_sends_nobody_is_data(slug: str, apart: str, sends: str) -> None:
    assert sends not in apart_from(slug)
    assert apart in apart_from(slug)


def test_the_people_of_a_body_without_a_code_are_no_states(reader: Reader) -> None:
    found = read(
        reader,
        "OSCE monitors leave Ukraine",
        "Russian troops have surrounded the city, and Russian shells fell on Sunday.",
        "The OSCE said that one of its monitors died in the shelling on 1 March. OSCE monitors were deployed in 2014.",
        published="2022-03-06",
    )
    assert {(e["type"], e["contributor"], e["date"]) for e in found} == {
        ("CasualtyReported", None, "2022-03-01"),
        ("ContingentArrived", None, "2014"),
    }


def test_brussels_is_a_government_where_a_text_is_about_belgium(reader: Reader) -> None:
    found = read(
        reader,
        "Belgium wants more for its peacekeepers in Rwanda",
        "Belgium would like a new mandate for the UN mission in Rwanda. Brussels already has 400 soldiers in the peacekeeping force.",
        published="1994-04-08",
    )
    assert [(e["type"], e["contributor"], e["quantity"]) for e in found] == [("StrengthReported", "BE", 400)]
