"""`python -m muster_contracts.publish [--check]`: write the published files, or say which of them are not what the models say."""

import argparse
import sys
from pathlib import Path

from muster_contracts.publish.files import drift, write

CHECKOUT = Path(__file__).parents[3]
"""The folder `contracts` of a checkout: the published files and the examples are not in the wheel."""


def main() -> int:
    """Write or check."""
    parser = argparse.ArgumentParser(prog="python -m muster_contracts.publish", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file is not what the models say")
    given = parser.parse_args()
    if not (CHECKOUT / "examples").is_dir():
        sys.stderr.write(f"{CHECKOUT} holds no examples: run this in a checkout\n")
        return 2
    if not given.check:
        for path in write(CHECKOUT):
            sys.stdout.write(f"{path.relative_to(CHECKOUT)}\n")
        return 0
    found = [f"contracts/{path.relative_to(CHECKOUT)} is not what the models say" for path in drift(CHECKOUT)]
    if found:
        sys.stderr.write("\n".join([*found, "run `python -m muster_contracts.publish`, and look at what it changes"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
