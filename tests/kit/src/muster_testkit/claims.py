"""Builders of claims and completions, as an extractor would have read them: plain functions with defaults that read well.

wire = article("wire", published="2024-06-24")
[pledged("KE", 1000, told=wire), completed(pledged("KE", 1000, told=wire), told=wire)]
"""

from collections.abc import Iterable
from datetime import date as day
from typing import Any, Literal, TypeVar
from uuid import UUID

from muster_contracts import ids
from muster_contracts.claims import (
    AnyClaim,
    ArticleRef,
    CasualtyReported,
    Claim,
    CommanderAppointed,
    ContingentArrived,
    ContingentDeparted,
    ContingentWithdrawn,
    DeploymentDelayed,
    DeploymentPrepared,
    DeploymentScheduled,
    EquipmentDelivered,
    ExtractionCompleted,
    Extractor,
    FundingProvided,
    LeadershipOffered,
    MandateExtended,
    MissionAuthorized,
    MissionEnded,
    ObstacleCleared,
    ObstacleRaised,
    PledgeAnnounced,
    PledgeWithdrawn,
    SituationReported,
    StatementMade,
    StrengthReported,
)
from muster_contracts.values import Evidence, Kind, Modality, Qualifier, Quantity, Reason, Speaker

RULES = Extractor(name="rules", version="1.0.0")
"""The extractor that builders read with where none is given."""

C = TypeVar("C", bound=Claim)


def article(
    name: str = "wire",
    *,
    published: str = "2024-06-24",
    known: str | None = None,
    revision: int = 1,
    source: str = "Reuters",
    origin: str | None = None,
    copy_of: str | None = None,
    title: str = "Police to leave for Haiti",
) -> ArticleRef:
    """An article, told apart from others by its name.

    Args:
        name: makes its address and its id.
        published: its day of publication.
        known: day on which this wording became public; the day of publication where not given.
        revision: number of this wording.
        source: the outlet.
        origin: the agency that it credits.
        copy_of: name of the article that it repeats in the same words.
        title: its headline.
    """
    article_id = _article_id(name)
    return ArticleRef(
        article_id=article_id,
        revision_id=ids.revision_id(article_id, revision, ids.text_hash(name, str(revision))),
        revision=revision,
        url=f"https://news.example/{name}",
        source=source,
        origin=origin,
        origin_id=_article_id(copy_of) if copy_of else article_id,
        title=title,
        published_on=day.fromisoformat(published),
        known_on=day.fromisoformat(known or published),
    )


def _article_id(name: str) -> UUID:
    return ids.article_id(url=f"https://news.example/{name}", source="", guid=None, content="")


def number(amount: int | None, unit: str = "police", qualifier: str = "exact") -> Quantity | None:
    """A quantity; None for None."""
    return None if amount is None else Quantity(amount=amount, unit=unit, qualifier=Qualifier(qualifier))


def claim(
    kind_of_claim: type[C],
    contributor: str | None = None,
    quantity: Quantity | None = None,
    *,
    told: ArticleRef | None = None,
    mission: str = "haiti-mss",
    date: str | None = None,
    quote: str | None = None,
    start: int = 0,
    by: Extractor = RULES,
    modality: str = "asserted",
    certainty: float = 1.0,
    speaker: Speaker | None = None,
    **more: Any,
) -> C:
    """A claim of any type, with the id that an extractor would give it.

    Args:
        kind_of_claim: its class.
        contributor: code of the one that acts.
        quantity: its number, as `number` makes it.
        told: the article that tells it; `article()` where not given.
        mission: the mission's slug.
        date: the day in the world, at any precision.
        quote: the words that it stands on; a plain sentence of type and number where not given.
        start: where they stand in the text.
        by: the extractor.
        modality: how the text holds it.
        certainty: how sure the extractor is.
        speaker: whose word it is.
        more: fields of the type's own.
    """
    told = told or article()
    name = kind_of_claim.model_fields["type"].default
    amount = f" {quantity.amount:,} {quantity.unit}" if quantity else ""
    words = quote or f"{contributor or 'The mission'} {name.partition('.')[0].replace('-', ' ')}{amount}"
    said: dict[str, Any] = {
        "mission": mission,
        "contributor": contributor,
        "quantity": quantity,
        "date": date,
        "modality": Modality(modality),
        "attributed_to": speaker,
        "evidence": Evidence(quote=words, start=start, end=start + len(words)),
        **more,
    }
    unnamed = kind_of_claim(claim_id=UUID(int=0), article=told, extractor=by, certainty=certainty, **said)
    content = unnamed.model_dump(mode="json", exclude={"claim_id", "article", "extractor", "certainty", "rules"})
    return unnamed.model_copy(update={"claim_id": ids.claim_id(told.revision_id, str(by), content)})


def completed(*claims: AnyClaim, told: ArticleRef | None = None, by: Extractor = RULES, retracted: bool = False) -> ExtractionCompleted:
    """The end of an extractor's reading of one wording, listing the claims given. The article is that of the claims where not given."""
    read = told or (claims[0].article if claims else article())
    return ExtractionCompleted(
        completion_id=ids.completion_id(read.revision_id, str(by)),
        article=read,
        extractor=by,
        retracted=retracted,
        claim_ids=tuple(each.claim_id for each in claims),
    )


def reading(*claims: AnyClaim) -> list[AnyClaim | ExtractionCompleted]:
    """One article's claims and their completion, as they stand on the log."""
    return [*claims, completed(*claims)]


def retold(claims: Iterable[C], told: ArticleRef) -> list[C]:
    """The same claims as another article, or another wording, tells them."""
    again = []
    for each in claims:
        content = each.model_dump(mode="json", exclude={"claim_id", "article", "extractor", "certainty", "rules"})
        again.append(each.model_copy(update={"article": told, "claim_id": ids.claim_id(told.revision_id, str(each.extractor), content)}))
    return again


def authorized(
    amount: int | None = 2500, contributor: str | None = "UN", *, unit: str = "personnel", qualifier: str = "exact", **more: Any
) -> MissionAuthorized:
    return claim(MissionAuthorized, contributor, number(amount, unit, qualifier), **more)


def extended(until: str | None = "2025-10-02", contributor: str | None = "UN", **more: Any) -> MandateExtended:
    return claim(MandateExtended, contributor, date=until, **more)


def ended(on: str | None = "2025-10-02", contributor: str | None = "UN", *, successor: str | None = None, **more: Any) -> MissionEnded:
    return claim(MissionEnded, contributor, date=on, successor=successor, **more)


def offered_to_lead(contributor: str = "KE", date: str | None = "2023-07", **more: Any) -> LeadershipOffered:
    return claim(LeadershipOffered, contributor, date=date, **more)


def pledged(
    contributor: str | None = "KE", amount: int | None = None, unit: str = "police", qualifier: str = "exact", **more: Any
) -> PledgeAnnounced:
    quantity = number(amount, unit, qualifier)
    return claim(PledgeAnnounced, contributor, quantity, kind=more.pop("kind", quantity.kind if quantity else Kind.PEOPLE), **more)


def pledge_withdrawn(
    contributor: str | None = "BB", amount: int | None = None, unit: str = "police", qualifier: str = "exact", **more: Any
) -> PledgeWithdrawn:
    quantity = number(amount, unit, qualifier)
    return claim(PledgeWithdrawn, contributor, quantity, kind=more.pop("kind", quantity.kind if quantity else Kind.PEOPLE), **more)


def paid(
    contributor: str | None = "US",
    amount: int | None = None,
    unit: str = "USD",
    qualifier: str = "exact",
    *,
    main: bool = False,
    **more: Any,
) -> FundingProvided:
    return claim(FundingProvided, contributor, number(amount, unit, qualifier), main=main, **more)


def delivered(contributor: str | None = "US", amount: int | None = 10, unit: str = "armoured vehicle", **more: Any) -> EquipmentDelivered:
    return claim(EquipmentDelivered, contributor, number(amount, unit), **more)


def scheduled(
    contributor: str | None = "KE",
    amount: int | None = 400,
    date: str | None = "2024-06-25",
    *,
    unit: str = "police",
    qualifier: str = "exact",
    step: Literal["departure", "arrival", "deployment", "full-strength"] = "departure",
    **more: Any,
) -> DeploymentScheduled:
    return claim(DeploymentScheduled, contributor, number(amount, unit, qualifier), date=date, step=step, **more)


def delayed(
    contributor: str | None = "KE", amount: int | None = None, *reasons: str, unit: str = "police", **more: Any
) -> DeploymentDelayed:
    return claim(DeploymentDelayed, contributor, number(amount, unit), reasons=tuple(Reason(each) for each in reasons), **more)


def departed(
    contributor: str | None = "KE",
    amount: int | None = 200,
    date: str | None = "2024-06-25",
    *,
    unit: str = "police",
    qualifier: str = "exact",
    **more: Any,
) -> ContingentDeparted:
    return claim(ContingentDeparted, contributor, number(amount, unit, qualifier), date=date, **more)


def arrived(
    contributor: str | None = "KE",
    amount: int | None = 200,
    date: str | None = "2024-06-25",
    *,
    unit: str = "police",
    qualifier: str = "exact",
    **more: Any,
) -> ContingentArrived:
    return claim(ContingentArrived, contributor, number(amount, unit, qualifier), date=date, **more)


def withdrawn(
    contributor: str | None = "KE",
    amount: int | None = None,
    date: str | None = None,
    *,
    unit: str = "police",
    qualifier: str = "exact",
    **more: Any,
) -> ContingentWithdrawn:
    return claim(ContingentWithdrawn, contributor, number(amount, unit, qualifier), date=date, **more)


def strength(
    contributor: str | None = None,
    amount: int = 400,
    date: str | None = None,
    *,
    unit: str = "personnel",
    qualifier: str = "exact",
    **more: Any,
) -> StrengthReported:
    return claim(StrengthReported, contributor, number(amount, unit, qualifier), date=date, **more)


def obstacle(contributor: str | None = "KE", *reasons: str, amount: int | None = None, unit: str = "USD", **more: Any) -> ObstacleRaised:
    return claim(ObstacleRaised, contributor, number(amount, unit), reasons=tuple(Reason(each) for each in reasons), **more)


def cleared(contributor: str | None = "KE", *reasons: str, amount: int | None = None, unit: str = "police", **more: Any) -> ObstacleCleared:
    return claim(ObstacleCleared, contributor, number(amount, unit), reasons=tuple(Reason(each) for each in reasons), **more)


def appointed(
    person: str | None = "Godfrey Otunge", contributor: str | None = "KE", *, post: str | None = "force commander", **more: Any
) -> CommanderAppointed:
    return claim(CommanderAppointed, contributor, person=person, post=post, **more)


def casualties(
    contributor: str | None = "KE",
    amount: int | None = 1,
    date: str | None = None,
    *,
    harm: str = "killed",
    running_total: bool = False,
    unit: str = "police",
    **more: Any,
) -> CasualtyReported:
    return claim(CasualtyReported, contributor, number(amount, unit), date=date, harm=harm, running_total=running_total, **more)


def prepared(
    contributor: str | None = "KE", step: str = "ceremony", *, amount: int | None = None, unit: str = "police", **more: Any
) -> DeploymentPrepared:
    return claim(DeploymentPrepared, contributor, number(amount, unit), step=step, **more)


def situation(aspect: str = "security", **more: Any) -> SituationReported:
    return claim(SituationReported, aspect=aspect, **more)


def said(words: str, speaker: Speaker | None = None, *, no_comment: bool = False, **more: Any) -> StatementMade:
    return claim(
        StatementMade,
        quote=words,
        speaker=speaker or Speaker(name="William Ruto", office="President", body="Kenya"),
        no_comment=no_comment,
        **more,
    )
