"""The read API on a real database: shapes, as-of, and one shape for every error."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from fastapi import FastAPI
from muster_contracts.claims import ContingentArrived, DeploymentDelayed, DeploymentScheduled, PledgeAnnounced
from muster_contracts.transport.settings import PostgresSettings
from muster_contracts.values import Reason
from muster_projection.api import make_app
from muster_projection.board import Board
from muster_projection.settings import ProjectionSettings
from muster_projection.store.folding import fold
from muster_testkit.cable import Cable
from muster_testkit.telling import article, claim, news, told
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

AUGUST = article("offer", published="2023-08-01")
JUNE = article("departure", published="2024-06-24")
JULY = article("landing", published="2024-07-20")


def app_on(url: str) -> FastAPI:
    return make_app(ProjectionSettings(postgres=PostgresSettings(url=url)))


@pytest.fixture
async def client(board_url: str) -> AsyncIterator[httpx.AsyncClient]:
    app = app_on(board_url)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://board") as client:
        yield client
    await app.state.engine.dispose()


@pytest.fixture
async def haiti(board_engine: AsyncEngine) -> None:
    events = [
        *told(claim(PledgeAnnounced, AUGUST, contributor="KE", amount=1000)),
        *told(
            claim(DeploymentScheduled, JUNE, contributor="KE", amount=400, date="2024-06-25", quote="will depart on Tuesday"),
            claim(DeploymentDelayed, JUNE, contributor="KE", reasons=(Reason.COURT,), quote="held up by judges"),
        ),
        *told(claim(ContingentArrived, JULY, contributor="KE", amount=400, date="2024-06-25", quote="have landed")),
    ]
    async with board_engine.begin() as connection:
        await fold(connection, news(events))


async def test_with_nothing_told_there_are_no_missions(client: httpx.AsyncClient) -> None:
    answer = await client.get("/missions")
    assert (answer.status_code, answer.json()) == (200, {"missions": [], "failed": []})


@pytest.mark.usefixtures("haiti")
async def test_missions_come_in_one_line_each(client: httpx.AsyncClient) -> None:
    (line,) = (await client.get("/missions")).json()["missions"]
    assert (line["mission"], line["pledging"], line["last_told"]) == ("haiti-mss", 1, "2024-07-20")


@pytest.mark.usefixtures("haiti")
async def test_a_board_gives_each_figure_with_its_quote_and_source(client: httpx.AsyncClient) -> None:
    board = Board.model_validate_json((await client.get("/missions/haiti-mss")).content)
    (kenya,) = board.people
    assert kenya.pledged is not None
    cited = kenya.pledged.figures[0].citation
    assert (cited.quote, cited.url, cited.source) == ("will send officers", AUGUST.url, "Coast Herald")


@pytest.mark.usefixtures("haiti")
async def test_asked_for_days_a_board_is_reckoned_for_them(client: httpx.AsyncClient) -> None:
    known = (await client.get("/missions/haiti-mss", params={"known_at": "2024-06-24"})).json()
    assert (known["known_at"], known["people"][0]["deployed"]) == ("2024-06-24", None)
    valid = (await client.get("/missions/haiti-mss", params={"valid_at": "2023-12-31"})).json()
    assert (valid["valid_at"], valid["plans"]) == ("2023-12-31", [])
    assert (await client.get("/missions/haiti-mss")).json()["people"][0]["deployed"]["quantity"]["amount"] == 400


@pytest.mark.usefixtures("haiti")
async def test_a_fact_gives_every_claim_behind_it(client: httpx.AsyncClient) -> None:
    facts = (await client.get("/missions/haiti-mss/facts")).json()["facts"]
    wanted = next(fact for fact in facts if fact["type"] == "deployment-delayed")
    found = (await client.get(f"/facts/{wanted['fact_id']}")).json()
    assert found == wanted
    assert [each["quote"] for each in found["claims"]] == ["held up by judges"]


@pytest.mark.usefixtures("haiti")
@pytest.mark.parametrize(
    ("path", "status", "error", "field"),
    [
        ("/missions/atlantis", 404, "unknown-mission", "slug"),
        ("/missions/haiti-mss?known_at=2020-01-01", 404, "nothing-known", "known_at"),
        ("/missions/haiti-mss?valid_at=yesterday", 422, "invalid-parameter", "valid_at"),
        ("/missions/haiti-mss?known_at=2024-02-30", 422, "invalid-parameter", "known_at"),
        ("/facts/00000000-0000-0000-0000-000000000000", 404, "unknown-fact", "fact_id"),
        ("/facts/seven", 422, "invalid-parameter", "fact_id"),
        ("/nothing/here", 404, "not-found", None),
    ],
)
async def test_every_error_has_one_shape(client: httpx.AsyncClient, path: str, status: int, error: str, field: str | None) -> None:
    answer = await client.get(path)
    said = answer.json()
    assert (answer.status_code, said["error"], said["field"]) == (status, error, field)
    assert set(said) == {"error", "message", "field"}
    assert len(said["message"]) > 10


async def test_ready_means_that_the_tables_are_those_of_this_release(client: httpx.AsyncClient, fresh_database: Callable[[], str]) -> None:
    assert (await client.get("/ready")).status_code == 200
    empty = app_on(fresh_database())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(empty), base_url="http://board") as other:
        answer = await other.get("/ready")
        assert (answer.status_code, answer.json()["error"]) == (503, "not-migrated")
        assert (await other.get("/missions")).json() == answer.json()
        assert (await other.get("/health")).status_code == 200
    await empty.state.engine.dispose()


@pytest.mark.usefixtures("haiti")
async def test_an_outage_of_the_database_is_said_and_passes(board_url: str) -> None:
    async with Cable(board_url) as cable:
        app = app_on(cable.url)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://board") as client:
            assert (await client.get("/missions")).status_code == 200
            await cable.pull()
            down = await client.get("/missions")
            assert (down.status_code, down.json()["error"]) == (503, "database-down")
            assert (await client.get("/health")).json() == {"status": "live"}
            await cable.plug()
            assert (await client.get("/missions")).status_code == 200
        await app.state.engine.dispose()


async def test_a_board_that_could_not_be_reckoned_says_so(client: httpx.AsyncClient, board_engine: AsyncEngine) -> None:
    async with board_engine.begin() as connection:
        await connection.execute(text("INSERT INTO board.missions (mission, failure) VALUES ('haiti-mss', 'KeyError: 7')"))
    answer = await client.get("/missions/haiti-mss")
    assert (answer.status_code, answer.json()["error"]) == (500, "board-failed")
    assert (await client.get("/missions")).json()["failed"] == [{"mission": "haiti-mss", "failure": "KeyError: 7"}]
