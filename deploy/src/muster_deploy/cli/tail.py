"""`muster tail TOPIC`: the records of a topic as they come."""

from __future__ import annotations

import re
import select
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from muster_deploy.cli.moments import moment
from muster_deploy.cli.output import out, print_json_line, say
from muster_deploy.cli.stopping import run
from muster_deploy.cli.words import counted
from muster_deploy.errors import BadInput
from muster_deploy.settings import read_settings

if TYPE_CHECKING:
    from muster_contracts.topics import Topic

    from muster_deploy.cli.event_lines import Seen
    from muster_deploy.log_reading import LogReader

SINCE_HELP = "Begin at a day or time (2024-06-01), so long ago (2h), or an offset in each partition (@100; @-10 for the last ten)."


def tail(
    topic: Annotated[str, typer.Argument(help="Name of a topic, e.g. mission-events.")],
    types: Annotated[
        list[str] | None, typer.Option("--type", help="Only events of this type, with or without its version. May be given again.")
    ] = None,
    mission: Annotated[str | None, typer.Option(metavar="SLUG", help="Only events of this mission.")] = None,
    since: Annotated[str | None, typer.Option(metavar="WHEN", help=SINCE_HELP)] = None,
    from_beginning: Annotated[bool, typer.Option("--from-beginning", help="Begin with the oldest record, not with new ones.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="End after so many records.")] = None,
    follow: Annotated[
        bool, typer.Option("--follow/--no-follow", help="Wait for new records; or end with the newest one, beginning with the oldest.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print each record as a JSON object, one a line.")] = False,
) -> None:
    """Show the records of a topic as they come, until Ctrl-C: when, what, which mission, who, the figure, the words, and where it stands.

    What is there already comes in the order of its time on the log. A record that can't be read is shown as such. Joins no group and
    moves no offsets.
    """
    from muster_contracts.topics import TOPICS

    known = {one.name: one for one in TOPICS}
    if topic not in known:
        raise BadInput(f"There is no topic {topic} in the topic table.", remedy=f"There are {', '.join(known)}.")
    wanted = _Wanted(known[topic], types or [], mission)
    start = _start("@0" if since is None and (from_beginning or not follow) else since)
    run(_tail(wanted, start, limit=limit, follow=follow, as_json=as_json))


class _Wanted:
    """Which records are shown.

    Raises:
        BadInput: the topic carries no such type, or nothing of missions.
    """

    def __init__(self, topic: Topic, types: list[str], mission: str | None) -> None:
        self.topic = topic
        self._types = types
        self._mission = mission
        self.filters = bool(types or mission)
        self.unread = 0  # records that can't be read, and that nobody can say of whether they are wanted
        stems = {name.partition(".v")[0] for name in topic.models}
        if strangers := [one for one in types if re.sub(r"\.v\d+$", "", one) not in stems]:
            carried = ", ".join(sorted(stems)) or "dead letters, whatever their type"
            raise BadInput(f"{topic.name} carries no {', '.join(strangers)}.", remedy=f"It carries {carried}.")
        if mission is not None and not any("mission" in model.model_fields for model in topic.models.values()):
            raise BadInput(f"Nothing on {topic.name} is of a mission.", remedy="Leave --mission out, or tail mission-events.")

    def takes(self, one: Seen) -> bool:
        """Whether a record is shown."""
        if self._types and not (one.type in self._types or one.type.partition(".v")[0] in self._types):
            self.unread += one.error is not None and not one.type
            return False
        if self._mission is None:
            return True
        self.unread += one.error is not None
        return getattr(one.event, "mission", None) == self._mission


async def _tail(wanted: _Wanted, start: datetime | int | None, *, limit: int | None, follow: bool, as_json: bool) -> None:
    from muster_deploy.cli.event_lines import as_object, line, seen
    from muster_deploy.log_reading import LogReader
    from muster_deploy.stack import running_broker
    from muster_deploy.tailing import tail as records

    topic, shown = wanted.topic, 0
    async with LogReader(running_broker(read_settings()), client_id="muster-tail") as log:
        async for record in records(log, await _stretch(log, topic.name, start), follow=follow):
            if record is None:
                _check_reader()
                continue
            one = seen(topic, record)
            if not wanted.takes(one):
                continue
            if as_json:
                print_json_line(as_object(one))
            else:
                out.print(line(topic, one), soft_wrap=True)
            shown += 1
            if shown == limit:
                break
    if wanted.unread:
        say(f"not shown, since nobody can read them: {counted(wanted.unread, 'record')}; without --type and --mission they are")
    if not shown:
        say("nothing came" if start is None else f"{topic.name} holds nothing" + (" of the kind" if wanted.filters else ""))


async def _stretch(log: LogReader, topic: str, start: datetime | int | None) -> Any:
    partitions = await log.partitions([topic])
    if isinstance(start, datetime):
        return await log.whole(partitions, since=start)
    held = await log.whole(partitions)
    if start is None:
        return {place: (end, end) for place, (_, end) in held.items()}
    return {place: (min(max(first, start if start >= 0 else end + start), end), end) for place, (first, end) in held.items()}


def _start(since: str | None) -> datetime | int | None:
    """Where to begin: a time, an offset (negative: from the end), or None for what is new."""
    if since is None:
        return None
    if offset := re.fullmatch(r"@(-?\d{1,18})", since):
        return int(offset[1])
    return moment(since, "--since", now=datetime.now(UTC))


def _check_reader() -> None:
    """End where the reader of our output has gone: without this, `muster tail … | head` would end only with the next record.

    Raises:
        BrokenPipeError: nobody reads any more.
    """
    try:
        number = sys.stdout.fileno()
    except (OSError, ValueError):
        return  # no file of the system: somebody reads it in this process
    look = select.poll()
    look.register(number, 0)  # errors are told without being asked for
    if any(event & (select.POLLERR | select.POLLNVAL) for _, event in look.poll(0)):
        raise BrokenPipeError
