"""A network cable that can be pulled: a real outage of one server for one client, without stopping the server for the others."""

import asyncio
from urllib.parse import urlsplit, urlunsplit


class Cable:
    """Forwards connections to a server. `async with Cable(url) as cable` and give the client `cable.url`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        assert parts.port is not None
        self._server = (parts.hostname, parts.port)
        self._parts = parts
        self._port = 0
        self._listener: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        """The server's address, by way of the cable."""
        user, _, _host = self._parts.netloc.rpartition("@")
        return urlunsplit(self._parts._replace(netloc=f"{user}@127.0.0.1:{self._port}"))

    async def plug(self) -> None:
        """Let connections through, on the same port as before."""
        self._listener = await asyncio.start_server(self._forward, "127.0.0.1", self._port)
        self._port = self._listener.sockets[0].getsockname()[1]

    async def pull(self) -> None:
        """Cut all connections, and refuse new ones."""
        if self._listener is not None:
            self._listener.close()
        for end in list(self._open):
            end.transport.abort()
        self._listener = None

    async def __aenter__(self) -> "Cable":
        await self.plug()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.pull()

    async def _forward(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        there, onward = await asyncio.open_connection(*self._server)
        self._open |= {back, onward}
        await asyncio.gather(_pump(here, onward), _pump(there, back))
        self._open -= {back, onward}


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    try:
        while part := await source.read(65536):
            sink.write(part)
            await sink.drain()
    except (ConnectionError, asyncio.CancelledError):
        pass
    finally:
        sink.close()
