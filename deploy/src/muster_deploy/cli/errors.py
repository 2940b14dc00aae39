"""The command's group: expected errors become a message and an exit status."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from muster_deploy.cli.output import print_error
from muster_deploy.errors import OperatorError


class OperatorGroup(TyperGroup):
    """Ends with status 2 for what was given wrongly, 1 for what failed, 130 on Ctrl-C; a traceback is a bug of ours.

    Where the reader of the output goes (`muster … | head`), it ends quietly, with status 0: what was asked for was read.
    """

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except OperatorError as error:
            print_error(error)
            raise typer.Exit(error.exit_status) from error
        except KeyboardInterrupt:
            raise typer.Exit(130) from None
        except BrokenPipeError:
            # What is still buffered goes nowhere, or Python would complain of it at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None


def examples(*lines: str) -> str:
    """The end of a command's help: its examples, one a line."""
    return "Examples:\n\n" + "\n\n".join(lines)
