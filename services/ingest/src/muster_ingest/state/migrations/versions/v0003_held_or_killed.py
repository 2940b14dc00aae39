"""Whether a retraction that waits holds its article back or kills it, and who submitted it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

SCHEMA = "ingest"


def upgrade() -> None:
    for column in (
        sa.Column("pubstatus", sa.Text, comment="withheld or canceled; null for those of before it was kept"),
        sa.Column("publisher", sa.Text, comment="who submitted the retraction"),
    ):
        op.add_column("awaiting", column, schema=SCHEMA)


def downgrade() -> None:
    for name in ("publisher", "pubstatus"):
        op.drop_column("awaiting", name, schema=SCHEMA)
