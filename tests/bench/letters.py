"""Dead letters by the hundred thousand: reading them all, sending them back, and the memory that the command takes for it."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from measure import Figure, figure
from muster_contracts.transport.settings import KafkaSettings
from muster_contracts.transport.topics import apply
from muster_testkit.letters import RecordAt, letter_of, send

LETTERS = 100_000
MUSTER = Path(sys.executable).parent / "muster"
HEADERS = (
    ("ce_specversion", b"1.0"),
    ("ce_id", b"b39bcdc9-4216-5ebd-a295-69d7614f1ee0"),
    ("ce_source", b"/muster/ingest"),
    ("ce_type", b"article-received.v1"),
    ("content-type", b"application/json"),
)
BODY = json.dumps({"type": "article-received.v1", "text": "x" * 1470}).encode()  # as long as an article of the corpus


def measure(bootstrap: str) -> list[Figure]:
    """The command itself, its start included, on a broker of its own."""
    asyncio.run(apply(KafkaSettings(bootstrap=bootstrap)))
    for first in range(0, LETTERS, 1000):
        records = [RecordAt(first + number, BODY, HEADERS, key=str(number).encode()) for number in range(1000)]
        send(bootstrap, [letter_of(record) for record in records])
    looks = [_run(bootstrap, "stats") for _ in range(5)]
    backs = [_run(bootstrap, "retry", "--all")]
    return [
        figure("count 100,000 dead letters by reason", [taken for taken, _, _ in looks], "s"),
        figure("the same, processor time", [worked for _, worked, _ in looks], "s"),
        figure("the same, resident", [held for _, _, held in looks], "MB"),
        figure("send 100,000 dead letters back", [LETTERS / taken for taken, _, _ in backs], "letters/s"),
        figure("the same, resident", [held for _, _, held in backs], "MB"),
    ]


def _run(bootstrap: str, *arguments: str) -> tuple[float, float, float]:
    """Seconds, seconds of processor time, and megabytes at most."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [MUSTER, "dlq", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "MUSTER_KAFKA__BOOTSTRAP": bootstrap},
    )
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, f"muster dlq {arguments[0]} ended with {status}"
    process.returncode = 0
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000
