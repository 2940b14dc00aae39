"""Input that is no article: one clear error each, by the command and by Kafka; the next article goes through; nothing is lost."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from aiokafka.errors import MessageSizeTooLargeError
from muster_contracts.topics import ARTICLE_SUBMISSIONS, ARTICLES
from muster_testkit.corpus import BadInput, bad_inputs
from muster_testkit.flows import FOLDED_WITHIN, fresh, publish
from muster_testkit.stack import RunningStack
from muster_testkit.topics import Letter, dead_letters, end_of, publish_raw, records

BAD = bad_inputs()
NAMES = [bad.name for bad in BAD]


def article(name: str) -> dict[str, Any]:
    """One that can be used: a quiet story, told nowhere else."""
    return {
        "id": f"next-{name}",
        "url": f"https://specimen-post.example/next/{name}",
        "source": "Specimen Post",
        "published": "2024-06-24",
        "title": f"A bridge is opened, {name}",
        "text": f"The bridge over the {name} river was opened on Monday. It has two lanes and a path for people on foot.",
    }


def as_line(row: dict[str, Any]) -> bytes:
    return json.dumps(row).encode() + b"\n"


def urls(letters: list[Letter]) -> list[str]:
    return [letter.body["url"] for letter in letters]


@pytest.fixture(scope="module", autouse=True)
def empty(stack: RunningStack) -> None:
    fresh(stack)


@pytest.mark.parametrize("bad", BAD, ids=NAMES)
def test_the_command_says_in_one_clear_error_what_is_wrong_and_where(stack: RunningStack, tmp_path: Path, bad: BadInput) -> None:
    path = tmp_path / f"{bad.name}.jsonl"
    path.write_bytes(bad.body)
    before = end_of(stack, ARTICLES)
    done = stack.muster("publish", path)
    said = done.stderr.decode()
    assert done.returncode == 2
    errors = [line for line in said.splitlines() if path.name in line]
    assert len(errors) == 1, said
    assert errors[0].startswith("error:")
    assert re.search(bad.says, errors[0]), errors[0]
    assert "Traceback" not in said
    stack.until_folded(FOLDED_WITHIN)
    assert end_of(stack, ARTICLES) == before


def test_the_command_names_the_line_of_a_bad_row_and_the_others_go_through(stack: RunningStack, tmp_path: Path) -> None:
    bad = next(bad for bad in BAD if bad.name == "no-date")
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(as_line(article("first")) + bad.body + as_line(article("third")))
    done = stack.muster("publish", path)
    assert done.returncode != 0
    assert "mixed.jsonl:2" in done.stderr.decode()
    stack.until_folded(FOLDED_WITHIN)
    assert {article("first")["url"], article("third")["url"]} <= set(urls(records(stack, ARTICLES)))


@pytest.mark.parametrize("bad", [bad for bad in BAD if bad.reaches_kafka], ids=[bad.name for bad in BAD if bad.reaches_kafka])
def test_a_bad_record_becomes_a_dead_letter_and_the_next_article_goes_through(stack: RunningStack, bad: BadInput) -> None:
    before = len(dead_letters(stack))
    bad_at, _next_at = publish_raw(stack, bad.body, as_line(article(bad.name)), key=b"one partition, one order")
    stack.until_folded(FOLDED_WITHIN)
    letters = dead_letters(stack)
    assert len(letters) == before + 1
    letter = next(letter for letter in letters if (int(letter.headers["dlq_partition"]), int(letter.headers["dlq_offset"])) == bad_at)
    assert letter.headers["dlq_topic"] == ARTICLE_SUBMISSIONS.name
    assert letter.topic == "article-submissions-ingest-dlq"
    assert letter.value == bad.body
    assert letter.key == b"one partition, one order"
    assert re.fullmatch(r"[a-z0-9-]+", letter.headers["dlq_reason"])
    assert letter.headers["dlq_reason"] != "unexpected"
    assert re.search(bad.says, letter.headers["dlq_error"]), letter.headers["dlq_error"]
    assert article(bad.name)["url"] in urls(records(stack, ARTICLES))


def test_what_the_broker_refuses_its_publisher_is_told(stack: RunningStack) -> None:
    huge = next(bad for bad in BAD if not bad.reaches_kafka)
    with pytest.raises(MessageSizeTooLargeError):
        publish_raw(stack, huge.body)


def test_headers_that_are_no_text_harm_no_neighbour(stack: RunningStack) -> None:
    before = len(dead_letters(stack))
    publish_raw(stack, as_line(article("odd-headers")), headers=[("content-type", b"\xff\xfe"), ("ce_id", b"\x80")], key=b"odd")
    publish_raw(stack, as_line(article("after-odd-headers")), key=b"odd")
    stack.until_folded(FOLDED_WITHIN)
    assert article("after-odd-headers")["url"] in urls(records(stack, ARTICLES))
    told = article("odd-headers")["url"] in urls(records(stack, ARTICLES))
    assert len(dead_letters(stack)) == before + (0 if told else 1)


def test_every_submission_ended_as_an_article_a_copy_or_a_dead_letter(stack: RunningStack, tmp_path: Path) -> None:
    again = tmp_path / "again.jsonl"
    again.write_bytes(as_line(article("first")))
    publish(stack, again)
    submitted = records(stack, ARTICLE_SUBMISSIONS)
    buried = {(int(letter.headers["dlq_partition"]), int(letter.headers["dlq_offset"])) for letter in dead_letters(stack)}
    told = set(urls(records(stack, ARTICLES)))
    for record in submitted:
        place = (record.partition, record.offset)
        assert place in buried or record.body["url"] in told, f"nothing came of {place}"
