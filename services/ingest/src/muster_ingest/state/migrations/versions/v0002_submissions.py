"""What each publisher submitted under which id."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SCHEMA = "ingest"


def upgrade() -> None:
    op.create_table(
        "submissions",
        sa.Column("publisher", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True, comment="the event's own id, unique within its publisher"),
        sa.Column("content", sa.Text, nullable=False, comment="hash of what it submitted"),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False, comment="when the first with this id entered the log"),
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_table("submissions", schema=SCHEMA)
