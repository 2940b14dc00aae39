"""`muster dlq retry|edit|discard`: what an operator does to dead letters."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from muster_deploy.cli.dlq_options import CONSUMERS, IDS, REASONS, SINCE, TOPICS, cases_of, given, operator_name, progress, reading
from muster_deploy.cli.output import err, out, print_json, say
from muster_deploy.cli.stack import JSON
from muster_deploy.cli.stopping import run
from muster_deploy.cli.words import counted
from muster_deploy.errors import BadInput, OperatorError
from muster_deploy.letters.states import PENDING
from muster_deploy.settings import Settings, read_settings

if TYPE_CHECKING:
    from muster_contracts.transport.dead_letters import DeadLetter

    from muster_deploy.letters.acting import Done
    from muster_deploy.letters.choosing import Choice
    from muster_deploy.letters.ledger import Case

ALL = Annotated[bool, typer.Option("--all", help="All letters that are open, where neither ids nor filters say which.")]
DRY_RUN = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
WHY = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reason, for the record on operator-acts.")]
BY = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who acts; else MUSTER_OPERATOR, else the account's name.")]


def retry(
    ids: IDS = None,
    consumers: CONSUMERS = None,
    topics: TOPICS = None,
    reasons: REASONS = None,
    since: SINCE = None,
    all_: ALL = False,
    force: Annotated[bool, typer.Option("--force", help="Also what is parked; by id, whatever its state.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Send at most so many, the oldest first.")] = None,
    why: WHY = None,
    by: BY = None,
    dry_run: DRY_RUN = False,
    as_json: JSON = False,
) -> None:
    """Send letters' records back to their topics, with the same body, key, headers and ids: what was used already counts once.

    Each record carries how many times it was sent back; after so many times (MUSTER_DLQ__REPLAYS) it is parked, and only --force sends it.
    """
    from muster_deploy.letters import acting
    from muster_deploy.letters.acting import Done
    from muster_deploy.letters.choosing import oldest_first

    settings = read_settings()
    cases = _meant(settings, given(ids, consumers, topics, reasons, since), all_=all_)
    left = [(case, acting.refusal(case, named=bool(ids), force=force)) for case in cases]
    done = [Done(case.letter.id, left=why_not) for case, why_not in left if why_not is not None]
    may_go = [case for case, why_not in left if why_not is None]
    going = oldest_first(may_go)[:limit]
    if dry_run:
        done += [Done(case.letter.id, replays=case.replays + 1) for case in going]
    elif going:
        done += _run(settings, "sending back", going, operator_name(settings, by), why, retrying_with=force)
    _tell("retried", "would be sent back" if dry_run else "sent back", done, cases, dry_run=dry_run, as_json=as_json)
    if ids and len(left) > len(may_go):
        raise typer.Exit(1)


def discard(
    ids: IDS = None,
    consumers: CONSUMERS = None,
    topics: TOPICS = None,
    reasons: REASONS = None,
    since: SINCE = None,
    all_: ALL = False,
    why: WHY = None,
    by: BY = None,
    dry_run: DRY_RUN = False,
    as_json: JSON = False,
) -> None:
    """Close letters for good, with a reason. They stay on their topics; a later retry needs --force."""
    from muster_deploy.letters.acting import Done
    from muster_deploy.letters.states import State

    if not (why or "").strip():
        raise BadInput("A letter is discarded for a reason.", remedy='Give it: --why "a weather report, no article".')
    settings = read_settings()
    cases = _meant(settings, given(ids, consumers, topics, reasons, since), all_=all_)
    closed = [case for case in cases if case.state is State.DISCARDED]
    going = [case for case in cases if case.state is not State.DISCARDED]
    done = [Done(case.letter.id, left="it is discarded already") for case in closed]
    if dry_run:
        done += [Done(case.letter.id) for case in going]
    elif going:
        done += _run(settings, "discarding", going, operator_name(settings, by), why)
    _tell("discarded", "would be discarded" if dry_run else "discarded", done, cases, dry_run=dry_run, as_json=as_json)


def edit(
    wanted: Annotated[str, typer.Argument(metavar="ID", help="The letter's place, or that of its record: topic/partition@offset.")],
    body: Annotated[str | None, typer.Option("--body", metavar="FILE", help="The new body, from a file, or - for standard input.")] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="Set a field of a JSON body. May be given again.")
    ] = None,
    header: Annotated[
        list[str] | None,
        typer.Option("--header", metavar="NAME=VALUE", help="Set a header; an empty value takes it away. May be given again."),
    ] = None,
    key: Annotated[str | None, typer.Option(metavar="TEXT", help="Give the record another key, where the key is what is wrong.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Send whatever the letter's state is. The contract holds all the same.")] = False,
    why: WHY = None,
    by: BY = None,
    dry_run: DRY_RUN = False,
    as_json: JSON = False,
) -> None:
    """Change a letter's body, headers or key and send the result to its topic. The letter stays as it is.

    Without --body, --set, --header or --key the body is opened in $EDITOR. Nothing is sent that its consumer could not use.
    """
    from muster_deploy.letters import acting, editing
    from muster_deploy.letters.letter import BOXES

    settings = read_settings()
    case, letter = reading(settings, wanted)
    if (why_not := acting.refusal(case, named=True, force=force, edited=True)) is not None:
        raise OperatorError(f"{case.letter.id}: {why_not}.", remedy="--force sends it all the same.")
    kept: Path | None = None
    new_body = letter.body or b""
    if body is not None:
        new_body = _read(body)
    elif not (set_ or header or key is not None):
        new_body, kept = in_editor(editing.pretty(letter.body))
        if editing.pretty(new_body) == editing.pretty(letter.body):
            new_body = letter.body or b""
    new_body = editing.with_fields(new_body, set_) if set_ else new_body
    edited = replace(letter, headers=editing.with_headers(letter.headers, header or ()), body=new_body)
    edited = editing.with_key(edited, key) if key is not None else edited
    changed = editing.differences(letter, edited)
    if not changed:
        if kept is not None:
            kept.unlink(missing_ok=True)
        raise BadInput("Nothing was changed, so nothing is sent.", remedy=f"`muster dlq retry {case.letter.id}` sends the record as it is.")
    topic = next(box.origin for box in BOXES if box.letters.name == letter.position.topic)
    if (error := editing.fault(topic, edited, today=datetime.now(UTC).date())) is not None:
        remedy = f"Your text is kept: `muster dlq edit {case.letter.id} --body {kept}` once it is mended." if kept else "Nothing was sent."
        raise BadInput(f"{case.letter.consumer} could not use this either: {error.reason}: {error}.", remedy=remedy)
    sent = None
    if not dry_run:
        sent = _send_edited(settings, case, edited, changed, operator_name(settings, by), why, force=force)
        if sent.left is not None:
            raise OperatorError(f"{case.letter.id}: {sent.left}.")
    if kept is not None:
        kept.unlink(missing_ok=True)
    if as_json:
        told = {"letter": str(case.letter.id), "changed": changed, "sent_to": str(sent.sent_to) if sent else None, "dry_run": dry_run}
        print_json(told)
        return
    out.print(f"changed  {', '.join(changed)}", markup=False, soft_wrap=True)
    out.print(f"sent to  {sent.sent_to}" if sent else "nothing was sent: --dry-run", markup=False, soft_wrap=True)


def in_editor(text: str) -> tuple[bytes, Path]:
    """Open a text in the user's editor.

    Returns:
        What was saved, and the file, which stays until it is no longer needed.

    Raises:
        OperatorError: there is no editor, or it failed.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with tempfile.NamedTemporaryFile("w", prefix="muster-letter-", suffix=".json", delete=False, encoding="utf-8") as file:
        file.write(text)
    path = Path(file.name)
    try:
        ended = subprocess.run([*command, str(path)], check=False).returncode
    except OSError as error:
        path.unlink(missing_ok=True)
        raise OperatorError(f"{command[0]} can't be run: {error.strerror}.", remedy="Set EDITOR, or give --body FILE or --set.") from error
    if ended != 0:
        raise OperatorError(f"{command[0]} ended with status {ended}; nothing was sent.", remedy=f"Your text is kept in {path}.")
    return path.read_bytes(), path


def _read(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise BadInput(f"--body {path}: {error.strerror}.") from error


def _meant(settings: Settings, wanted: Choice, *, all_: bool) -> list[Case]:
    """The letters to act on: those named, else those that are pending."""
    if not wanted.asks and not all_:
        raise BadInput("Nothing says which letters.", remedy="Give ids, a filter such as --reason, or --all.")
    cases = cases_of(settings, wanted)
    return cases if wanted.ids else [case for case in cases if case.state in PENDING]


def _run(settings: Settings, what: str, cases: list[Case], by: str, why: str | None, *, retrying_with: bool | None = None) -> list[Done]:
    """Send back (with or without force) or discard, with progress."""
    from muster_contracts.transport.publisher import Publisher
    from muster_contracts.transport.settings import KafkaSettings

    from muster_deploy.letters import acting
    from muster_deploy.log_reading import LogReader
    from muster_deploy.stack import running_broker

    bootstrap = running_broker(settings)
    operator = acting.Operator(by, why, lambda: datetime.now(UTC))
    done: list[acting.Done] = []

    async def work() -> None:
        publisher = Publisher(KafkaSettings(bootstrap=bootstrap), client_id="muster-dlq")
        try:
            async with LogReader(bootstrap, client_id="muster-dlq") as log:
                with progress(what) as told:

                    def tell(batch: list[acting.Done]) -> None:
                        done.extend(batch)
                        told(len(done), len(cases))

                    if retrying_with is None:
                        await acting.discard(publisher, cases, operator, tell)
                    else:
                        await acting.retry(log, publisher, cases, operator, tell, force=retrying_with)
        finally:
            await publisher.stop()

    try:
        run(work())
    except (KeyboardInterrupt, OperatorError):
        say(f"{what} ended after {counted(len(done), 'letter')} of {len(cases):,}; the rest is as it was")
        raise
    return done


def _send_edited(
    settings: Settings, case: Case, edited: DeadLetter, changed: tuple[str, ...], by: str, why: str | None, *, force: bool
) -> Done:
    from muster_contracts.transport.publisher import Publisher
    from muster_contracts.transport.settings import KafkaSettings

    from muster_deploy.letters import acting
    from muster_deploy.stack import running_broker

    async def work() -> acting.Done:
        publisher = Publisher(KafkaSettings(bootstrap=running_broker(settings)), client_id="muster-dlq")
        try:
            return await acting.edit(publisher, case, edited, changed, acting.Operator(by, why, lambda: datetime.now(UTC)), force=force)
        finally:
            await publisher.stop()

    return run(work())


def _tell(field: str, words: str, done: list[Done], cases: list[Case], *, dry_run: bool, as_json: bool) -> None:
    from muster_deploy.cli.dlq_tables import done_json, done_table

    acted = [one for one in done if one.left is None]
    left = [one for one in done if one.left is not None]
    if as_json:
        rows = {field: [done_json(one) for one in acted], "left": [done_json(one) for one in left], "dry_run": dry_run}
        print_json(rows)
        return
    if acted:
        out.print(done_table(acted, cases))
    for one in left[:20]:
        err.print(f"left as it is  {one.letter}: {one.left}", markup=False, soft_wrap=True, style="dim")
    say(f"{counted(len(acted), 'letter')} {words}" + (f", {len(left):,} left as they are" if left else ""))
