"""The read side as a web application: the JSON API and the pages, and what every answer of theirs has in common."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from muster_projection.settings import ProjectionSettings
from muster_projection.store.engine import is_outage, is_unmigrated, make_engine
from muster_projection.web.errors import ErrorAnswer, NoAnswer, not_migrated
from muster_projection.web.pages import error_page, pages, wants_page
from muster_projection.web.reads import routes

log = structlog.get_logger(__name__)

SAFE_HEADERS = {
    # Nothing is loaded from elsewhere and no script runs at all: texts from feeds stand on these pages.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def make_app(settings: ProjectionSettings) -> FastAPI:
    """The application. Connects to the database at the first request that needs it."""
    engine = make_engine(settings.postgres, client="muster-board")

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await engine.dispose()

    # The documentation pages of FastAPI load scripts from elsewhere; /openapi.json is what they are made of.
    app = FastAPI(title="Muster", summary="A ledger of international missions.", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.engine = engine
    app.include_router(routes)
    app.include_router(pages)
    app.add_exception_handler(NoAnswer, _no_answer)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _not_found)
    app.middleware("http")(_guarded)
    return app


async def _guarded(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Every answer with the safe headers, and an answer even where something is down or broken."""
    try:
        response = await call_next(request)
    except Exception as error:  # noqa: BLE001 - every request is answered
        response = _answer(request, *_failure(error, request.url.path))
    response.headers.update(SAFE_HEADERS)
    return response


def _failure(error: Exception, path: str) -> tuple[int, ErrorAnswer]:
    if is_outage(error):
        log.warning("database down", path=path, error=str(error) or type(error).__name__)
        return 503, ErrorAnswer(error="database-down", message="The database does not answer; try again soon.")
    if is_unmigrated(error):
        return 503, not_migrated()
    log.error("request failed", path=path, exc_info=error)
    return 500, ErrorAnswer(error="unexpected", message="This should not have happened; it has been logged.")


def _answer(request: Request, status: int, answer: ErrorAnswer) -> Response:
    if wants_page(request):
        return error_page(status, answer)
    return JSONResponse(answer.model_dump(mode="json"), status)


async def _no_answer(request: Request, error: Exception) -> Response:
    assert isinstance(error, NoAnswer)
    return _answer(request, error.status, error.answer)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first: dict[str, Any] = error.errors()[0]
    field = str(first["loc"][-1])
    return _answer(request, 422, ErrorAnswer(error="invalid-parameter", message=f"{field}: {first['msg']}.", field=field))


async def _not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _answer(
        request, error.status_code, ErrorAnswer(error="not-found", message=f"{request.method} {request.url.path}: {error.detail}.")
    )
