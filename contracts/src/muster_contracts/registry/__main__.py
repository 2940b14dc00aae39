"""`python -m muster_contracts.registry check|register`: the schemas of all events and a registry. Status 1: something is wrong there."""

import sys

from pydantic import ValidationError

from muster_contracts.registry.client import Registry, RegistryError
from muster_contracts.registry.registering import check, register
from muster_contracts.registry.schemas import subjects
from muster_contracts.registry.settings import read_address

USAGE = "usage: python -m muster_contracts.registry check|register\n"


def main(arguments: list[str]) -> int:
    """Check or register, and print a line for each subject."""
    if arguments not in (["check"], ["register"]):
        sys.stderr.write(USAGE)
        return 2
    try:
        address = read_address()
    except ValidationError as error:
        sys.stderr.write(f"MUSTER_REGISTRY__URL: {error.errors(include_url=False)[0]['msg']}\n")
        return 2
    if address is None:
        sys.stderr.write("no registry is set: give its address in MUSTER_REGISTRY__URL, e.g. http://127.0.0.1:8081\n")
        return 2
    try:
        with Registry(address) as registry:
            outcomes = (check if arguments == ["check"] else register)(registry, subjects())
    except RegistryError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for outcome in outcomes:
        sys.stdout.write(f"{outcome.subject}: {outcome.what} ({outcome.detail})\n")
    broken = [outcome.subject for outcome in outcomes if outcome.what == "incompatible"]
    if broken:
        sys.stderr.write(f"nothing was registered: {', '.join(broken)} would break readers of what is on the log; make it a new version\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
