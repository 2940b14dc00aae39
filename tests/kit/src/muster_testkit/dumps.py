"""The board's tables as canonical bytes: two databases with the same dump hold the same board."""

import asyncpg

LEFT_OUT = ("checkpoints", "alembic_version")
"""Where the log was read to depends on how it was cut into partitions; the board must not."""


async def dump_board(postgres_url: str, *, checkpoints: bool = False) -> bytes:
    """Every row of every table of schema `board`, in an order of its content, as JSON Lines with the table's name.

    Args:
        checkpoints: take them in, for two runs over the same log.
    """
    connection = await asyncpg.connect(postgres_url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            tables = await connection.fetch("SELECT table_name FROM information_schema.tables WHERE table_schema = 'board' ORDER BY 1")
            lines: list[str] = []
            for (table,) in tables:
                if table in LEFT_OUT and not (checkpoints and table == "checkpoints"):
                    continue
                content = "to_jsonb(held)::text"
                rows = await connection.fetch(f'SELECT {content} FROM board."{table}" AS held ORDER BY {content} COLLATE "C"')  # noqa: S608
                lines += [f"{table} {row[0]}" for row in rows]
    finally:
        await connection.close()
    return "\n".join(lines).encode()
