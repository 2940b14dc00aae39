"""News items in ninjs of all three generations: our own, and the samples of the standard where they are at hand."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from muster_contracts.errors import RecordError
from muster_ingest.drafts import Draft
from muster_ingest.errors import UnusableArticle
from muster_ingest.normalise import normalise, withdrawal
from muster_ingest.sources.documents import submission
from muster_ingest.sources.markup import DEEPEST, plain_text
from muster_ingest.sources.ninjs import is_ninjs
from muster_ingest.sources.submissions import read_submission

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "ninjs-examples"
TEXT = "PORT-AU-PRINCE, June 26 (Harbour Wire) - Two hundred officers from Kenya arrived on Tuesday, the mission said."
TODAY = date(2024, 7, 1)

FIRST: dict[str, Any] = {
    "uri": "https://wire.example/items/20240626-17",
    "type": "text",
    "versioncreated": "2024-06-26T08:15:00-04:00",
    "pubstatus": "usable",
    "headline": "Officers land in Haiti",
    "body_xhtml": f"<p>{TEXT}</p>",
    "body_text": TEXT,
    "infosource": [{"name": "Harbour Wire"}],
}
SECOND: dict[str, Any] = {
    "standard": {"name": "ninjs", "version": "2.1", "schema": "https://wire.example/ninjs-2.1.json"},
    "uri": "urn:newsml:wire.example:20240626:17",
    "type": "text",
    "firstcreated": "2024-06-26T08:15:00-04:00",
    "versioncreated": "2024-06-26T09:30:00-04:00",
    "version": "2",
    "headlines": [{"role": "print", "value": "Haiti: officers"}, {"role": "main", "value": "Officers land in <em>Haiti</em>"}],
    "bodies": [
        {"role": "html", "contenttype": "text/html", "value": f"<section><p>{TEXT}</p></section>"},
        {"role": "text", "contenttype": "text/plain", "value": TEXT},
    ],
    "copyrightholder": "Harbour Wire",
}
THIRD: dict[str, Any] = {
    "standard": {"name": "ninjs", "version": "3.1", "schema": "https://wire.example/ninjs-3.1.json"},
    "uri": "tag:wire.example,2024:item-17",
    "type": "text",
    "versionCreated": "2024-06-26T08:15:00-04:00",
    "pubStatus": "usable",
    "headlines": [{"value": "Officers land in Haiti"}],
    "bodies": [{"role": "richtext", "contentType": "application/xhtml+xml", "value": f"<div><p>{TEXT}</p><script>count()</script></div>"}],
    "infoSources": [{"name": "Harbour Wire"}],
}
GENERATIONS = [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("item", GENERATIONS)
def test_an_item_of_any_generation_tells_the_same_story(item: dict[str, Any]) -> None:
    draft = normalise(read_submission([], json.dumps(item).encode()).article, received=TODAY)
    assert (draft.title, draft.text, draft.source, draft.guid) == ("Officers land in Haiti", TEXT, "Harbour Wire", item["uri"])
    assert (draft.published_on, draft.url) == (date(2024, 6, 26), None)


@pytest.mark.parametrize("item", GENERATIONS)
@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_an_item_that_is_withheld_or_canceled_takes_its_article_back(item: dict[str, Any], status: str) -> None:
    name = "pubStatus" if "versionCreated" in item else "pubstatus"
    told = normalise(submission(item), received=TODAY)
    back = submission({**item, name: status})
    assert back.pubstatus == status
    assert withdrawal(back, received=TODAY).article_id == told.article_id
    # Also where nothing is left of it but its name, and where it never was a text.
    bare = submission({"uri": item["uri"], name: status, "type": "picture", "copyrightholder": "Harbour Wire"})
    assert withdrawal(bare, received=TODAY).article_id == told.article_id


def test_a_later_version_says_when_it_was_changed() -> None:
    assert submission(SECOND).modified == "2024-06-26T09:30:00-04:00"
    assert submission(FIRST).modified is None
    assert submission({**FIRST, "version": "3"}).modified == FIRST["versioncreated"]


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"type": "picture"}, "not-text", "type"),
        ({"type": "event"}, "not-text", "type"),
        ({"body_text": None, "body_xhtml": "<p> </p>"}, "empty-text", "text"),
        ({"versioncreated": None}, "no-date", "published"),
        ({"pubstatus": "maybe"}, "not-an-article", "pubstatus"),
        ({"uri": "item-17", "infosource": []}, "no-source", "infosource"),
        ({"embargoed": "2024-06-26T23:00:00Z"}, "embargoed", "embargoed"),
        ({"embargoed": "when the court has ruled"}, "embargoed", "embargoed"),
    ],
)
def test_an_item_that_tells_no_story_now_is_refused_by_name(changes: dict[str, Any], reason: str, field: str) -> None:
    value = json.dumps({**FIRST, **changes}).encode()
    with pytest.raises(RecordError) as caught:
        normalise(read_submission([], value, at=datetime(2024, 6, 26, 20, tzinfo=UTC)).article, received=TODAY)
    assert (caught.value.reason, caught.value.field) == (reason, field)


def test_an_embargo_ends() -> None:
    item = json.dumps({**FIRST, "embargoed": "2024-06-26T18:00:00Z"}).encode()
    assert read_submission([], item, at=datetime(2024, 6, 26, 18, tzinfo=UTC)).article.text == TEXT


def test_our_own_form_is_no_ninjs() -> None:
    assert not is_ninjs({"url": "https://wire.example/17", "text": TEXT, "uri": "x"})
    assert not is_ninjs({"uri": 7})


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One\nline</p><p>Two</p>", "One line\n\nTwo"),
        ("One<br/>Two &amp; three", "One\n\nTwo & three"),
        ("<nitf><head><title>No</title></head><body><body.content><p>Yes</p></body.content></body></nitf>", "Yes"),
        ("<script>if (a < b) {}</script><style/>Still", "Still"),
        ("<head><template></head>after", "after"),
        ("plain < text", "plain < text"),
        ("", ""),
        ("<b>a</b> <i>b</i>\n<i>c</i>", "a b c"),
        ("<?xml version='1.0' encoding='latin-1'?><p>\u00e9 \u0436 \U0001f600</p>", "\u00e9 \u0436 \U0001f600"),
        ("<svg><g>a</svg>after<!-- no --><?php no ?>", "after"),
        ("<ITEM><HEAD><NR>17<DESK>no</DESK></HEAD><BODY>Yes</BODY></ITEM>", "Yes"),
        ("One</p>Two</P >Three", "One\n\nTwo\n\nThree"),
    ],
)
def test_markup_becomes_paragraphs(markup: str, text: str) -> None:
    assert plain_text(markup, field="text") == text


OPEN = [
    "<!-- ",
    "<a ",
    "<a b='",
    "<",
    "</",
    "<!",
    "<?",
    "<![CDATA[",
    "<div>",
    "<style>",
    "<template>",
    "<svg></p>",
    "<b></p>",
    "<i/>",
    "&#",
]
OPEN_AND_ENDED = ("<b>" * 100_000 + "</i>" * 175_000, "<b>" * 1900 + "</i>" * 240_000)


def test_markup_that_is_left_open_costs_no_more_than_a_long_one() -> None:
    read = "from muster_ingest.errors import UnusableArticle\nfrom muster_ingest.sources.markup import plain_text\n"
    read += f"for markup in [*((piece * 1_000_000)[:1_000_000] for piece in {OPEN!r}), *{OPEN_AND_ENDED!r}]:\n"
    read += "    try:\n        plain_text(markup, field='text')\n"
    read += "    except UnusableArticle as error:\n        assert error.reason == 'not-an-article', error\n"
    # In a process of its own, since a parser that hangs can't be stopped in this one. All together take 10 s, one of them took minutes.
    subprocess.run([sys.executable, "-"], input=read.encode(), check=True, timeout=60)


@pytest.mark.parametrize(("changes", "field"), [({"body_text": None, "body_xhtml": "<p>"}, "text"), ({"headline": "<p>"}, "title")])
def test_markup_over_the_limit_of_a_text_is_refused_before_it_is_parsed(changes: dict[str, Any], field: str) -> None:
    long = {name: value and value + "<i>x</i>" * 200_000 for name, value in changes.items()}
    with pytest.raises(UnusableArticle) as caught:
        submission({**FIRST, **long})
    assert (caught.value.reason, caught.value.field) == ("too-long", field)


def test_depth_cuts_no_story_short() -> None:
    deep = "<div>" * (DEEPEST - 10)
    assert plain_text(f"{deep}{TEXT}{'</div>' * (DEEPEST - 10)}<p>End</p>", field="text") == f"{TEXT}\n\nEnd"
    with pytest.raises(UnusableArticle) as caught:
        plain_text(deep + deep + TEXT, field="text")
    assert (caught.value.reason, caught.value.field) == ("not-an-article", "text")


@pytest.mark.parametrize("markup", ["<p>a\x00b</p>", "<p>a\ud800b</p>"])
def test_a_control_character_in_markup_is_refused_and_not_replaced(markup: str) -> None:
    with pytest.raises(UnusableArticle) as caught:
        plain_text(markup, field="text")
    assert caught.value.reason == "binary"


def samples() -> list[Any]:
    if not SAMPLES.is_dir():
        return [pytest.param(None, marks=pytest.mark.skip(reason="the samples of ninjs are not beside the repository"))]
    found = [*SAMPLES.glob("examples/[123].*/**/*.json"), *SAMPLES.glob("documentation/**/*.json")]
    return [pytest.param(path, id=str(path.relative_to(SAMPLES))) for path in sorted(found) if not path.stem.endswith("-schema")]


@pytest.mark.parametrize("path", samples())
def test_every_sample_of_the_standard_is_read_or_refused_for_what_it_is(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    for item in document if isinstance(document, list) else [document]:
        try:
            outcome: Draft | str = normalise(submission(item), received=date(2025, 1, 1))
        except RecordError as error:
            outcome = error.reason
        assert type(outcome) is Draft or outcome == _expected(item), outcome
        if isinstance(outcome, Draft):
            assert _expected(item) is None
            assert outcome.title
            assert "<" not in outcome.text


def _expected(item: dict[str, Any]) -> str | None:
    """Why a sample is no article, by eye: None where it is one."""
    names = {name.lower() for name in item}
    if item.get("type", "text") not in ("text", "composite"):
        return "not-text"
    if not any(name == "bodies" or name.startswith("body_") for name in names) or "[ ... ]" in json.dumps(item):
        return "empty-text"
    if "versioncreated" not in names:
        return "no-source" if item["uri"] == "renditions-example" else "no-date"
    return None
