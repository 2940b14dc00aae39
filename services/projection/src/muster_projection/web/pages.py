"""The pages: missions on `/`, a mission's board on `/board/{slug}`."""

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from muster_projection.contributors import by_name, contributor_name
from muster_projection.store.reading import mission_lines
from muster_projection.store.rows import RUNGS_OF_PEOPLE
from muster_projection.web import words
from muster_projection.web.errors import ErrorAnswer
from muster_projection.web.reads import AskedBoard, Engine, KnownAt, ValidAt

pages = APIRouter(include_in_schema=False)


@pages.get("/")
async def front(engine: Engine) -> HTMLResponse:
    """All missions, those last in the news first."""
    async with engine.connect() as connection:
        lines, failed = await mission_lines(connection)
    return _page("missions.html", missions=lines, failed=failed)


@pages.get("/board/{slug}")
async def board(board: AskedBoard, valid_at: ValidAt = None, known_at: KnownAt = None) -> HTMLResponse:
    """A mission's board, as it is or as of a day."""
    return _page("board.html", board=board, steps=RUNGS_OF_PEOPLE, valid_at=valid_at, known_at=known_at)


@pages.get("/style.css")
async def style() -> Response:
    """The one style sheet."""
    return Response(_style(), media_type="text/css", headers={"Cache-Control": "no-cache"})


def wants_page(request: Request) -> bool:
    """Whether a request is for one of these pages, so that an error is answered with one, too."""
    return request.url.path == "/" or request.url.path.startswith("/board/")


def error_page(status: int, answer: ErrorAnswer) -> HTMLResponse:
    """An error, as a page."""
    return _page("error.html", status=status, status_code=status, answer=answer)


def _page(template: str, *, status: int = 200, **shown: object) -> HTMLResponse:
    return HTMLResponse(_templates().get_template(template).render(**shown), status)


@cache
def _templates() -> Environment:
    templates = Environment(
        autoescape=True,  # every title, quote and name comes from a feed
        loader=PackageLoader("muster_projection.web"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(
        contributor=contributor_name,
        by_name=by_name,
        quantity=words.quantity_words,
        day=words.day_words,
        plain=words.plain_words,
        speaker=words.speaker_words,
        link=words.safe_link,
    )
    return templates


@cache
def _style() -> str:
    return files("muster_projection.web").joinpath("static/style.css").read_text(encoding="utf-8")
