"""The consumers of contracts' README, run as they stand there against the broker, with events that our own services made."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from muster_contracts.topics import MISSION_EVENTS
from muster_deploy.settings import CHECKOUT
from muster_testkit.corpus import ARTICLES
from muster_testkit.flows import fresh, publish, wait_for
from muster_testkit.node import FOLDER, node_command
from muster_testkit.stack import RunningStack
from muster_testkit.topics import records

CONSUMERS = CHECKOUT / "contracts" / "consumers"


@pytest.fixture(scope="module", autouse=True)
def corpus(stack: RunningStack) -> None:
    fresh(stack)
    publish(stack, ARTICLES)


@contextmanager
def python_consumer() -> Iterator[list[str]]:
    yield [sys.executable, str(CONSUMERS / "pledges.py")]


@contextmanager
def javascript_consumer() -> Iterator[list[str]]:
    # Node looks for packages beside the script, and ours are in one place for all tests.
    script = FOLDER / "pledges-as-in-the-readme.mjs"
    script.write_bytes((CONSUMERS / "pledges.mjs").read_bytes())
    try:
        yield node_command(script.name)
    finally:
        script.unlink()


def told_pledges(stack: RunningStack) -> list[str]:
    """What a consumer should print, off the log."""
    lines = []
    for record in records(stack, MISSION_EVENTS):
        if record.type == "pledge-announced.v1":
            body, quantity = record.body, record.body["quantity"]
            amount = f"{quantity['amount']} {quantity['unit']}" if quantity else "-"
            quote = body["evidence"]["quote"]
            lines.append(f"{record.headers['ce_id']} {body['mission']} {body['contributor'] or '-'} {amount} {quote}")
    return lines


@pytest.mark.parametrize("consumer", [python_consumer, javascript_consumer])
def test_a_consumer_by_the_readme_prints_every_pledge_and_follows_what_comes(
    stack: RunningStack, tmp_path: Path, consumer: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    printed: list[str] = []
    with consumer() as command:
        process = subprocess.Popen([*command, stack.addresses.bootstrap], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stdout is not None
        reader = threading.Thread(target=lambda lines: printed.extend(lines), args=(process.stdout,), daemon=True)
        reader.start()
        try:
            wanted = told_pledges(stack)
            assert len(wanted) > 20
            wait_for(
                lambda: sorted("".join(printed).splitlines()) == sorted("\n".join(wanted).splitlines()) or None, "all pledges", seconds=90
            )
            later = tmp_path / f"{command[-1].rpartition('.')[2]}.txt"
            story = f"Chad will send {len(wanted)} police officers to the mission in Haiti, its interior ministry said on Monday."
            later.write_text(f"Chad to send police\n\n{story}\n", encoding="utf-8")
            done = stack.muster("publish", later, "--source", "Specimen Post", "--published", "2024-07-30", "--wait")
            assert done.returncode == 0, done.stderr
            wait_for(lambda: any(f" TD {len(wanted)} police " in line for line in printed) or None, "the later pledge", seconds=60)
        finally:
            process.terminate()
            process.wait(timeout=30)
            reader.join(timeout=30)
            process.stdout.close()
            assert process.stderr is not None
            process.stderr.close()
