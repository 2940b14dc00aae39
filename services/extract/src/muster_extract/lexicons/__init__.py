"""Word lists of the field, as TOML files beside this module."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """One word list as parsed TOML.

    Args:
        name: of the file, without its ending, e.g. "countries".

    Raises:
        FileNotFoundError: there is no such list.
    """
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
