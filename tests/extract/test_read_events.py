"""What the rules see, class by class, in sentences of our own."""

from typing import Any

import pytest
from muster_extract.evaluate import article
from muster_extract.labels import to_labels
from muster_extract.pipeline import Reader

PUBLISHED = "2024-06-24"  # a Monday


def read(
    reader: Reader, *paragraphs: str, title: str = "The multinational security mission in Haiti", published: str = PUBLISHED
) -> list[dict[str, Any]]:
    text = "\n".join(paragraphs)
    return to_labels(reader.extract(article({"id": "a", "source": "test", "published": published, "title": title, "text": text})).claims)


def essence(event: dict[str, Any]) -> str:
    parts = [event["type"], event["contributor"] or "-", *(str(event[k]) for k in ("quantity", "reason", "date") if event[k])]
    return " ".join(parts)


CASES = {
    # coordinated lists of givers
    "a list of givers is one pledge each": (
        "Jamaica, the Bahamas and Chad have pledged personnel to the mission in Haiti.",
        {"PledgeAnnounced JM", "PledgeAnnounced BS", "PledgeAnnounced TD"},
    ),
    "in addition to one, others": (
        "In addition to Kenya, Benin and Belize have promised soldiers to the mission in Haiti.",
        {"PledgeAnnounced KE", "PledgeAnnounced BJ", "PledgeAnnounced BZ"},
    ),
    "shares follow their states": (
        "Uganda will contribute 450 troops to the Haiti mission, followed by Ethiopia with 250 and Djibouti with 150.",
        {"PledgeAnnounced UG 450", "PledgeAnnounced ET 250", "PledgeAnnounced DJ 150"},
    ),
    "givers behind a colon": (
        "Three governments mean to contribute personnel to the Haiti mission: Benin, Chad and Jamaica.",
        {"PledgeAnnounced BJ", "PledgeAnnounced TD", "PledgeAnnounced JM"},
    ),
    # offers
    "ready to send": ("Kenya is ready to send 1,000 police officers to Haiti.", {"PledgeAnnounced KE 1000"}),
    "money": ("Canada has pledged C$40 million to the mission in Haiti.", {"PledgeAnnounced CA 40000000"}),
    "the lead": ("Kenya volunteered in July 2023 to lead the mission in Haiti.", {"LeadershipOffered KE 2023-07"}),
    "taken back": ("Barbados has withdrawn its offer of soldiers for the Haiti mission.", {"PledgeWithdrawn BB 2024-06"}),
    # people on their way
    "arrived": ("About 200 Kenyan police officers landed in Port-au-Prince on Saturday.", {"ContingentArrived KE 200 2024-06-22"}),
    "left": ("A second group of 200 Kenyan police officers left for Haiti on Sunday.", {"ContingentDeparted KE 200 2024-06-23"}),
    "present tense, dated ahead, is a plan": (
        "The 400 Kenyan police officers are leaving for Haiti on Tuesday.",
        {"DeploymentScheduled KE 400 2024-06-25"},
    ),
    "another group to come": ("Another 300 Kenyan officers will follow in October to Haiti.", {"DeploymentScheduled KE 300 2024-10"}),
    "two dates, two plans": (
        "Kenya has sent police to Haiti. A further 300 are to follow in October and another 200 before the end of November.",
        {"DeploymentScheduled KE 300 2024-10", "DeploymentScheduled KE 200 2024-11", "ContingentDeparted KE 2024-06"},
    ),
    "gone for good": ("Kenya has begun to withdraw its police from Haiti.", {"ContingentWithdrawn KE 2024-06"}),
    "strength": ("There are 382 Kenyan police officers on the ground in Haiti.", {"StrengthReported KE 382 2024-06-24"}),
    "a running total is a strength": ("Kenya has so far deployed 600 police officers to Haiti.", {"StrengthReported KE 600 2024-06-24"}),
    # the mandate
    "authorised": (
        "The Security Council authorised the Multinational Security Support mission on 2 October 2023.",
        {"MissionAuthorized UN 2023-10-02"},
    ),
    "a strength by adjective": (
        "Belize has promised troops to the 2,500-strong mission in Haiti.",
        {"MissionAuthorized - 2500", "PledgeAnnounced BZ"},
    ),
    "extended": (
        "The Security Council extended the mandate of the mission in Haiti until 2 October 2025.",
        {"MandateExtended UN 2025-10-02"},
    ),
    "an end": ("The Security Council voted on Thursday to end the mission in Haiti.", {"MissionEnded UN"}),
    "people aboard a plane": (
        "On Saturday a plane carrying 200 Kenyan police officers landed in Port-au-Prince.",
        {"ContingentArrived KE 200 2024-06-22"},
    ),
    "some there, others due": (
        "Some 150 Guatemalan soldiers landed in Haiti on Friday, with another 75 from El Salvador due on Saturday.",
        {"ContingentArrived GT 150 2024-06-21", "DeploymentScheduled SV 75 2024-06-29"},
    ),
    "a yardstick": (
        "The mission in Haiti has about 400 officers, far short of the 2,500 planned.",
        {"StrengthReported - 400 2024-06-24", "MissionAuthorized - 2500"},
    ),
    "shares of a sum": (
        "The mission in Haiti was promised $173 million, including $85 million from Canada and $15 million from the United States.",
        {"PledgeAnnounced - 173000000", "PledgeAnnounced CA 85000000", "PledgeAnnounced US 15000000"},
    ),
    "so is another": (
        "Chad is ready to send troops to the mission in Haiti; so is Benin.",
        {"PledgeAnnounced TD", "PledgeAnnounced BJ"},
    ),
    # what is late, and why
    "late, with the stressed reason": (
        "The deployment of Kenyan police to Haiti has been delayed by court challenges.",
        {"DeploymentDelayed KE court"},
    ),
    "blocked by a court": (
        "In January the High Court in Nairobi blocked the deployment of police to Haiti.",
        {"ObstacleRaised KE court 2024-01"},
    ),
    "cleared by a parliament": (
        "Parliament in Nairobi voted on Thursday to let 1,000 police officers go to Haiti.",
        {"ObstacleCleared KE 1000 parliament 2024-06-20"},
    ),
    # money and materiel
    "chief payer": ("The mission in Haiti is funded primarily by the United States.", {"FundingProvided US"}),
    "the fund has received": ("The fund for the Haiti mission has received $85 million.", {"FundingProvided - 85000000"}),
    "handed over": (
        "The United States delivered 20 armoured vehicles to the mission in Haiti in March.",
        {"EquipmentDelivered US 20 2024-03"},
    ),
    # people named and hurt
    "commander": (
        "Kenya has named Godfrey Otunge commander of the mission in Haiti.",
        {"CommanderAppointed KE 2024-06"},
    ),
    "killed": ("Three Kenyan police officers of the mission in Haiti were killed on Friday.", {"CasualtyReported KE 3 2024-06-21"}),
}


@pytest.mark.parametrize(("text", "events"), CASES.values(), ids=CASES.keys())
def test_a_sentence_gives_its_events_and_no_others(reader: Reader, text: str, events: set[str]) -> None:
    assert {essence(e) for e in read(reader, text)} == events


NOTHING = {
    "denied": "Kenya has not withdrawn its offer to the mission in Haiti.",
    "said not to be so": "Nairobi denied that it had withdrawn its police from Haiti.",
    "asked": "Has Kenya withdrawn its police from Haiti?",
    "imagined": "If Kenya were to send 5,000 police officers to Haiti, the gangs would run.",
    "imagined by inversion": "Were Kenya to withdraw its police from Haiti, nobody would be left.",
    "considered": "Ghana will consider sending troops to the mission in Haiti.",
    "ruled out": "The United States has ruled out sending troops to the mission in Haiti.",
    "reports that are dismissed": "Ruto dismissed reports that Kenya had withdrawn its officers from Haiti.",
    "what may be": "Ghana may send 300 troops to the mission in Haiti.",
    "what critics want": "Critics want the government to withdraw the police from Haiti.",
    "what would have been": "Without the ruling 400 Kenyan officers would have left for Haiti in April.",
    "a border": "The neighbour sent 1,500 soldiers to its border with Haiti to meet the mission's critics.",
    "adjectives alone": "The Kenya-led mission in Haiti is three months old.",
    "composition without a count": "The mission in Haiti has troops from Jamaica.",
    "the host's own dead": "Three Haitian police officers were killed on Friday in Port-au-Prince, the mission in Haiti said.",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
def test_what_is_denied_asked_imagined_or_about_something_else_gives_nothing(reader: Reader, text: str) -> None:
    assert read(reader, text) == []


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Network late", "The carrier postponed the deployment of its new network by two weeks, and pledged $5 million in refunds."),
        ("The Games", "Kenya sent the largest contingent to the Games on Sunday, 112 athletes strong; 60 Scots arrived on Monday."),
        ("Strike", "The company sent home 2,000 workers on Friday and suspended its contribution to the pension fund."),
    ],
)
def test_the_same_words_about_something_else_give_nothing(reader: Reader, title: str, text: str) -> None:
    assert read(reader, text, title=title) == []


def test_a_fact_told_twice_is_one_claim_by_its_more_precise_telling(reader: Reader) -> None:
    events = read(
        reader,
        "Kenya has promised police officers to the mission in Haiti.",
        "Kenya has promised 1,000 police officers to the mission in Haiti.",
    )
    assert [essence(e) for e in events] == ["PledgeAnnounced KE 1000"]


def test_its_points_back_to_whom_the_paragraph_is_about(reader: Reader) -> None:
    events = read(
        reader, "Guatemala has promised 150 soldiers to the mission in Haiti. Its first 75 soldiers landed in Port-au-Prince on Friday."
    )
    assert {essence(e) for e in events} == {"PledgeAnnounced GT 150", "ContingentArrived GT 75 2024-06-21"}


def test_an_article_on_something_else_is_completed_without_claims(reader: Reader) -> None:
    extraction = reader.extract(
        article({"id": "b", "source": "t", "published": PUBLISHED, "title": "Rates", "text": "The bank raised rates."})
    )
    assert extraction.claims == ()
    assert extraction.completed.claim_ids == ()


def test_what_was_dropped_is_kept_with_its_reason(reader: Reader) -> None:
    row = {
        "id": "c",
        "source": "t",
        "published": PUBLISHED,
        "title": "Haiti",
        "text": "Kenya has not withdrawn its offer to the mission in Haiti.",
    }
    [dropped] = [d for d in reader.extract(article(row)).dropped if d.candidate.claim == "PledgeWithdrawn"]
    assert dropped.why == "denied"
