"""From what a publisher sent to one clean wording with its provenance. Pure: no clock, no Kafka, no SQL."""

from datetime import date
from uuid import UUID

from muster_contracts.articles import ArticleReceived, ArticleSubmitted
from muster_contracts.ids import article_id, revision_id, text_hash

from muster_ingest.drafts import Draft, Withdrawal
from muster_ingest.errors import UnusableArticle
from muster_ingest.normalise.addresses import canonical_url
from muster_ingest.normalise.characters import clean, one_line
from muster_ingest.normalise.checks import check_characters, check_markup, check_size
from muster_ingest.normalise.credits import agency_at_start
from muster_ingest.normalise.dateline import as_dateline, find_dateline
from muster_ingest.normalise.furniture import strip_furniture
from muster_ingest.normalise.paragraphs import join_paragraphs
from muster_ingest.normalise.publication import modified_day, publication

_LONGEST_WHY = 500  # characters; a longer text beside a retraction is the article itself, not the publisher's word for it


def normalise(submission: ArticleSubmitted, *, received: date) -> Draft:
    """The clean wording of a submitted article.

    Args:
        submission: as the publisher sent it.
        received: the day on which it entered the log (UTC), against which dates of the future are judged.

    Raises:
        UnusableArticle: with its reason and the field that is wrong.
    """
    if submission.pubstatus != "usable":
        raise UnusableArticle("withdrawn", "the publisher takes the article back", field="pubstatus", got=submission.pubstatus)
    source = _source(submission)
    title = one_line(_checked(submission.title or "", "title"))
    raw = clean(_checked(submission.text or "", "text"))
    check_characters(raw, field="text")
    check_markup(raw, field="text")
    stripped = strip_furniture(raw, title)
    joined = join_paragraphs(stripped.lines, spaced="\n\n" in raw.strip("\n"))
    # Joined lines are fewer, which lets others into the head and the tail.
    again = strip_furniture(joined, title)
    text = join_paragraphs(again.lines, spaced=False)
    if not any(character.isalnum() for character in text):
        raise UnusableArticle("empty-text", "nothing to read" if not raw.strip() else "nothing but furniture of the page", field="text")
    opening = text.split("\n", 1)[0]
    dateline = find_dateline(opening)
    when = publication(submission, [*stripped.stamps, *again.stamps], dateline, source=source, received=received)
    origin = stripped.agency or again.agency or (dateline.agency if dateline else None) or agency_at_start(opening)
    url, guid = _address(submission), submission.id or None
    return Draft(
        article_id=article_id(url=url, source=source, guid=guid, content=text_hash(title, str(when.on), text)),
        url=url,
        guid=guid,
        source=source,
        origin=origin,
        title=title,
        text=text,
        content=text_hash(title, text),
        published_on=when.on,
        published_at=when.at,
        modified_on=when.modified_on,
        dateline=as_dateline(dateline, when.on) if dateline else None,
        removed=(*stripped.removed, *again.removed),
    )


def withdrawal(submission: ArticleSubmitted, *, received: date) -> Withdrawal:
    """What a submission that is `canceled` or `withheld` takes back.

    Raises:
        UnusableArticle: `no-identity` where neither address, nor id, nor the text itself says which article is meant.
    """
    source = _source(submission)
    url, guid = _address(submission), submission.id or None
    if url or guid:
        article = article_id(url=url, source=source, guid=guid, content="")
    elif submission.text:
        article = normalise(submission.model_copy(update={"pubstatus": "usable"}), received=received).article_id
    else:
        raise UnusableArticle("no-identity", "a retraction needs the article's address, its id or its text", field="id")
    why = one_line(_checked(submission.text or "", "text"))
    known_on = modified_day(submission, source=source, received=received) or received
    return Withdrawal(
        article,
        source,
        known_on,
        pubstatus="withheld" if submission.pubstatus == "withheld" else "canceled",
        why=why if 0 < len(why) <= _LONGEST_WHY else None,
    )


def as_article(draft: Draft) -> ArticleReceived:
    """The draft as the first wording of an article that nobody copied: for use without a log."""
    return received_article(draft, origin_id=draft.article_id)


def received_article(draft: Draft, *, origin_id: UUID) -> ArticleReceived:
    """The draft as the first wording of its article."""
    return ArticleReceived(
        article_id=draft.article_id,
        revision_id=revision_id(draft.article_id, 1, draft.content),
        revision=1,
        url=draft.url,
        guid=draft.guid,
        source=draft.source,
        publisher=draft.publisher,
        origin=draft.origin,
        origin_id=origin_id,
        title=draft.title,
        text=draft.text,
        published_on=draft.published_on,
        published_at=draft.published_at,
        known_on=draft.published_on,
        dateline=draft.dateline,
        removed=draft.removed,
    )


def _source(submission: ArticleSubmitted) -> str:
    source = one_line(_checked(submission.source, "source"))
    if not source:
        raise UnusableArticle("no-source", "the outlet has no name", field="source", got=repr(submission.source))
    return source


def _address(submission: ArticleSubmitted) -> str | None:
    return canonical_url(submission.url) if submission.url and submission.url.strip() else None


def _checked(text: str, field: str) -> str:
    check_size(text, field=field)
    check_characters(text, field=field)
    return text
