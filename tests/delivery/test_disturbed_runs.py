"""What goes wrong while the corpus flows, and that the board comes out the same, byte for byte."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from muster_contracts.topics import ARTICLES as ARTICLE_TOPIC
from muster_contracts.topics import EVENT_TOPICS, MISSION_EVENTS, Topic
from muster_deploy.services import program_path
from muster_deploy.state import read_services
from muster_testkit.changes import mistold
from muster_testkit.corpus import ARTICLES, UPDATES
from muster_testkit.flows import FOLDED_WITHIN, another, board_rows, differences, fresh, kill, log_of, members, publish, wait_for
from muster_testkit.stack import RunningStack
from muster_testkit.topics import dead_letters, end_of

WAITS = "waiting for an outage to end"


@contextmanager
def the_corpus_flows(stack: RunningStack) -> Iterator[None]:
    """Publishes the corpus while the block runs; afterwards everything is on the board, and no dead letter lies."""
    command = program_path(("muster", "publish", str(ARTICLES), str(UPDATES)))
    publisher = subprocess.Popen(command, env=stack.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        yield
        said, _ = publisher.communicate(timeout=60)
    finally:
        publisher.kill()
        publisher.communicate()
    assert publisher.returncode == 0, said.decode()
    stack.until_folded(FOLDED_WITHIN)
    assert dead_letters(stack) == []
    assert mistold(stack) == [], "changes were lost, or told out of order"


def test_what_is_published_again_changes_nothing(stack: RunningStack, undisturbed: bytes) -> None:
    # Every run of this file ends with the corpus on the board, so it is there.
    before = {topic.name: end_of(stack, topic) for topic in EVENT_TOPICS[1:]}
    publish(stack, ARTICLES, UPDATES)  # older wordings of articles that were changed since come again, too
    assert differences(undisturbed, board_rows(stack)) == []
    assert {topic.name: end_of(stack, topic) for topic in EVENT_TOPICS[1:]} == before


FIRST_WORK: dict[str, Topic] = {"ingest": ARTICLE_TOPIC, "extract": MISSION_EVENTS, "projection": MISSION_EVENTS}
"""Where it shows that a service is in the middle of its work, or has work before it."""


@pytest.mark.parametrize("service", FIRST_WORK)
def test_a_service_that_is_killed_while_the_corpus_flows_leaves_the_same_board(
    stack: RunningStack, undisturbed: bytes, service: str
) -> None:
    fresh(stack)
    with the_corpus_flows(stack):
        wait_for(lambda: end_of(stack, FIRST_WORK[service]) > 0, f"{service} is in the middle of it")
        kill(stack, service)
    assert differences(undisturbed, board_rows(stack)) == []
    assert read_services(stack.home).restarts == {service: 1}


def test_a_broker_that_is_restarted_while_the_corpus_flows_leaves_the_same_board(stack: RunningStack, undisturbed: bytes) -> None:
    fresh(stack)
    with the_corpus_flows(stack):
        wait_for(lambda: end_of(stack, MISSION_EVENTS) > 0, "the corpus flows")
        stack.stop_kafka()
        stack.start_kafka()
    assert differences(undisturbed, board_rows(stack)) == []


def test_a_database_that_is_away_is_waited_for_at_the_start_and_in_the_middle(stack: RunningStack, undisturbed: bytes) -> None:
    fresh(stack)
    stack.stop_postgres()
    with the_corpus_flows(stack):
        wait_for(lambda: WAITS in log_of(stack, "ingest"), "ingest waits for the database")
        stack.start_postgres()
        wait_for(lambda: end_of(stack, MISSION_EVENTS) > 0, "the corpus flows")
        waits = log_of(stack, "ingest").count(WAITS) + log_of(stack, "projection").count(WAITS)
        stack.stop_postgres()
        wait_for(lambda: log_of(stack, "ingest").count(WAITS) + log_of(stack, "projection").count(WAITS) > waits, "somebody waits again")
        stack.start_postgres()
    assert differences(undisturbed, board_rows(stack)) == []
    assert read_services(stack.home).restarts == {}, "an outage is no reason to end"


def test_a_second_projection_that_comes_and_goes_loses_and_repeats_nothing(stack: RunningStack, undisturbed: bytes) -> None:
    fresh(stack)
    with the_corpus_flows(stack), another(stack, "muster-projection", "run"):
        wait_for(lambda: members(stack, "muster-projection") == 2, "both share the partitions")
    wait_for(lambda: members(stack, "muster-projection") == 1, "one has them all again")
    assert differences(undisturbed, board_rows(stack)) == []
