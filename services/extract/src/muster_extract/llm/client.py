"""The endpoint: one question, one answer, within a time. The client library is imported at the first question."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, cast

from pydantic import BaseModel, ValidationError

from muster_extract.llm.prompt import Message
from muster_extract.llm.told import schema
from muster_extract.settings import LlmSettings

if TYPE_CHECKING:
    import openai

LONGEST_ANSWER = 4_000_000
"""Bytes of a response that are read: far above any list of events, and a bound on what a broken server can make us hold."""


class NoAnswer(Exception):
    """The endpoint gave no answer.

    Attributes:
        why: one line, without anything secret.
        again: whether asking once more can help.
        wait: seconds that the endpoint asks to be left alone; None where it says nothing.
    """

    def __init__(self, why: str, *, again: bool = False, wait: float | None = None) -> None:
        super().__init__(why)
        self.why, self.again, self.wait = why, again, wait


@dataclass(frozen=True)
class Answer:
    """What the model wrote, and the tokens that the endpoint charges for; None where it does not say."""

    text: str
    tokens: int | None


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    total_tokens: int | None = None


class _Completion(BaseModel):
    choices: list[_Choice]
    usage: _Usage | None = None


class Endpoint:
    """An endpoint that speaks the OpenAI protocol. Call it from no running loop, and from one thread at a time."""

    def __init__(self, settings: LlmSettings) -> None:
        self._settings = settings
        self._runner = asyncio.Runner()  # one loop for all questions, so that connections are kept
        self._client: openai.AsyncOpenAI | None = None

    def ask(self, conversation: Sequence[Message]) -> Answer:
        """The model's answer.

        Raises:
            NoAnswer: the endpoint failed, refused, took too long, or sent what is no completion.
        """
        return self._runner.run(self._ask(conversation))

    def close(self) -> None:
        """Lets the connections go."""
        if self._client is not None:
            self._runner.run(self._client.close())
            self._client = None
        self._runner.close()

    async def _ask(self, conversation: Sequence[Message]) -> Answer:
        import httpx2
        import openai  # an extra: the rules alone never need it

        seconds = self._settings.timeout_seconds
        try:
            # The library's own timeout counts from byte to byte: a server that drips would hold it for ever.
            async with asyncio.timeout(seconds):
                body = await self._body(conversation)
        except (TimeoutError, openai.APITimeoutError):
            raise NoAnswer(f"no answer within {seconds:g} s") from None
        except openai.APIConnectionError as error:
            raise NoAnswer(f"the endpoint can't be reached ({type(error.__cause__ or error).__name__})") from None
        except httpx2.HTTPError as error:  # while the response is read, past the library's own care
            raise NoAnswer(f"the endpoint broke off ({type(error).__name__})", again=True) from None
        except openai.APIStatusError as error:
            raise self._failed(error) from None
        except openai.OpenAIError as error:
            raise NoAnswer(f"the client failed ({type(error).__name__})", again=True) from None
        return _answer(body)

    async def _body(self, conversation: Sequence[Message]) -> bytes:
        import openai

        settings, body = self._settings, bytearray()
        async with self._connected().chat.completions.with_streaming_response.create(
            model=settings.model,
            messages=cast(Any, list(conversation)),
            temperature=0,
            seed=openai.omit if settings.seed is None else settings.seed,
            max_tokens=settings.answer_tokens,
            response_format={"type": "json_schema", "json_schema": {"name": "mission_events", "strict": True, "schema": schema()}},
        ) as response:
            async for piece in response.iter_bytes():
                body += piece
                if len(body) > LONGEST_ANSWER:
                    raise NoAnswer(f"the response is longer than {LONGEST_ANSWER} bytes")
        return bytes(body)

    def _connected(self) -> "openai.AsyncOpenAI":
        import openai

        if self._client is None:
            client = openai.AsyncOpenAI(
                base_url=self._settings.base_url,
                api_key=self._settings.api_key.get_secret_value() or "none",  # servers of one's own ask for no key; the library does
                timeout=self._settings.timeout_seconds,
                max_retries=0,  # the one retry is the coder's: it counts against the budget
                http_client=openai.DefaultAsyncHttpx2Client(follow_redirects=False),  # no server sends a text on to another
            )
            client.organization = client.project = None  # else what OPENAI_ORG_ID names would go to any server
            self._client = client
        return self._client

    def _failed(self, error: "openai.APIStatusError") -> NoAnswer:
        status = error.status_code
        said = error.message.removeprefix(f"Error code: {status} - ")[:200]
        if key := self._settings.api_key.get_secret_value():
            said = said.replace(key, "…")
        busy = status in {408, 409, 429} or status >= 500
        return NoAnswer(f"the endpoint answered {status}: {said}", again=busy, wait=_seconds(error.response.headers.get("retry-after")))


def _answer(body: bytes) -> Answer:
    try:
        completion = _Completion.model_validate_json(body)
    except ValidationError:
        raise NoAnswer("the endpoint sent what is no completion", again=True) from None
    if not completion.choices:
        raise NoAnswer("the endpoint sent a completion without a choice", again=True)
    choice = completion.choices[0]
    if choice.finish_reason == "length":
        raise NoAnswer("the answer was cut off at its limit of tokens")
    if choice.message.refusal or choice.message.content is None:
        raise NoAnswer("the model refused to answer")
    return Answer(choice.message.content, completion.usage.total_tokens if completion.usage else None)


def _seconds(retry_after: str | None) -> float | None:
    """A Retry-After header (RFC 9110, section 10.2.3) in seconds from now; None where there is none to be understood."""
    if not retry_after:
        return None
    with suppress(ValueError):
        return max(0.0, float(retry_after))
    with suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    return None
