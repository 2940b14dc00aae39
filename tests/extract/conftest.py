"""One reader for all tests of extract: its parser takes two seconds to load."""

import pytest
from muster_extract.pipeline import Reader, load_reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return load_reader()
