"""The middle is pure: it reads no clock, makes no random id, and knows neither Kafka nor SQL."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

EDGES = {
    # Where a package touches the world. Everything else in it is a function of what it is given.
    "contracts/src/muster_contracts": {
        "transport",
        "registry/__main__.py",
        "registry/client.py",
        "registry/registering.py",
        "registry/settings.py",
    },
    "services/ingest/src/muster_ingest": {"__main__.py", "service.py", "settings.py", "state"},
    "services/extract/src/muster_extract": {
        "__main__.py",
        "service.py",
        "settings.py",
        # The model's prompt, schema, grounding and union are as pure as the rules; asking it is not.
        "llm/asking.py",
        "llm/budget.py",
        "llm/cache.py",
        "llm/client.py",
        "llm/resting.py",
        "llm/store.py",
    },
    "services/projection/src/muster_projection": {
        "__main__.py",
        "api.py",
        "consumer",
        "migrations",
        "service.py",
        "settings.py",
        "store",
        "web",
    },
}
CLOCKS = {"now", "today", "utcnow", "time_ns", "monotonic", "perf_counter", "uuid1", "uuid4", "urandom", "token_hex", "getrandbits"}
RANDOM = {"random", "secrets"}
TRANSPORTS = {"aiokafka", "faststream", "sqlalchemy", "asyncpg", "alembic", "httpx", "fastapi", "uvicorn"}


def pure_files() -> Iterator[Path]:
    for package, edges in EDGES.items():
        for file in sorted((ROOT / package).rglob("*.py")):
            inside = file.relative_to(ROOT / package)
            if inside.parts[0] not in edges and inside.as_posix() not in edges:
                yield file


PURE = list(pure_files())


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("file", PURE, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_pure_module_reads_no_clock_and_makes_no_random_id(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }
    assert not called & CLOCKS
    assert not {name.split(".")[0] for name in imports(tree)} & RANDOM


@pytest.mark.parametrize("file", PURE, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_pure_module_knows_neither_kafka_nor_sql(file: Path) -> None:
    imported = set(imports(ast.parse(file.read_text("utf-8"))))
    assert not {name.split(".")[0] for name in imported} & TRANSPORTS
    assert not {name for name in imported if name.startswith("muster_contracts.transport")}


def test_the_edges_named_here_are_there() -> None:
    missing = [f"{package}/{edge}" for package, edges in EDGES.items() for edge in edges if not (ROOT / package / edge).exists()]
    assert missing == [], "an edge that is gone excuses nobody: take it off the list"
