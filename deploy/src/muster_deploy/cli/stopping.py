"""Work in an event loop that ends cleanly at Ctrl-C, SIGTERM and a closed terminal."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end, or until a signal cancels it; what it has to finish or close, it does.

    Raises:
        KeyboardInterrupt: a signal ended it. Raised here, not within the loop, where a task would report it as lost.
    """
    ended: list[T] = []

    async def cancellable() -> None:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, task.cancel)
        try:
            ended.append(await work)
        except asyncio.CancelledError:
            return
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                loop.remove_signal_handler(number)

    asyncio.run(cancellable())
    if not ended:
        raise KeyboardInterrupt
    return ended[0]
