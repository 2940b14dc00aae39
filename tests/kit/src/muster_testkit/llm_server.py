"""A server that speaks the OpenAI protocol over real HTTP, and answers as a test tells it to: well, wrongly, slowly, or not at all."""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Pace = Literal["at once", "never", "dripping"]


@dataclass(frozen=True)
class Reply:
    """One response. `never` sends nothing, `dripping` its bytes one by one, each a moment after the last; both until the server closes."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    pace: Pace = "at once"
    cut: bool = False
    """Breaks off in the middle."""


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def authorization(self) -> str | None:
        """How the client named itself."""
        return self.headers.get("authorization")

    @property
    def turns(self) -> list[dict[str, str]]:
        """The conversation."""
        turns: list[dict[str, str]] = self.body["messages"]
        return turns


def content(text: str | None, *, finish: str = "stop", tokens: int | None = 1_200, **message: Any) -> Reply:
    """A completion whose one choice says `text`."""
    completion = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_719_187_200,
        "model": "test-model",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text, **message}, "finish_reason": finish}],
    }
    if tokens is not None:
        completion["usage"] = {"prompt_tokens": tokens - 200, "completion_tokens": 200, "total_tokens": tokens}
    return Reply(json.dumps(completion).encode())


def told(*events: Mapping[str, Any], tokens: int | None = 1_200) -> Reply:
    """A completion that tells events."""
    return content(json.dumps({"events": list(events)}), tokens=tokens)


def failed(status: int, message: str = "no", **headers: str) -> Reply:
    """An error in the protocol's form. Headers are given in Python's spelling: `retry_after="3"`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(json.dumps({"error": {"message": message}}).encode(), status, {"Content-Type": "application/json", **named})


class LlmServer:
    """Gives its replies in order, the last one again and again; `asked` holds the requests."""

    def __init__(self, replies: Iterable[Reply]) -> None:
        self._replies = list(replies)
        self._lock = threading.Lock()
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    @property
    def base_url(self) -> str:
        """What a client is given as its base address."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    @property
    def calls(self) -> int:
        """How often it was asked."""
        return len(self.asked)

    def will(self, *replies: Reply) -> None:
        """Gives these replies from now on."""
        with self._lock:
            self._replies = list(replies)

    def reply_to(self, asked: Asked) -> Reply:
        """The next reply."""
        with self._lock:
            self.asked.append(asked)
            return self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]

    def close(self) -> None:
        """Lets go of whoever still waits, and of the port."""
        self.closing.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@contextmanager
def llm_server(*replies: Reply) -> Iterator[LlmServer]:
    """A server on a free loopback port."""
    server = LlmServer(replies)
    try:
        yield server
    finally:
        server.close()


DRIP_SECONDS = 0.02


def _handler(server: LlmServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            reply = server.reply_to(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            try:
                self._send(reply)
            except OSError:
                self.close_connection = True  # the client gave up: what the slow replies are for

        def _send(self, reply: Reply) -> None:
            if reply.pace == "never":
                server.closing.wait()
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if reply.pace == "dripping":
                for byte in reply.body:
                    self.wfile.write(bytes([byte]))
                    if server.closing.wait(DRIP_SECONDS):
                        self.close_connection = True
                        return
            elif reply.cut:
                self.wfile.write(reply.body[: len(reply.body) // 2])
                self.close_connection = True
            else:
                self.wfile.write(reply.body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class names it so
            """Says nothing: the requests are kept."""

    return Handler
