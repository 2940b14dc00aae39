"""`muster-extract run --coder` says at once what a model lacks."""

import pytest
from muster_extract.__main__ import app
from typer.testing import CliRunner


@pytest.mark.parametrize(
    ("given", "lacks"), [({}, "MUSTER_LLM__BASE_URL"), ({"MUSTER_LLM__BASE_URL": "http://127.0.0.1:1/v1"}, "MUSTER_LLM__MODEL")]
)
@pytest.mark.parametrize("coder", ["llm", "both"])
def test_a_model_that_is_not_named_is_told_before_anything_starts(coder: str, given: dict[str, str], lacks: str) -> None:
    done = CliRunner().invoke(app, ["run", "--coder", coder], env=given)
    assert done.exit_code == 2
    assert done.stderr == f"error: coder `{coder}` needs {lacks}\n"


def test_an_unknown_coder_is_refused() -> None:
    assert CliRunner().invoke(app, ["run", "--coder", "oracle"]).exit_code == 2
