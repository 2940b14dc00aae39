"""The sample corpus as a perfect reader would read it: its labels as mission events, so that folds can be asked without an extractor."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from muster_contracts import claims
from muster_contracts.claims import AnyClaim, ArticleRef, ExtractionCompleted, Extractor
from muster_contracts.ids import article_id, claim_id, completion_id, retraction_id, revision_id, text_hash
from muster_contracts.values import Evidence, Kind, Quantity

from muster_testkit.corpus import Row

READER: Final = Extractor(name="labels", version="1.0.0")

ORIGINS: Final[dict[str, str]] = dict.fromkeys(("c-haiti-02", "c-haiti-03", "c-haiti-04"), "c-haiti-01")
"""Articles of the corpus that tell another's story in the same words."""

# What the labels' form has no place for, by words of the evidence.
_PEOPLE: Final = {"Otunge": "Godfrey Otunge", "Kevron Henry": "Kevron Henry"}
_MONEY: Final = ("promises money", "Türkiye, Spain, Italy", "part of its money")
_WOUNDED: Final = ("was hit by gunfire", "were hurt")
_IN_ALL: Final = ("third Kenyan officer", "three Kenyan officers", "Three Kenyan officers", "lost three of their number", "three names")
_MAIN: Final = ("Most of the bill", "The bulk of the bill")


def read_labels(rows: list[Row]) -> list[AnyClaim | ExtractionCompleted]:
    """The events that articles tell by their labels, as extract would publish them.

    Args:
        rows: of the corpus, each version after the one that it changes.
    """
    versions: dict[str, int] = {}
    events: list[AnyClaim | ExtractionCompleted] = []
    for row in rows:
        versions[row["id"]] = versions.get(row["id"], 0) + 1
        article = _article(row, versions[row["id"]])
        read = sorted((_claim(row, label, article) for label in row["events"]), key=lambda claim: (claim.evidence.start, claim.type))
        events += read
        events.append(
            ExtractionCompleted(
                completion_id=completion_id(article.revision_id, str(READER)),
                article=article,
                extractor=READER,
                retracted=row.get("pubstatus") == "canceled",
                claim_ids=tuple(claim.claim_id for claim in read),
            )
        )
    return events


def _id(row_id: str) -> UUID:
    return article_id(url=None, source="corpus", guid=row_id, content="")


def _article(row: Row, revision: int) -> ArticleRef:
    article = _id(row["id"])
    retracted = row.get("pubstatus") == "canceled"
    return ArticleRef(
        article_id=article,
        revision_id=retraction_id(article, revision) if retracted else revision_id(article, revision, text_hash(row["title"], row["text"])),
        revision=revision,
        url=row.get("url"),
        source=row["source"],
        origin_id=_id(ORIGINS.get(row["id"]) or row["id"]),
        title=row["title"],
        published_on=_day(row["published"]),
        known_on=_day(row.get("modified") or row["published"]),
    )


def _claim(row: Row, label: dict[str, Any], article: ArticleRef) -> AnyClaim:
    quote = label["evidence"]
    start = row["text"].index(quote)
    said: dict[str, Any] = {
        "mission": label["mission"],
        "contributor": label["contributor"],
        "quantity": _quantity(label),
        "date": label["date"],
        "evidence": Evidence(quote=quote, start=start, end=start + len(quote)),
        **_beyond_the_form(label),
    }
    identity = claim_id(article.revision_id, str(READER), {key: value for key, value in label.items() if value is not None})
    made: AnyClaim = getattr(claims, label["type"])(claim_id=identity, article=article, extractor=READER, **said)
    return made


def _quantity(label: dict[str, Any]) -> Quantity | None:
    if label["quantity"] is None:
        return None
    return Quantity(amount=label["quantity"], unit=label["unit"], qualifier=label["qualifier"])


def _beyond_the_form(label: dict[str, Any]) -> dict[str, Any]:
    quote = label["evidence"]
    quantity = _quantity(label)
    match label["type"]:
        case "DeploymentDelayed" | "ObstacleRaised" | "ObstacleCleared":
            return {"reasons": (label["reason"],) if label["reason"] else ()}
        case "PledgeAnnounced" | "PledgeWithdrawn":
            kind = Kind.MONEY if any(words in quote for words in _MONEY) else Kind.PEOPLE
            return {"kind": quantity.kind if quantity else kind}
        case "CommanderAppointed":
            return {"person": next(person for words, person in _PEOPLE.items() if words in quote)}
        case "CasualtyReported":
            harm = "wounded" if any(words in quote for words in _WOUNDED) else "killed"
            return {"harm": harm, "running_total": any(words in quote for words in _IN_ALL)}
        case "FundingProvided":
            return {"main": any(words in quote for words in _MAIN)}
        case _:
            return {}


def _day(stated: str) -> date:
    return datetime.fromisoformat(stated).date() if len(stated) > 10 else date.fromisoformat(stated)
