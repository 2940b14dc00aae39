"""What the service offers stands in its README."""

import re
from pathlib import Path
from typing import get_args

import pytest
from muster_projection.__main__ import app
from muster_projection.api import make_app
from muster_projection.settings import ProjectionSettings
from muster_projection.store.tables import metadata
from muster_projection.web.errors import Code
from pydantic import BaseModel

README = (Path(__file__).parents[2] / "services" / "projection" / "README.md").read_text("utf-8")


def settings_of(model: type[BaseModel], prefix: str) -> list[str]:
    names: list[str] = []
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            names += settings_of(inner, f"{prefix}{name.upper()}__")
        else:
            names.append(f"{prefix}{name.upper()}")
    return names


ROUTES = [f"{method.upper()} {path}" for path, item in make_app(ProjectionSettings()).openapi()["paths"].items() for method in item]
COMMANDS = [f"muster-projection {command.callback.__name__}" for command in app.registered_commands if command.callback]
TABLES = [table.name for table in metadata.tables.values()]


@pytest.mark.parametrize("named", [*ROUTES, *COMMANDS, *TABLES, *get_args(Code), *settings_of(ProjectionSettings, "MUSTER_")])
def test_the_readme_names_it(named: str) -> None:
    assert f"`{named}`" in README


def test_the_readme_names_no_setting_that_there_is_not() -> None:
    assert set(re.findall(r"MUSTER_\w+", README)) == set(settings_of(ProjectionSettings, "MUSTER_"))
