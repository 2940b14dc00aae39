"""Revisions of articles, and retractions that wait."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0001"
down_revision = None

SCHEMA = "ingest"


def upgrade() -> None:
    op.create_table(
        "revisions",
        sa.Column("article_id", sa.Uuid, primary_key=True),
        sa.Column(
            "revision", sa.Integer, primary_key=True, comment="the primary key lets only one instance make an article's next revision"
        ),
        sa.Column("event_id", sa.Uuid, nullable=False, comment="id of the event on the topic articles"),
        sa.Column("retracts", sa.Boolean, nullable=False),
        sa.Column("content", sa.Text, nullable=False, comment="hash of title and text; of a retraction, the wording it takes back"),
        sa.Column("url", sa.Text),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("origin", sa.Text),
        sa.Column("origin_id", sa.Uuid, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("published_on", sa.Date, nullable=False),
        sa.Column("known_on", sa.Date, nullable=False),
        sa.Column("modified_on", sa.Date),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False, comment="when the submission entered the log"),
        sa.Column("bands", ARRAY(sa.BigInteger), nullable=False, comment="MinHash bands: texts that share one may be copies"),
        sa.Column("shingles", ARRAY(sa.BigInteger), nullable=False, comment="hashes of the text's word sequences"),
        schema=SCHEMA,
    )
    op.create_index("revisions_bands", "revisions", ["bands"], schema=SCHEMA, postgresql_using="gin")
    op.create_table(
        "awaiting",
        sa.Column("article_id", sa.Uuid, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("known_on", sa.Date, nullable=False),
        sa.Column("why", sa.Text),
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_table("awaiting", schema=SCHEMA)
    op.drop_table("revisions", schema=SCHEMA)
