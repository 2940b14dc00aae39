"""A schema registry's REST interface, as Confluent documents it ('Schema Registry API Reference') and others speak it too."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import quote, urlsplit, urlunsplit

import httpx

from muster_contracts.ids import canonical_json

MEDIA_TYPE: Final = "application/vnd.schemaregistry.v1+json"
LEVEL: Final = "BACKWARD_TRANSITIVE"
"""A new reader reads all that was ever written: the log is replayed from offset 0."""

UNKNOWN: Final = frozenset({40401, 40402, 40403})
"""Error codes of a subject, a version and a schema that are not there."""

NO_LEVEL: Final = frozenset({40401, 40408})
"""Error codes of a subject without a compatibility level of its own."""


class RegistryError(Exception):
    """The registry can't be asked, or refuses. Says in one line what and where; `status` is the answer's, None where there was none."""

    def __init__(self, message: str, *, status: int | None = None, code: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class Registry:
    """A client for one registry. A user and password may stand in the address; they are sent, and never shown.

    Args:
        address: e.g. `http://127.0.0.1:8081`, or `http://127.0.0.1:8080/apis/ccompat/v7`.
        seconds: how long an answer may take.
    """

    def __init__(self, address: str, *, seconds: float = 10) -> None:
        self.shown = shown(address)
        headers = {"accept": f"{MEDIA_TYPE}, application/json;q=0.9", "content-type": MEDIA_TYPE}
        self._client = httpx.Client(base_url=address.rstrip("/"), headers=headers, timeout=seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._client.close()

    def find(self, subject: str, schema: Mapping[str, Any]) -> int | None:
        """The id under which a subject has this very schema; None where it doesn't."""
        found = self._ask("POST", f"/subjects/{quote(subject, safe='')}", _body(schema), unless=UNKNOWN)
        return None if found is None else _whole(found, "id", self.shown)

    def versions(self, subject: str) -> list[int]:
        """The versions that a subject has; none where it isn't there."""
        return self._ask("GET", f"/subjects/{quote(subject, safe='')}/versions", unless=UNKNOWN) or []

    def incompatibilities(self, subject: str, schema: Mapping[str, Any]) -> list[str]:
        """What would break readers of the subject's versions, by the registry's own words; empty where nothing would."""
        path = f"/compatibility/subjects/{quote(subject, safe='')}/versions?verbose=true"
        told = self._ask("POST", path, _body(schema), unless=UNKNOWN)
        if told is None or told.get("is_compatible"):
            return []
        messages = told.get("messages") or [told.get("reason") or "incompatible, and the registry does not say in what"]
        return [str(message) for message in messages]

    def register(self, subject: str, schema: Mapping[str, Any]) -> int:
        """Add a schema as the subject's next version, and return its id. One that is there already keeps its id."""
        return _whole(self._ask("POST", f"/subjects/{quote(subject, safe='')}/versions", _body(schema)), "id", self.shown)

    def level(self, subject: str) -> str | None:
        """The compatibility level of a subject; None where it has none of its own."""
        told = self._ask("GET", f"/config/{quote(subject, safe='')}", unless=NO_LEVEL)
        return None if told is None else str(told.get("compatibilityLevel"))

    def set_level(self, subject: str, level: str = LEVEL) -> None:
        """Set the compatibility level of a subject."""
        self._ask("PUT", f"/config/{quote(subject, safe='')}", {"compatibility": level})

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None, *, unless: frozenset[int] = frozenset()) -> Any:
        """The answer's JSON; None for an error with one of the codes `unless`.

        Raises:
            RegistryError: no answer, an error, or an answer that is no registry's.
        """
        try:
            answer = self._client.request(method, path, content=None if body is None else canonical_json(body).encode())
        except httpx.TimeoutException:
            raise RegistryError(f"{self.shown} does not answer in time") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise RegistryError(f"no registry answers at {self.shown}: {error}") from None
        try:
            told = answer.json()
        except ValueError:
            told = None
        if answer.is_success and told is not None:
            return told
        code = told.get("error_code") if isinstance(told, dict) else None
        if code in unless:
            return None
        if answer.status_code in (401, 403):
            raise RegistryError(f"{self.shown} refuses: user and password belong into the address", status=answer.status_code, code=code)
        if code is None:
            said = f"{method} {path.split('?')[0]} gave status {answer.status_code} and no registry's JSON"
            raise RegistryError(f"{self.shown} is no schema registry: {said}", status=answer.status_code)
        raise RegistryError(f"{self.shown}: {told.get('message') or answer.reason_phrase} ({code})", status=answer.status_code, code=code)


def shown(address: str) -> str:
    """The address without user and password."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _body(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"schemaType": "JSON", "schema": canonical_json(schema)}


def _whole(told: Any, name: str, at: str) -> int:
    number = told.get(name) if isinstance(told, dict) else None
    if not isinstance(number, int):
        raise RegistryError(f"{at} is no schema registry: its answer has no {name}")
    return number
