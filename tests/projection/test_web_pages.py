"""The pages: everything that the board says, and nothing that a feed smuggles in."""

from collections.abc import AsyncIterator
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest
from muster_contracts.claims import (
    CasualtyReported,
    CommanderAppointed,
    ContingentArrived,
    ContingentDeparted,
    DeploymentDelayed,
    DeploymentPrepared,
    DeploymentScheduled,
    EquipmentDelivered,
    FundingProvided,
    LeadershipOffered,
    MandateExtended,
    MissionAuthorized,
    MissionEnded,
    ObstacleCleared,
    ObstacleRaised,
    PledgeAnnounced,
    PledgeWithdrawn,
    SituationReported,
    StatementMade,
    StrengthReported,
)
from muster_contracts.transport.settings import PostgresSettings
from muster_contracts.values import Kind, Qualifier, Quantity, Reason, Speaker
from muster_projection.api import make_app
from muster_projection.contributors import contributor_name
from muster_projection.settings import ProjectionSettings
from muster_projection.store.folding import fold
from muster_projection.web.words import day_words, quantity_words, safe_link, speaker_words
from muster_testkit.telling import article, claim, news, told
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

EVIL = "<script>alert(1)</script>"
VOID = {"meta", "link", "input", "br"}


@pytest.fixture
async def client(board_url: str) -> AsyncIterator[httpx.AsyncClient]:
    app = make_app(ProjectionSettings(postgres=PostgresSettings(url=board_url)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://board") as client:
        yield client
    await app.state.engine.dispose()


class Page(HTMLParser):
    """A page taken apart; fails where tags are not closed in the order in which they were opened."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def having(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for found, attributes in self.tags if found == tag]


async def hear(engine: AsyncEngine, *events: Any) -> None:
    async with engine.begin() as connection:
        await fold(connection, news(events))


async def test_a_board_of_every_type_of_claim_is_a_whole_page(client: httpx.AsyncClient, board_engine: AsyncEngine) -> None:
    early, late = article("early", published="2023-10-03"), article("late", published="2024-07-10")
    await hear(
        board_engine,
        *told(
            claim(MissionAuthorized, early, contributor="UN", amount=2500, unit="personnel", date="2023-10-02", quote="approved the force"),
            claim(LeadershipOffered, early, contributor="KE", date="2023-07", quote="volunteered to lead"),
            claim(PledgeAnnounced, early, contributor="KE", amount=1000, quote="promised officers"),
            claim(PledgeAnnounced, early, contributor="JM", quote="would join"),
            claim(PledgeAnnounced, early, contributor="US", amount=100_000_000, unit="USD", kind=Kind.MONEY, quote="pledged money"),
            claim(DeploymentScheduled, early, contributor="KE", amount=400, date="2024-05-23", quote="due in May"),
            claim(ObstacleRaised, early, contributor="KE", reasons=(Reason.COURT,), quote="a judge forbids it"),
        ),
        *told(
            claim(DeploymentDelayed, late, contributor="KE", date="2024-06-25", reasons=(Reason.LOGISTICS,), quote="put off again"),
            claim(ContingentDeparted, late, contributor="KE", amount=400, date="2024-06-24", quote="left the capital"),
            claim(ContingentArrived, late, contributor="KE", amount=400, date="2024-06-25", quote="have landed"),
            claim(StrengthReported, late, amount=395, unit="personnel", quote="are on the ground now"),
            claim(FundingProvided, late, contributor="US", main=True, quote="pays most of it"),
            claim(EquipmentDelivered, late, contributor="US", amount=10, unit="armoured vehicle", quote="handed over vehicles"),
            claim(PledgeWithdrawn, late, contributor="JM", quote="took back its word"),
            claim(ObstacleCleared, late, contributor="KE", reasons=(Reason.COURT,), quote="the judge lets it go"),
            claim(CommanderAppointed, late, contributor="KE", person="Ann Mutua", post="force commander", quote="named Ann Mutua"),
            claim(CasualtyReported, late, contributor="KE", amount=1, date="2024-07-08", quote="was shot dead"),
            claim(DeploymentPrepared, late, contributor="KE", step="ceremony", quote="held a ceremony"),
            claim(SituationReported, late, aspect="security", quote="gangs hold the port"),
            claim(StatementMade, late, attributed_to=Speaker(count=4, office="officers"), quote="we expect to stop over"),
            claim(MandateExtended, late, contributor="UN", date="2025-10-02", quote="renewed for a year"),
            claim(MissionEnded, late, contributor="UN", date="2024-07-09", successor="haiti-gsf", quote="is to be replaced"),
        ),
    )
    answer = await client.get("/board/haiti-mss")
    assert answer.status_code == 200
    page = Page(answer.text)
    for said in ("2,500 personnel", "Kenya", "Jamaica", "395 personnel", "USD 100,000,000", "logistics", "Ann Mutua"):
        assert said in answer.text
    for quote in ("volunteered to lead", "put off again", "handed over vehicles", "the judge lets it go", "gangs hold the port"):
        assert f"<p>{quote}</p>" in answer.text
    assert {"href": "/board/haiti-gsf"} in page.having("a")
    assert len(page.having("caption")) == len(page.having("table")) >= 6
    assert all(header.get("scope") in ("col", "row") for header in page.having("th"))


async def test_a_hostile_feed_puts_no_markup_and_no_script_link_on_the_page(client: httpx.AsyncClient, board_engine: AsyncEngine) -> None:
    source = article("evil", title=EVIL, url="javascript:alert(1)", source=f"{EVIL} Post")
    speaker = Speaker(name=f'"{EVIL}', office=EVIL, body=EVIL)
    await hear(
        board_engine,
        *told(
            claim(PledgeAnnounced, source, contributor="KE", amount=7, quote=EVIL, attributed_to=speaker),
            claim(StatementMade, source, attributed_to=speaker, quote=f"{EVIL} {EVIL}"),
            claim(CommanderAppointed, source, person=EVIL, post=EVIL, quote=f"it is {EVIL}"),
            claim(EquipmentDelivered, source, contributor="US", amount=2, unit="<b>tank</b>", quote="two of them"),
        ),
    )
    answer = await client.get("/board/haiti-mss")
    page = Page(answer.text)
    assert page.having("script") == page.having("b") == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert not any("javascript" in (link.get("href") or "") for link in page.having("a"))
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_the_page_loads_nothing_but_its_own_style_sheet(client: httpx.AsyncClient, board_engine: AsyncEngine) -> None:
    await hear(board_engine, *told(claim(PledgeAnnounced, article("offer"), contributor="KE", amount=1000)))
    page = Page((await client.get("/board/haiti-mss")).text)
    assert [link["href"] for link in page.having("link")] == ["/style.css"]
    assert page.having("img") == page.having("script") == page.having("style") == []
    assert not any("style" in attributes for _, attributes in page.tags)
    style = await client.get("/style.css")
    assert style.headers["content-type"].startswith("text/css")
    assert "url(" not in style.text
    assert "@import" not in style.text


async def test_the_form_asks_for_another_day(client: httpx.AsyncClient, board_engine: AsyncEngine) -> None:
    await hear(board_engine, *told(claim(PledgeAnnounced, article("offer", published="2023-08-01"), contributor="KE", amount=1000)))
    await hear(board_engine, *told(claim(PledgeAnnounced, article("more", published="2024-08-01"), contributor="JM", amount=200)))
    then = await client.get("/board/haiti-mss", params={"valid_at": "", "known_at": "2023-12-31"})
    assert "as known on 31 December 2023" in then.text
    assert "Jamaica" not in then.text
    assert {"type": "date", "name": "known_at", "value": "2023-12-31"} in Page(then.text).having("input")
    assert "Jamaica" in (await client.get("/board/haiti-mss", params={"valid_at": "", "known_at": ""})).text


async def test_the_front_page_lists_missions_and_what_has_no_board(client: httpx.AsyncClient, board_engine: AsyncEngine) -> None:
    assert "Nothing has been told yet" in (await client.get("/")).text
    await hear(board_engine, *told(claim(PledgeAnnounced, article("offer"), contributor="KE", amount=1000)))
    async with board_engine.begin() as connection:
        await connection.execute(text("INSERT INTO board.missions (mission, failure) VALUES ('x-moon', '<KeyError>')"))
    answer = await client.get("/")
    assert {"href": "/board/haiti-mss"} in Page(answer.text).having("a")
    assert "&lt;KeyError&gt;" in answer.text


async def test_an_error_on_a_page_is_a_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/board/atlantis")
    assert answer.status_code == 404
    assert "No article tells of a mission" in answer.text
    Page(answer.text)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://news.example/a?b=c", True),
        ("http://news.example", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("data:text/html,x", False),
        ("//news.example/a", False),
        ("https://", False),
        ("http://[broken", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_linked(url: str | None, linked: bool) -> None:
    assert safe_link(url) == (url if linked else None)


def test_values_are_put_in_words() -> None:
    assert contributor_name("KE") == "Kenya"
    assert contributor_name("AFU") == "African Union"
    assert contributor_name("ZZ") == "ZZ"
    assert quantity_words(Quantity(amount=600, unit="police", qualifier=Qualifier.ABOUT)) == "about 600 police"
    assert quantity_words(Quantity(amount=300_000_000, unit="USD")) == "USD 300,000,000"
    assert quantity_words(Quantity(amount=20, unit="armoured vehicle", qualifier=Qualifier.AT_LEAST)) == "at least 20 × armoured vehicle"
    assert [day_words(day) for day in ("2024-06-25", "2023-07", "2024", None)] == ["25 June 2024", "July 2023", "2024", ""]
    assert speaker_words(Speaker(name="Matthew Miller", office="spokesperson", body="State Department")) == (
        "Matthew Miller, spokesperson, State Department"
    )
