"""Write the files that are made of the models, check them and what they would break, or keep what a release promises."""

import argparse
import sys
from pathlib import Path

from muster_contracts.publish.files import drift, write
from muster_contracts.publish.release import AlreadyReleased, broken, keep

CHECKOUT = Path(__file__).parents[3]
"""The folder `contracts` of a checkout: the published files and the examples are not in the wheel."""


def main() -> int:
    """Write, check, or release."""
    parser = argparse.ArgumentParser(prog="python -m muster_contracts.publish", description=__doc__)
    one = parser.add_mutually_exclusive_group()
    one.add_argument(
        "--check", action="store_true", help="write nothing; fail where a file is not what the models say, or a release is broken"
    )
    one.add_argument("--release", action="store_true", help="keep what this version of the package promises, for all checks to come")
    given = parser.parse_args()
    if not (CHECKOUT / "examples").is_dir():
        sys.stderr.write(f"{CHECKOUT} holds no examples: run this in a checkout\n")
        return 2
    if not (given.check or given.release):
        for path in write(CHECKOUT):
            sys.stdout.write(f"contracts/{path.relative_to(CHECKOUT)}\n")
    found = faults()
    if found:
        sys.stderr.write("\n".join(found) + "\n")
        return 1
    if given.release:
        try:
            sys.stdout.write(f"contracts/{keep(CHECKOUT).relative_to(CHECKOUT)}\n")
        except AlreadyReleased as error:
            sys.stderr.write(f"{error}\n")
            return 1
    return 0


def faults() -> list[str]:
    """What is wrong, a line each: files that drifted, then breaking changes."""
    found = [
        f"contracts/{path.relative_to(CHECKOUT)} is not what the models say: run `python -m muster_contracts.publish`"
        for path in drift(CHECKOUT)
    ]
    return found + [f"breaking: {each}" for each in broken(CHECKOUT)]


if __name__ == "__main__":
    sys.exit(main())
