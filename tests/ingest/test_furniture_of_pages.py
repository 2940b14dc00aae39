"""What stands around the news goes, in several outlets' forms; what only looks odd stays."""

import json
from datetime import date
from pathlib import Path

import pytest
from muster_contracts.articles import ArticleSubmitted
from muster_ingest.drafts import Draft
from muster_ingest.normalise import normalise

GOLD = Path(__file__).parents[3] / "shared" / "gold"
TODAY = date(2026, 11, 25)
NEWS = "Two hundred officers landed in Port-au-Prince on Monday, the mission said.\n\nA second aircraft is expected within the week."


def draft(text: str, *, title: str = "Officers land in the capital", source: str = "The Example", published: str = "2024-06-24") -> Draft:
    return normalise(ArticleSubmitted(source=source, title=title, published=published, text=text), received=TODAY)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Updated: June 24, 2024 11:59 PM EDT | Created: June 24, 2024 9:00 AM EDT", "credit-line"),
        ("Published 24 June 2024, 09:12 EAT · Share: Facebook | X | WhatsApp", "credit-line"),
        ("PTI | New Delhi | Updated: 24-06-2024 10:15 IST", "credit-line"),
        ("By Jane Example", "credit-line"),
        ("By our correspondent", "credit-line"),
        ("Monday, June 24, 2024", "credit-line"),
        ("Officers land in the capital", "repeated-headline"),
        ("OFFICERS LAND IN THE CAPITAL.", "repeated-headline"),
        ("Representational image", "caption"),
        ("Photo credit: Jane Example", "caption"),
        ("Also read: What the mission costs", "promotion"),
    ],
)
def test_a_line_above_the_news_goes(line: str, kind: str) -> None:
    found = draft(f"{line}\n\n{NEWS}")
    assert found.text == NEWS.replace("\n\n", "\n")
    assert [(piece.kind, piece.text) for piece in found.removed] == [(kind, line)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("(Reporting by Jane Example in Nairobi; Editing by John Sample)", "credit-line"),
        ("(With inputs from agencies)", "credit-line"),
        ("(This story has not been edited by our staff and is auto-generated from a syndicated feed.)", "disclaimer"),
        ("© 2024 The Example. All rights reserved.", "disclaimer"),
        ("Share this story: print · e-mail", "share-line"),
        ("Tags: Haiti, Kenya, police", "share-line"),
        ("Give Feedback", "feedback-line"),
        ("What do you think? Write to us.", "feedback-line"),
        ("Most read: How your MP voted", "promotion"),
        ("Read also: Fares go up again | Share on WhatsApp", "promotion"),
    ],
)
def test_a_line_below_the_news_goes(line: str, kind: str) -> None:
    found = draft(f"{NEWS}\n\n{line}")
    assert found.text == NEWS.replace("\n\n", "\n")
    assert [(piece.kind, piece.text) for piece in found.removed] == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "18:05 — Four hundred officers have boarded, says the ministry.",
        "SUN 31 OCT 12:00 | Around 100 more soldiers are on the ground.",
        "[1] Recruits on parade. The 1,000 officers picked for Haiti were told to stay.",
        "PHOTO: The camp, where about 400 officers, the last of them, wait for their flight.",
        "• 30 August: first round.",
        "- WHO CAME: 83 soldiers on Friday, 75 of them from Guatemala.",
        "ANNOUNCER: Parliament has voted to let them go.",
        "[CLIP: the Deputy Speaker, 7 seconds]",
        "WHAT DOES IT COST?",
        "Corrected at 11:20: the second round is on 6 December.",
        "Captions have been updated to correct the day of the meeting.",
        "By Tuesday the last of them had left.",
        "The Associated Press counted 200 officers.",
        "Share of the cost: the United States pays 300 million dollars, others the rest of it.",
        "More than 600 are to follow.",
        "President William Ruto, 25 June",
    ],
)
@pytest.mark.parametrize("place", ["{line}\n\n{news}", "{news}\n\n{line}", "Lead of the day.\n\n{line}\n\n{news}"])
def test_a_line_that_may_hold_facts_stays(line: str, place: str) -> None:
    assert line in draft(place.format(line=line, news=NEWS)).text.split("\n")


def test_a_summary_with_a_figure_of_its_own_stays() -> None:
    text = f"A group of 350 officers landed in Port-au-Prince on Monday.\n\nUpdated: 24-06-2024 23:59 IST\n\n{NEWS}"
    assert "350" in draft(text).text


def test_lines_that_a_mailer_broke_are_one_paragraph() -> None:
    broken = [
        "The Security Council authorised a mission of up to",
        "2,500 police officers, in a vote that took place in New",
        "York on Monday.",
    ]
    assert draft("\n".join(broken) + "\n\nKenya leads.").text == " ".join(broken) + "\nKenya leads."


def test_lines_of_a_list_stay_apart() -> None:
    listed = "Kenya gives a thousand officers for the first year\nJamaica gives some\nThe Bahamas will send one hundred and fifty in spring"
    assert draft(f"{listed}\n\nThe mission waits.").text == f"{listed}\nThe mission waits."


def test_invisible_characters_go_and_accents_are_composed() -> None:
    text = "Pont-Sonde\u0301 is qui\u00adet.\u200b The\u00a0mayor said &ldquo;enough&rdquo; &amp;amp; left."
    assert draft(text).text == "Pont-Sondé is quiet. The mayor said “enough” & left."


@pytest.mark.skipif(not GOLD.is_dir(), reason="the labelled texts are not beside this checkout")
@pytest.mark.parametrize("name", ["dev.jsonl", "dev-written-haiti.jsonl", "dev-written-other.jsonl"])
def test_no_evidence_is_lost_from_the_labelled_texts(name: str) -> None:
    rows = [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]
    lost = []
    for row in rows:
        text = draft(row["text"], title=row["title"], source=row["source"], published=row["published"]).text
        lost += [event["evidence"] for event in row["events"] if " ".join(event["evidence"].split()) not in text]
    assert rows
    assert lost == []
