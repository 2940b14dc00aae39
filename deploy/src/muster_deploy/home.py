"""The home folder of a local stack: where its data, logs and state lie, and who may change them now."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from muster_deploy.errors import BadInput, OperatorError


@dataclass(frozen=True)
class Home:
    """Paths below one home folder. Two homes share nothing, so two stacks can run side by side."""

    folder: Path

    @property
    def kafka(self) -> Path:
        return self.folder / "kafka"

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def stack_state(self) -> Path:
        """Written by `up` and `down`, under the lock."""
        return self.folder / "stack.json"

    @property
    def services_state(self) -> Path:
        """Written by the supervisor alone."""
        return self.folder / "services.json"

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def make(self) -> None:
        """Make the folder.

        Raises:
            BadInput: it can't be made or written.
        """
        try:
            self.logs.mkdir(parents=True, exist_ok=True)
            (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
        except OSError as error:
            raise BadInput(
                f"The home folder {self.folder} can't be used: {error.strerror}.", remedy="Set MUSTER_HOME to a folder that can be written."
            ) from error

    @contextmanager
    def locked(self, seconds: float = 120.0) -> Iterator[None]:
        """Hold the right to change this stack: one `up` or `down` at a time.

        The kernel lets the lock go when its holder ends, however it ends.
        """
        self.make()
        with (self.folder / "lock").open("a+") as lock:
            deadline = time.monotonic() + seconds
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise OperatorError(
                            f"Another muster command has been changing {self.folder} for {seconds:.0f} s.",
                            remedy="Wait for it to end, or stop it.",
                        ) from None
                    time.sleep(0.1)
            yield


def write_whole(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Replace a file in one step, so that no reader and no crash ever sees half of it.

    Args:
        mode: readable by its owner alone where nothing else is said, since the stack's state holds a password.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(mode)
    fresh.replace(path)
