"""Mutated records end in an event or a typed error. `make bench ARGS=fuzz` tries 1,000,000 of them; here are 20,000."""

import gc
import tracemalloc

from muster_contracts import errors
from muster_contracts.errors import RecordError
from muster_testkit.mutations import Survived, good_records, mutated, survive

MEBIBYTE = 1024 * 1024
LONGEST_S = 5.0
"""A hang would be endless; a busy machine takes milliseconds."""


def test_every_good_record_is_read() -> None:
    survived = survive(iter(good_records()))
    assert (survived.events, survived.errors) == (len(good_records()), {})


def test_mutated_records_end_in_an_event_or_a_typed_error() -> None:
    survive(mutated(500, seed=1))  # what is kept for good is kept from here on
    gc.collect()
    tracemalloc.start()
    survived: Survived = survive(mutated(20_000, seed=20240624))
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert survived.events + survived.errors.total() == 20_000
    assert survived.events > 1_000
    known = {each.reason for each in vars(errors).values() if isinstance(each, type) and issubclass(each, RecordError)}
    assert survived.errors.keys() <= known
    assert len(survived.errors) >= 12  # the mutations reach most of what can be wrong
    assert held < MEBIBYTE
    assert survived.longest_s < LONGEST_S
