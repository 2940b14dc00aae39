"""The tables of schema `changes`: what was told downstream, and what waits to be.

They stand beside the board, not in it. The board is a function of the log; what was told of it is not, and outlives the board's
rebuilds.
"""

from sqlalchemy import ARRAY, BigInteger, Boolean, Column, DateTime, Identity, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from muster_projection.store.tables import metadata

CHANGES = "changes"

told = Table(
    "told",
    metadata,
    Column("mission", Text, primary_key=True),
    Column("about", Text, primary_key=True, comment="fact or figure"),
    Column("name", Text, primary_key=True, comment="the fact's id; of a figure its name, contributor and item as a JSON array"),
    Column("value", JSONB, nullable=False, comment="as it was told last"),
    Column("rule", Text, nullable=False),
    Column("claim_ids", ARRAY(Uuid), nullable=False),
    Column("claims", Integer, nullable=False),
    schema=CHANGES,
    comment="What all changes that were ever written into the outbox add up to.",
)

told_missions = Table(
    "missions",
    metadata,
    Column("mission", Text, primary_key=True),
    Column("behind", Boolean, nullable=False, comment="the board may show what was not told: muted, or it could not be reckoned"),
    Column("caught_up", Integer, nullable=False, comment="how often what differed was told at once; enters the ids of what is told so"),
    Column("cause_id", Text, comment="the last event that was folded into the mission's board"),
    Column("cause_time", DateTime(timezone=True), comment="that event's time, as in its envelope"),
    Column(
        "version",
        BigInteger,
        nullable=False,
        server_default="0",
        comment="how often the board was reckoned: a process that kept it knows by this whether it still holds",
    ),
    schema=CHANGES,
    comment="How far downstream was told of each mission.",
)

outbox = Table(
    "outbox",
    metadata,
    Column("place", BigInteger, Identity(always=True), primary_key=True, comment="within a mission, the order in which it is sent"),
    Column("mission", Text, nullable=False, comment="the record's key"),
    Column("change_id", Uuid, nullable=False),
    Column("headers", JSONB, nullable=False, comment="[[name, value], ...]"),
    Column("body", Text, nullable=False, comment="the event as JSON"),
    Column("time", DateTime(timezone=True), nullable=False, comment="the change's time, as in its envelope"),
    schema=CHANGES,
    comment="Changes that Kafka has not acknowledged yet, in the transaction that made them.",
)

mutes = Table(
    "mutes",
    metadata,
    Column("name", Text, primary_key=True, comment="who wants silence, e.g. the generation that a rebuild makes"),
    schema=CHANGES,
    comment="While a row is here nothing is told.",
)
