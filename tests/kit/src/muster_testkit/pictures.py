"""Pictures for the README, taken of the real thing: the board of an article, drawn as `muster status` draws it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from muster_contracts.articles import ArticleReceived
from muster_deploy.cli.board_tables import board_tables
from muster_extract.pipeline import Reader
from muster_projection.board import Board
from muster_projection.folds import reckon, standing
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME

COLUMNS = 132
# As rich's own form, less the fonts that it would load from elsewhere: a picture must look the same to a reader who is offline.
SVG_FORM = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px; line-height: {line_height}px;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def board_of(articles: Sequence[ArticleReceived], mission: str, reader: Reader) -> Board:
    """The board that these articles make, by the pure line: no broker, no database, the same rules."""
    extractions = [reader.extract(article) for article in articles]
    claims = standing([one.completed for one in extractions], [claim for one in extractions for claim in one.claims])
    return reckon(mission, claims)


def picture_of(board: Board) -> str:
    """The board as an SVG of a terminal."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), highlight=False, force_terminal=True)
    console.print(f"[bold]{board.mission}[/]  {board.name}")
    for part in board_tables(board):
        console.print()
        console.print(part)
    console.print()
    drawn = console.export_svg(title=f"muster status {board.mission}", theme=SVG_EXPORT_THEME, code_format=SVG_FORM, unique_id="muster")
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


def compare(path: Path, drawn: str, *, take: bool) -> None:
    """Hold a committed picture against a new one, or with `take` put the new one in its place."""
    if take:
        path.write_text(drawn, "utf-8")
    assert path.read_text("utf-8") == drawn, f"{path.name} is not what the board shows now: look at it anew, with MUSTER_TAKE_PICTURES=1"
