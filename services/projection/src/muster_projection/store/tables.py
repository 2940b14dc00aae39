"""The tables of schema `board`, as the store uses them. The migrations make them; a test holds the two against each other."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

SCHEMA = "board"

metadata = MetaData(
    schema=SCHEMA,
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "ix": "%(table_name)s_%(column_0_N_name)s",
    },
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("next_offset", BigInteger, nullable=False, comment="offset of the first record that is not folded yet"),
    comment="How far each partition of the log is folded. Moved by compare-and-swap, in the transaction that writes the rows.",
)

claims = Table(
    "claims",
    metadata,
    Column("claim_id", Uuid, primary_key=True),
    Column("article_id", Uuid, nullable=False),
    Column("revision_id", Uuid, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("extractor", Text, nullable=False, comment="name/version"),
    Column("type", Text, nullable=False, comment="name on the wire, e.g. pledge-announced.v1"),
    Column("mission", Text, nullable=False),
    Column("contributor", Text, comment="ISO 3166-1 alpha-2 or a body's code"),
    Column("amount", Numeric, comment="people, whole currency units, or pieces"),
    Column("unit", Text),
    Column("qualifier", Text, comment="exact, about, at_least or at_most"),
    Column("date", Text, comment="day in the world: YYYY-MM-DD, YYYY-MM or YYYY"),
    Column("modality", Text, nullable=False),
    Column("source", Text, nullable=False, comment="the outlet"),
    Column("origin_id", Uuid, nullable=False, comment="the first article that told this story in these words"),
    Column("published_on", Date, nullable=False),
    Column("known_on", Date, nullable=False, comment="day on which this wording became public"),
    Column("quote", Text, nullable=False),
    Column("quote_start", BigInteger, nullable=False, comment="offset into the stored text, in code points"),
    Column("quote_end", BigInteger, nullable=False),
    Column("payload", JSONB, nullable=False, comment="the event, whole"),
    Index(None, "mission"),
    Index(None, "article_id"),
    comment="Events of articles, as each article tells them. That a claim is here does not mean that it stands.",
)

completions = Table(
    "completions",
    metadata,
    Column("completion_id", Uuid, primary_key=True),
    Column("article_id", Uuid, nullable=False),
    Column("revision_id", Uuid, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("extractor", Text, nullable=False),
    Column("extractor_rank", ARRAY(BigInteger), nullable=False, comment="the version as numbers, to be ordered by"),
    Column("published_on", Date, nullable=False),
    Column("known_on", Date, nullable=False),
    Column("retracted", Boolean, nullable=False),
    Column("claim_ids", ARRAY(Uuid), nullable=False),
    Column("payload", JSONB, nullable=False, comment="the event, whole"),
    Index(None, "article_id"),
    comment="One extractor has read one revision of an article to its end. The newest of an article says which of its claims stand.",
)

# What follows is reckoned from the above, a mission at a time, and can be thrown away. No row of it says when it was written.


def _of_mission() -> ForeignKey:
    return ForeignKey("missions.mission", ondelete="CASCADE")


def _quantity() -> tuple[Column[Any], ...]:
    return (
        Column("amount", Numeric, comment="people, whole currency units, or pieces; null where told without a number"),
        Column("unit", Text),
        Column("qualifier", Text, comment="exact, about, at_least or at_most"),
    )


missions = Table(
    "missions",
    metadata,
    Column("mission", Text, primary_key=True),
    Column("name", Text),
    Column("last_told", Date, comment="day on which the last of its claims became public"),
    Column("summary", JSONB, comment="the mission in one line"),
    Column("board", JSONB, comment="the board without its facts; null where it could not be reckoned"),
    Column("fact_ids", ARRAY(Uuid), comment="the board's facts, by day"),
    Column("failure", Text, comment="why it could not be reckoned: a fault of the program, never of the events"),
    comment="Missions of which at least one claim stands.",
)

facts = Table(
    "facts",
    metadata,
    Column("mission", Text, _of_mission(), primary_key=True),
    Column("fact_id", Uuid, primary_key=True),
    Column("type", Text, nullable=False, comment="e.g. pledge-announced"),
    Column("contributor", Text),
    Column("kind", Text, comment="people, money or equipment"),
    *_quantity(),
    Column("date", Text, comment="day in the world: YYYY-MM-DD, YYYY-MM or YYYY"),
    Column("day", Date, nullable=False, comment="the day that it counts from"),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("origins", Integer, nullable=False, comment="independent tellings: copies of one story count once"),
    Column("articles", Integer, nullable=False),
    Column("first_told", Date, nullable=False),
    Column("last_told", Date, nullable=False),
    Column("payload", JSONB, nullable=False),
    Index(None, "fact_id"),
    comment="Happenings: clusters of standing claims that tell the same.",
)

fact_claims = Table(
    "fact_claims",
    metadata,
    Column("mission", Text, primary_key=True),
    Column("fact_id", Uuid, primary_key=True),
    Column("claim_id", Uuid, ForeignKey("claims.claim_id"), primary_key=True),
    Column("place", Integer, nullable=False, comment="0 is the claim that is shown"),
    ForeignKeyConstraint(["mission", "fact_id"], ["facts.mission", "facts.fact_id"], ondelete="CASCADE", name="fact_claims_fact_fkey"),
    Index(None, "claim_id"),
    comment="The standing claims behind each fact.",
)

people = Table(
    "people",
    metadata,
    Column("mission", Text, _of_mission(), nullable=False),
    Column("contributor", Text, comment="null: told of the mission without naming one"),
    Column("rung", Text, nullable=False, comment="signalled, pledged, taken_back, committed, scheduled, departed, deployed or withdrawn"),
    *_quantity(),
    Column("date", Text),
    Column("reached", Boolean, nullable=False, comment="the highest rung that this contributor has reached"),
    Column("rule", Text, nullable=False, comment="how the number was reckoned, in words"),
    UniqueConstraint("mission", "contributor", "rung", name="people_rung_key", postgresql_nulls_not_distinct=True),
    comment="Who pledged, committed, sent and withdrew how many. A pledge is never counted as delivered.",
)

money = Table(
    "money",
    metadata,
    Column("mission", Text, _of_mission(), nullable=False),
    Column("contributor", Text, comment="null: told of a fund, or of all contributors together"),
    Column("rung", Text, nullable=False, comment="announced, pledged, paid or frozen"),
    Column("place", Integer, nullable=False, comment="one figure for each currency; one without a number comes last"),
    *_quantity(),
    Column("date", Text),
    Column("main_funder", Boolean, nullable=False),
    Column("rule", Text, nullable=False),
    UniqueConstraint("mission", "contributor", "rung", "place", name="money_rung_key", postgresql_nulls_not_distinct=True),
    comment="Who announced, pledged, paid and froze how much.",
)

plans = Table(
    "plans",
    metadata,
    Column("mission", Text, _of_mission(), primary_key=True),
    Column("plan_id", Uuid, primary_key=True),
    Column("contributor", Text),
    Column("step", Text, nullable=False, comment="departure, arrival, deployment or full-strength"),
    *_quantity(),
    Column("planned_for", Text, comment="the date as it stands; null: later"),
    Column("first_planned_for", Text),
    Column("outcome", Text, nullable=False, comment="open, overdue, partly, met or lapsed"),
    Column("days_lost", Integer),
    Column("causes", ARRAY(Text), nullable=False),
    comment="Deployments that are to come or were to come.",
)

slips = Table(
    "slips",
    metadata,
    Column("mission", Text, _of_mission(), primary_key=True),
    Column("place", Integer, primary_key=True, comment="in the order in which they were told"),
    Column("plan_id", Uuid, comment="null where the texts don't say which plan it befell"),
    Column("contributor", Text),
    *_quantity(),
    Column("told_on", Date, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("days", Integer, comment="days lost; negative: brought forward"),
    Column("causes", ARRAY(Text), nullable=False),
    Column("fact_id", Uuid, nullable=False, comment="the fact that tells it"),
    comment="Planned dates that were moved, missed or put off.",
)
