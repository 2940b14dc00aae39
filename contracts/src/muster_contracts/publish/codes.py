"""What the codes of an enumeration mean: the docstrings below its members, which Python itself does not keep."""

import ast
import inspect
import textwrap
from enum import Enum
from functools import cache


@cache
def meanings(codes: type[Enum]) -> dict[str, str]:
    """Each code with its meaning on one line; without those that have none."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(codes))).body
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for member, below in zip(tree.body, tree.body[1:], strict=False):
        match member, below:
            case ast.Assign(targets=[ast.Name(id=name)]), ast.Expr(value=ast.Constant(value=str(text))):
                found[str(codes[name].value)] = " ".join(text.split())
    return found
