"""The codec's long trials: 1,000,000 mutated records, and 10,000 round trips of every type. Minutes each, so run only by name."""

from __future__ import annotations

import gc
import time
import tracemalloc
from datetime import timedelta
from itertools import product
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from measure import Figure
from muster_contracts.codec import decode, encode
from muster_contracts.topics import EVENT_TOPICS, Topic
from muster_testkit.any_events import envelopes, events
from muster_testkit.mutations import mutated, survive

RECORDS = 1_000_000
EVENTS, ENVELOPES, TIMES = 500, 2, 5
"""Events of each type as Hypothesis draws them (7 ms each, against 20 µs for a round trip), the envelopes drawn for each, and the times
that each envelope is given: through both modes 10,000 round trips of each type."""


def fuzz() -> list[Figure]:
    """Mutated records through the decoder: each ends in an event or a typed error, or this ends in another exception."""
    survive(mutated(1_000, seed=1))
    gc.collect()
    tracemalloc.start()
    began = time.perf_counter()
    survived = survive(mutated(RECORDS, seed=20240624))
    took = time.perf_counter() - began
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert survived.events + survived.errors.total() == RECORDS
    counts = [(f"fuzz: ended in {reason}", float(count)) for reason, count in survived.errors.most_common()]
    return [
        _one("fuzz: mutated records", float(RECORDS), "records"),
        _one("fuzz: ended in an event", float(survived.events), "records"),
        *(_one(name, count, "records") for name, count in counts),
        _one("fuzz: the slowest record", survived.longest_s * 1000, "ms"),
        _one("fuzz: held at the end", held / 1024, "KiB"),
        _one("fuzz: took", took, "s"),
    ]


def round_trips() -> list[Figure]:
    """Events of every type, made of the models, through both modes and back."""
    began = time.perf_counter()
    counts = [_round_trip(topic, name) for topic in EVENT_TOPICS for name in topic.models]
    took = time.perf_counter() - began
    assert min(counts) >= EVENTS * ENVELOPES * TIMES * 2
    return [
        _one("round trips: types", float(len(counts)), "types"),
        _one("round trips: of each type at least", float(min(counts)), "round trips"),
        _one("round trips: took", took, "s"),
    ]


def _round_trip(topic: Topic, name: str) -> int:
    count = 0

    @settings(
        max_examples=EVENTS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def there_and_back(data: st.DataObject) -> None:
        nonlocal count
        event: Any = data.draw(events(topic.models[name]))
        drawn = data.draw(st.lists(envelopes(topic, event), min_size=ENVELOPES, max_size=ENVELOPES))
        for envelope, hours in product(drawn, range(TIMES)):
            envelope = envelope._replace(time=envelope.time + timedelta(hours=7 * hours))
            for record in (encode(event, envelope, topic, None), encode(event, envelope, topic, None, mode="structured")):
                assert decode(topic, record.headers, record.value) == (event, envelope)
                count += 1

    there_and_back()
    return count


def _one(name: str, value: float, unit: str) -> Figure:
    return Figure(name, value, unit, (value, value))
