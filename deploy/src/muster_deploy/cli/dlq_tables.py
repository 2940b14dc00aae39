"""Dead letters as tables and as JSON."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from muster_contracts.transport.dead_letters import DeadLetter
from rich.table import Table
from rich.text import Text

from muster_deploy.bodies import parsed, written
from muster_deploy.cli.output import out, table
from muster_deploy.cli.plain import plain
from muster_deploy.cli.words import counted
from muster_deploy.letters.acting import Done
from muster_deploy.letters.editing import pretty
from muster_deploy.letters.ledger import Act, Case
from muster_deploy.letters.states import State

BODY_SHOWN: Final = 4000  # characters; --body prints the whole
ERROR_SHOWN: Final = 100
REASON_SHOWN: Final = 40
ROWS_SHOWN: Final = 20
WIDE: Final = 130  # columns of a terminal


def list_tables(groups: Mapping[tuple[str, str], Sequence[Case]], limit: int) -> Iterator[Table]:
    """The letters, a table for each reason."""
    for (reason, consumer), cases in sorted(groups.items()):
        shown = cases[-limit:]
        left_out = f", the newest {len(shown)}" if len(shown) < len(cases) else ""
        # On a narrow terminal an error needs the room more than what `show` tells as well.
        names = (
            ("letter", "state", "failed", "attempts", "origin", "error") if out.width >= WIDE else ("letter", "state", "failed", "error")
        )
        rows = [[_cells(case)[name] for name in names] for case in shown]
        yield table(names, rows, title=f"{plain(reason)}  {consumer}  {counted(len(cases), 'letter')}{left_out}")


def print_groups(letters: int, groups: Mapping[tuple[str, str], Sequence[Case]], limit: int) -> None:
    """The letters as one JSON document, a letter a line, written as it is made: a hundred thousand are never held as text."""

    def write(*parts: str) -> None:
        print(*parts, sep="", end="")  # noqa: T201 - plain, never wrapped or coloured

    write(f'{{"letters": {letters}, "groups": [')
    for number, ((reason, consumer), cases) in enumerate(sorted(groups.items())):
        head = written({"reason": reason, "consumer": consumer, "letters": len(cases)})
        write("," if number else "", "\n", head[:-1], ', "shown": [')
        for place, case in enumerate(cases[-limit:]):
            write("," if place else "", "\n  ", written(case_json(case)))
        write("]}")
    write("]}\n")


def _cells(case: Case) -> dict[str, Any]:
    letter = case.letter
    return {
        "letter": letter.id,
        "state": state_of(case),
        "failed": _minute(letter.buried),
        "attempts": letter.attempts,
        "origin": letter.origin,
        "error": plain(letter.error, longest=ERROR_SHOWN),
    }


def state_of(case: Case) -> str:
    """A letter's state in words: open, retried 2×, …"""
    times = f" {case.replays}×" if case.replays else ""
    return f"{case.state}{times}"


def stats_rows(cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Counts by consumer and reason."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for case in cases:
        letter = case.letter
        row = rows.setdefault(
            (letter.consumer, letter.reason),
            {
                "consumer": letter.consumer,
                "reason": letter.reason,
                "letters": 0,
                **dict.fromkeys(State, 0),
                "first": letter.buried,
                "last": letter.buried,
                "error": letter.error,
            },
        )
        row["letters"] += 1
        row[case.state] += 1
        row["first"] = min(row["first"], letter.first_failure, letter.buried)
        if letter.buried >= row["last"]:
            row.update(last=letter.buried, error=letter.error)
    return [
        {str(name): value for name, value in rows[key].items()} | {"first": _iso(rows[key]["first"]), "last": _iso(rows[key]["last"])}
        for key in sorted(rows)
    ]


def stats_table(rows: Sequence[dict[str, Any]]) -> Table:
    """Counts; where there is room, since when, and the newest error of each reason as an example."""
    states = [state for state in State if any(row[state] for row in rows)]
    wide = out.width >= WIDE
    shown = []
    for row in rows:
        cells = [row["consumer"], plain(row["reason"], longest=REASON_SHOWN), f"{row['letters']:,}"]
        cells += [f"{row[state]:,}" if row[state] else None for state in states]
        cells += [row["first"][:16]] if wide else []
        cells += [row["last"][: 16 if wide else 10]]
        cells += [plain(row["error"], longest=ERROR_SHOWN)] if wide else []
        shown.append(cells)
    return table(("consumer", "reason", "letters", *states, *(["first"] if wide else []), "last", *(["such as"] if wide else [])), shown)


def print_letter(case: Case, letter: DeadLetter) -> None:
    """Everything about one letter."""
    lines = {
        "letter": case.letter.id,
        "state": state_of(case) + (f", as {case.returned_as}" if case.returned_as and case.state is State.RETURNED else ""),
        "consumer": case.letter.consumer,
        "reason": letter.reason,
        "error": letter.error,
        "field": letter.field,
        "attempts": letter.attempts,
        "origin": case.letter.origin,
        "entered": letter.entered,
        "failed": f"{_iso(letter.first_failure)} first, {_iso(letter.buried)} last",
        "copies": case.copies or None,
        "key": _text(letter.key),
    }
    for name, value in lines.items():
        if value is not None:
            _line(name, str(value))
    for header, content in letter.headers:
        _line("header", f"{header}: {_text(content)}")
    for act in case.acts:
        _line("act", _told(act))
    out.print()
    body = pretty(letter.body)
    out.print(plain(body, longest=BODY_SHOWN, lines=True), markup=False, soft_wrap=True)
    if len(body) > BODY_SHOWN:
        out.print(f"{len(body) - BODY_SHOWN:,} more characters; --body prints them all", style="dim")


def case_json(case: Case) -> dict[str, Any]:
    """A letter without its body."""
    letter = case.letter
    return {
        "id": str(letter.id),
        "state": case.state,
        "replays": case.replays,
        "consumer": letter.consumer,
        "reason": letter.reason,
        "error": letter.error,
        "field": letter.field,
        "attempts": letter.attempts,
        "origin": str(letter.origin) if letter.origin else None,
        "first_failure": _iso(letter.first_failure),
        "buried": _iso(letter.buried),
        "key": letter.key,
        "size": letter.size,
        "copies": case.copies,
        "returned_as": str(case.returned_as) if case.returned_as else None,
        "acts": [_act_json(act) for act in case.acts],
    }


def whole_json(case: Case, letter: DeadLetter) -> dict[str, Any]:
    """A letter with its body: as JSON where it is JSON, as text where it is text, else in base64."""
    return {
        **case_json(case),
        "error": letter.error,
        "entered": letter.entered,
        "headers": [[name, _text(value)] for name, value in letter.headers],
        **_body_json(letter.body),
    }


def done_table(done: Sequence[Done], cases: Sequence[Case]) -> Table:
    """What was done with letters, the first of them one by one."""
    by_id = {case.letter.id: case.letter for case in cases}
    rows: list[tuple[Any, ...]] = [(one.letter, by_id[one.letter].reason, one.replays, one.sent_to) for one in done[:ROWS_SHOWN]]
    if len(done) > ROWS_SHOWN:
        rows.append((f"and {len(done) - ROWS_SHOWN:,} more", "", "", ""))
    return table(("letter", "reason", "replays", "sent to"), rows)


def done_json(one: Done) -> dict[str, Any]:
    """What was done with a letter, or why nothing was."""
    told = {"letter": str(one.letter), "sent_to": str(one.sent_to) if one.sent_to else None, "replays": one.replays, "left": one.left}
    return {name: value for name, value in told.items() if value is not None}


def _line(name: str, value: str) -> None:
    out.print(Text.assemble((f"{name:<9}", "bold"), plain(value)), soft_wrap=True)


def _told(act: Act) -> str:
    sent = f" to {act.sent_to}, replay {act.replays}" if act.sent_to else ""
    changed = f", changed: {', '.join(act.changed)}" if act.changed else ""
    forced = ", forced" if act.forced else ""
    return f"{_iso(act.at)} {act.act} by {act.by}{sent}{changed}{forced}" + (f": {act.why}" if act.why else "")


def _act_json(act: Act) -> dict[str, Any]:
    told = {**act._asdict(), "at": _iso(act.at), "sent_to": str(act.sent_to) if act.sent_to else None}
    return {name: value for name, value in told.items() if value not in (None, (), False)}


def _body_json(body: bytes | None) -> dict[str, Any]:
    if body is None:
        return {"body": None}
    try:
        return {"body": parsed(body)}
    except ValueError:
        pass
    try:
        return {"text": body.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode()}


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", "backslashreplace")


def _iso(time: datetime) -> str:
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")


def _minute(time: datetime) -> str:
    return time.strftime("%Y-%m-%d %H:%M")
