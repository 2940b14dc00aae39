"""What was told downstream, and what waits to be."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute(sa.schema.CreateSchema("changes", if_not_exists=True))
    op.create_table(
        "told",
        sa.Column("mission", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False, comment="fact or figure"),
        sa.Column("name", sa.Text(), nullable=False, comment="the fact's id; of a figure its name, contributor and item as a JSON array"),
        sa.Column("value", postgresql.JSONB(), nullable=False, comment="as it was told last"),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("claim_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mission", "about", "name", name="told_pkey"),
        schema="changes",
        comment="What all changes that were ever written into the outbox add up to.",
    )
    op.create_table(
        "missions",
        sa.Column("mission", sa.Text(), nullable=False),
        sa.Column(
            "behind", sa.Boolean(), nullable=False, comment="the board may show what was not told: muted, or it could not be reckoned"
        ),
        sa.Column(
            "caught_up",
            sa.Integer(),
            nullable=False,
            comment="how often what differed was told at once; enters the ids of what is told so",
        ),
        sa.Column("cause_id", sa.Text(), nullable=True, comment="the last event that was folded into the mission's board"),
        sa.Column("cause_time", sa.DateTime(timezone=True), nullable=True, comment="that event's time, as in its envelope"),
        sa.PrimaryKeyConstraint("mission", name="missions_pkey"),
        schema="changes",
        comment="How far downstream was told of each mission.",
    )
    op.create_table(
        "outbox",
        sa.Column(
            "place", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="within a mission, the order in which it is sent"
        ),
        sa.Column("mission", sa.Text(), nullable=False, comment="the record's key"),
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("headers", postgresql.JSONB(), nullable=False, comment="[[name, value], ...]"),
        sa.Column("body", sa.Text(), nullable=False, comment="the event as JSON"),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False, comment="the change's time, as in its envelope"),
        sa.PrimaryKeyConstraint("place", name="outbox_pkey"),
        schema="changes",
        comment="Changes that Kafka has not acknowledged yet, in the transaction that made them.",
    )
    op.create_table(
        "mutes",
        sa.Column("name", sa.Text(), nullable=False, comment="who wants silence, e.g. the generation that a rebuild makes"),
        sa.PrimaryKeyConstraint("name", name="mutes_pkey"),
        schema="changes",
        comment="While a row is here nothing is told.",
    )
