"""The log's claims and completions, and the boards that are reckoned from them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "checkpoints",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("next_offset", sa.BigInteger(), nullable=False, comment="offset of the first record that is not folded yet"),
        sa.PrimaryKeyConstraint("topic", "partition", name="checkpoints_pkey"),
        schema="board",
        comment="How far each partition of the log is folded. Moved by compare-and-swap, in the transaction that writes the rows.",
    )
    op.create_table(
        "claims",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False, comment="name/version"),
        sa.Column("type", sa.Text(), nullable=False, comment="name on the wire, e.g. pledge-announced.v1"),
        sa.Column("mission", sa.Text(), nullable=False),
        sa.Column("contributor", sa.Text(), nullable=True, comment="ISO 3166-1 alpha-2 or a body's code"),
        sa.Column("amount", sa.Numeric(), nullable=True, comment="people, whole currency units, or pieces"),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("qualifier", sa.Text(), nullable=True, comment="exact, about, at_least or at_most"),
        sa.Column("date", sa.Text(), nullable=True, comment="day in the world: YYYY-MM-DD, YYYY-MM or YYYY"),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False, comment="the outlet"),
        sa.Column("origin_id", sa.Uuid(), nullable=False, comment="the first article that told this story in these words"),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False, comment="day on which this wording became public"),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("quote_start", sa.BigInteger(), nullable=False, comment="offset into the stored text, in code points"),
        sa.Column("quote_end", sa.BigInteger(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False, comment="the event, whole"),
        sa.PrimaryKeyConstraint("claim_id", name="claims_pkey"),
        schema="board",
        comment="Events of articles, as each article tells them. That a claim is here does not mean that it stands.",
    )
    op.create_index("claims_article_id", "claims", ["article_id"], unique=False, schema="board")
    op.create_index("claims_mission", "claims", ["mission"], unique=False, schema="board")
    op.create_table(
        "completions",
        sa.Column("completion_id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("extractor_rank", sa.ARRAY(sa.BigInteger()), nullable=False, comment="the version as numbers, to be ordered by"),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("retracted", sa.Boolean(), nullable=False),
        sa.Column("claim_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False, comment="the event, whole"),
        sa.PrimaryKeyConstraint("completion_id", name="completions_pkey"),
        schema="board",
        comment="One extractor has read one revision of an article to its end. The newest of an article says which of its claims stand.",
    )
    op.create_index("completions_article_id", "completions", ["article_id"], unique=False, schema="board")
    op.create_table(
        "missions",
        sa.Column("mission", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("last_told", sa.Date(), nullable=True, comment="day on which the last of its claims became public"),
        sa.Column("summary", postgresql.JSONB(), nullable=True, comment="the mission in one line"),
        sa.Column("board", postgresql.JSONB(), nullable=True, comment="the board, whole; null where it could not be reckoned"),
        sa.Column("failure", sa.Text(), nullable=True, comment="why it could not be reckoned: a fault of the program, never of the events"),
        sa.PrimaryKeyConstraint("mission", name="missions_pkey"),
        schema="board",
        comment="Missions of which at least one claim stands.",
    )
    op.create_table(
        "facts",
        sa.Column("mission", sa.Text(), nullable=False),
        sa.Column("fact_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False, comment="e.g. pledge-announced"),
        sa.Column("contributor", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True, comment="people, money or equipment"),
        sa.Column(
            "amount", sa.Numeric(), nullable=True, comment="people, whole currency units, or pieces; null where told without a number"
        ),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("qualifier", sa.Text(), nullable=True, comment="exact, about, at_least or at_most"),
        sa.Column("date", sa.Text(), nullable=True, comment="day in the world: YYYY-MM-DD, YYYY-MM or YYYY"),
        sa.Column("day", sa.Date(), nullable=False, comment="the day that it counts from"),
        sa.Column("reasons", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False, comment="independent tellings: copies of one story count once"),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("first_told", sa.Date(), nullable=False),
        sa.Column("last_told", sa.Date(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["mission"], ["board.missions.mission"], name="facts_mission_fkey", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mission", "fact_id", name="facts_pkey"),
        schema="board",
        comment="Happenings: clusters of standing claims that tell the same.",
    )
    op.create_index("facts_fact_id", "facts", ["fact_id"], unique=False, schema="board")
    op.create_table(
        "money",
        sa.Column("mission", sa.Text(), nullable=False),
        sa.Column("contributor", sa.Text(), nullable=True, comment="null: told of a fund, or of all contributors together"),
        sa.Column("rung", sa.Text(), nullable=False, comment="announced, pledged, paid or frozen"),
        sa.Column("place", sa.Integer(), nullable=False, comment="one figure for each currency; one without a number comes last"),
        sa.Column(
            "amount", sa.Numeric(), nullable=True, comment="people, whole currency units, or pieces; null where told without a number"
        ),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("qualifier", sa.Text(), nullable=True, comment="exact, about, at_least or at_most"),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("main_funder", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mission"], ["board.missions.mission"], name="money_mission_fkey", ondelete="CASCADE"),
        sa.UniqueConstraint("mission", "contributor", "rung", "place", name="money_rung_key", postgresql_nulls_not_distinct=True),
        schema="board",
        comment="Who announced, pledged, paid and froze how much.",
    )
    op.create_table(
        "people",
        sa.Column("mission", sa.Text(), nullable=False),
        sa.Column("contributor", sa.Text(), nullable=True, comment="null: told of the mission without naming one"),
        sa.Column(
            "rung",
            sa.Text(),
            nullable=False,
            comment="signalled, pledged, taken_back, committed, scheduled, departed, deployed or withdrawn",
        ),
        sa.Column(
            "amount", sa.Numeric(), nullable=True, comment="people, whole currency units, or pieces; null where told without a number"
        ),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("qualifier", sa.Text(), nullable=True, comment="exact, about, at_least or at_most"),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("reached", sa.Boolean(), nullable=False, comment="the highest rung that this contributor has reached"),
        sa.Column("rule", sa.Text(), nullable=False, comment="how the number was reckoned, in words"),
        sa.ForeignKeyConstraint(["mission"], ["board.missions.mission"], name="people_mission_fkey", ondelete="CASCADE"),
        sa.UniqueConstraint("mission", "contributor", "rung", name="people_rung_key", postgresql_nulls_not_distinct=True),
        schema="board",
        comment="Who pledged, committed, sent and withdrew how many. A pledge is never counted as delivered.",
    )
    op.create_table(
        "plans",
        sa.Column("mission", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("contributor", sa.Text(), nullable=True),
        sa.Column("step", sa.Text(), nullable=False, comment="departure, arrival, deployment or full-strength"),
        sa.Column(
            "amount", sa.Numeric(), nullable=True, comment="people, whole currency units, or pieces; null where told without a number"
        ),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("qualifier", sa.Text(), nullable=True, comment="exact, about, at_least or at_most"),
        sa.Column("planned_for", sa.Text(), nullable=True, comment="the date as it stands; null: later"),
        sa.Column("first_planned_for", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False, comment="open, overdue, partly, met or lapsed"),
        sa.Column("days_lost", sa.Integer(), nullable=True),
        sa.Column("causes", sa.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["mission"], ["board.missions.mission"], name="plans_mission_fkey", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mission", "plan_id", name="plans_pkey"),
        schema="board",
        comment="Deployments that are to come or were to come.",
    )
    op.create_table(
        "slips",
        sa.Column("mission", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="in the order in which they were told"),
        sa.Column("plan_id", sa.Uuid(), nullable=True, comment="null where the texts don't say which plan it befell"),
        sa.Column("contributor", sa.Text(), nullable=True),
        sa.Column(
            "amount", sa.Numeric(), nullable=True, comment="people, whole currency units, or pieces; null where told without a number"
        ),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("qualifier", sa.Text(), nullable=True, comment="exact, about, at_least or at_most"),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True, comment="days lost; negative: brought forward"),
        sa.Column("causes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("fact_id", sa.Uuid(), nullable=False, comment="the fact that tells it"),
        sa.ForeignKeyConstraint(["mission"], ["board.missions.mission"], name="slips_mission_fkey", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mission", "place", name="slips_pkey"),
        schema="board",
        comment="Planned dates that were moved, missed or put off.",
    )
    op.create_table(
        "fact_claims",
        sa.Column("mission", sa.Text(), nullable=False),
        sa.Column("fact_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="0 is the claim that is shown"),
        sa.ForeignKeyConstraint(["claim_id"], ["board.claims.claim_id"], name="fact_claims_claim_id_fkey"),
        sa.ForeignKeyConstraint(
            ["mission", "fact_id"], ["board.facts.mission", "board.facts.fact_id"], name="fact_claims_fact_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mission", "fact_id", "claim_id", name="fact_claims_pkey"),
        schema="board",
        comment="The standing claims behind each fact.",
    )
    op.create_index("fact_claims_claim_id", "fact_claims", ["claim_id"], unique=False, schema="board")
