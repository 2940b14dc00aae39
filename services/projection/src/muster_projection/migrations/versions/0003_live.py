"""Boards without their facts, which stand in rows of their own, and a number by which a process knows that nobody else has changed them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

WHOLE = "the board, whole; null where it could not be reckoned"
WITHOUT_FACTS = "the board without its facts; null where it could not be reckoned"


def upgrade() -> None:
    fact_ids: sa.Column[Any] = sa.Column("fact_ids", sa.ARRAY(sa.Uuid()), nullable=True, comment="the board's facts, by day")
    op.add_column("missions", fact_ids, schema="board")
    op.alter_column("missions", "board", existing_type=postgresql.JSONB(), existing_comment=WHOLE, comment=WITHOUT_FACTS, schema="board")
    op.execute(
        """
        UPDATE board.missions SET
            fact_ids = ARRAY(
                SELECT (fact ->> 'fact_id')::uuid
                FROM jsonb_array_elements(board -> 'facts') WITH ORDINALITY AS its (fact, place) ORDER BY place
            ),
            board = jsonb_set(board, '{facts}', '[]')
        WHERE board IS NOT NULL
        """
    )
    version = sa.Column(
        "version",
        sa.BigInteger(),
        server_default="0",
        nullable=False,
        comment="how often the board was reckoned: a process that kept it knows by this whether it still holds",
    )
    op.add_column("missions", version, schema="changes")
