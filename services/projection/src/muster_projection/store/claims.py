"""What the log tells, kept as it came: claims and completed extractions. Nothing here says what stands."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from muster_contracts.claims import AnyClaim, ExtractionCompleted
from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Text, cast, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.store.tables import claims, completions

CLAIM: TypeAdapter[AnyClaim] = TypeAdapter(AnyClaim)


async def keep_claims(connection: AsyncConnection, told: Sequence[AnyClaim]) -> set[UUID]:
    """Keep claims; one that is kept already stays as it is. Gives the ids of those that were not.

    All events of an article share a key, so they come in the order of the log whatever the partitions do: where two bodies claim
    one id (an extractor changed without a new version), the first on the log holds, live as in a replay.
    """
    if not told:
        return set()
    kept = insert(claims).on_conflict_do_nothing().returning(claims.c.claim_id)
    return set(await connection.scalars(kept, [_claim_row(claim) for claim in told]))


async def keep_completions(connection: AsyncConnection, told: Sequence[ExtractionCompleted]) -> set[UUID]:
    """Keep completed extractions; one that is kept already stays as it is. Gives the ids of those that were not."""
    if not told:
        return set()
    kept = insert(completions).on_conflict_do_nothing().returning(completions.c.completion_id)
    return set(await connection.scalars(kept, [_completion_row(completed) for completed in told]))


async def kept_under(connection: AsyncConnection, ids: Iterable[UUID]) -> dict[UUID, AnyClaim | ExtractionCompleted]:
    """The claims and completed extractions that are kept under these ids."""
    wanted = set(ids)
    of_claims = select(cast(claims.c.payload, Text)).where(claims.c.claim_id.in_(wanted))
    of_completions = select(cast(completions.c.payload, Text)).where(completions.c.completion_id.in_(wanted))
    told = [CLAIM.validate_json(payload) for payload in await connection.scalars(of_claims)]
    completed = [ExtractionCompleted.model_validate_json(payload) for payload in await connection.scalars(of_completions)]
    return {claim.claim_id: claim for claim in told} | {completion.completion_id: completion for completion in completed}


async def missions_of(connection: AsyncConnection, articles: Iterable[UUID]) -> list[str]:
    """Missions that any completed extraction of these articles, old or new, may give claims to or take them from; sorted."""
    found = await connection.scalars(
        select(claims.c.mission)
        .where(claims.c.article_id.in_(set(articles)))
        .where(select(completions.c.completion_id).where(completions.c.article_id == claims.c.article_id).exists())
        .distinct()
    )
    return sorted(found)


async def claims_of(connection: AsyncConnection, mission: str) -> list[AnyClaim]:
    """Every claim on a mission, standing or not, by id."""
    found = await connection.scalars(select(cast(claims.c.payload, Text)).where(claims.c.mission == mission).order_by(claims.c.claim_id))
    return [CLAIM.validate_json(payload) for payload in found]


async def completions_of(connection: AsyncConnection, mission: str) -> list[ExtractionCompleted]:
    """Every completed extraction of the articles that ever had a claim on a mission, by id."""
    return await _completions(connection, completions.c.article_id.in_(select(claims.c.article_id).where(claims.c.mission == mission)))


async def completions_for(connection: AsyncConnection, articles: Iterable[UUID]) -> list[ExtractionCompleted]:
    """Every completed extraction of some articles, by id."""
    return await _completions(connection, completions.c.article_id.in_(set(articles)))


async def _completions(connection: AsyncConnection, of_which: ColumnElement[bool]) -> list[ExtractionCompleted]:
    found = await connection.scalars(select(cast(completions.c.payload, Text)).where(of_which).order_by(completions.c.completion_id))
    return [ExtractionCompleted.model_validate_json(payload) for payload in found]


def _claim_row(claim: AnyClaim) -> dict[str, Any]:
    return {
        "claim_id": claim.claim_id,
        "article_id": claim.article.article_id,
        "revision_id": claim.article.revision_id,
        "revision": claim.article.revision,
        "extractor": str(claim.extractor),
        "type": claim.type,
        "mission": claim.mission,
        "contributor": claim.contributor,
        "amount": claim.quantity.amount if claim.quantity else None,
        "unit": claim.quantity.unit if claim.quantity else None,
        "qualifier": claim.quantity.qualifier.value if claim.quantity else None,
        "date": claim.date,
        "modality": claim.modality.value,
        "source": claim.article.source,
        "origin_id": claim.article.origin_id,
        "published_on": claim.article.published_on,
        "known_on": claim.article.known_on,
        "quote": claim.evidence.quote,
        "quote_start": claim.evidence.start,
        "quote_end": claim.evidence.end,
        "payload": claim.model_dump(mode="json"),
    }


def _completion_row(completed: ExtractionCompleted) -> dict[str, Any]:
    return {
        "completion_id": completed.completion_id,
        "article_id": completed.article.article_id,
        "revision_id": completed.article.revision_id,
        "revision": completed.article.revision,
        "extractor": completed.extractor.name,
        "extractor_rank": list(completed.extractor.rank),
        "published_on": completed.article.published_on,
        "known_on": completed.article.known_on,
        "retracted": completed.retracted,
        "claim_ids": list(completed.claim_ids),
        "payload": completed.model_dump(mode="json"),
    }
