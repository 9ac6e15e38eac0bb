"""The one door to a language model: any server that speaks the OpenAI protocol, hosted or local.

The client library retries what is worth it (rate limits with their `Retry-After`, 5xx, broken connections). Structured
output is asked for as the server can: by schema, as any JSON, or in words alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from quizzer.errors import BadInput, Unable

CURE = "pip install 'quizzer-study[llm]' (in a checkout: python3 dev.py installs it)"
Messages = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said. `cut` where the server ended it at its limit, `refused` what it says when it will not."""

    text: str
    tokens_in: int = 0
    tokens_out: int = 0
    cut: bool = False
    refused: str = ""


class Model(Protocol):
    """A language model as drafting needs it."""

    @property
    def name(self) -> str:
        """Which model."""
        ...

    def ask(self, messages: Messages, schema: Mapping[str, Any], most_tokens: int) -> Reply:
        """One reply. Raises BadInput where the server refuses us, Unable where it can't be reached or fails."""
        ...


class Server:
    """A model behind an OpenAI-compatible address."""

    def __init__(self, name: str, url: str, key: str, *, seconds: float = 180.0, retries: int = 4) -> None:
        try:
            import openai
        except ImportError:
            raise Unable(
                "the library that speaks with language models is not installed", f"Install it with: {CURE}"
            ) from None
        host = urlsplit(url).hostname or ""
        # A server on this machine is never asked through a proxy.
        own = host in ("localhost", "127.0.0.1", "::1")
        self._errors: Any = openai
        self._client = openai.OpenAI(
            base_url=url, api_key=key or "none", timeout=seconds, max_retries=retries,
            http_client=openai.DefaultHttpxClient(trust_env=not own, timeout=seconds),
        )  # fmt: skip
        self.name = name
        self._place = host
        self._formats = ["json_schema", "json_object", ""]

    def close(self) -> None:
        """Let go of its connections."""
        self._client.close()

    def ask(self, messages: Messages, schema: Mapping[str, Any], most_tokens: int) -> Reply:
        """See `Model`."""
        while True:
            try:
                return self._reply(messages, schema, most_tokens)
            except self._errors.BadRequestError as error:
                # Older servers know no schema, some no JSON mode: the next best is asked for, and remembered.
                if len(self._formats) > 1 and "context" not in str(error).lower():
                    self._formats.pop(0)
                    continue
                raise BadInput(
                    f"the model's server refuses the request ({_short(error)})", "Mend QUIZZER_MODEL or its URL"
                ) from None

    def _reply(self, messages: Messages, schema: Mapping[str, Any], most_tokens: int) -> Reply:
        options: dict[str, Any] = {}
        if self._formats[0] == "json_schema":
            named = {"name": "questions", "schema": dict(schema), "strict": False}
            options["response_format"] = {"type": "json_schema", "json_schema": named}
        elif self._formats[0]:
            options["response_format"] = {"type": "json_object"}
        errors = self._errors
        try:
            create: Any = self._client.chat.completions.create  # plain maps, as the protocol has them
            found: Any = create(
                model=self.name, messages=[dict(message) for message in messages], temperature=0,
                max_tokens=most_tokens, **options,
            )  # fmt: skip
            choice = found.choices[0]
            said = choice.message
            usage = found.usage
            tokens = (int(usage.prompt_tokens), int(usage.completion_tokens)) if usage else (0, 0)
            refused = str(getattr(said, "refusal", "") or "")
            text = str(said.content or "").encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
            return Reply(text, *tokens, choice.finish_reason == "length", refused)
        except (errors.AuthenticationError, errors.PermissionDeniedError):
            raise BadInput(f"{self._place} refuses the key", "Set QUIZZER_MODEL_KEY") from None
        except errors.NotFoundError as error:
            raise BadInput(
                f"{self._place} has no model `{self.name}` ({_short(error)})", "Mend QUIZZER_MODEL or its URL"
            ) from None
        except errors.RateLimitError:
            raise Unable(
                f"{self._place} wants no more requests now", "Run it again later: what has come is kept"
            ) from None
        except errors.APITimeoutError:
            raise Unable(f"{self._place} took too long to answer", "Run it again: what has come is kept") from None
        except errors.APIConnectionError as error:
            raise Unable(
                f"the model's server {self._place} can't be reached ({_short(error)})",
                "Is it running? Mend QUIZZER_MODEL_URL",
            ) from None
        except errors.BadRequestError:
            raise
        except errors.APIStatusError as error:
            raise Unable(
                f"{self._place} failed ({_short(error)})", "Run it again later: what has come is kept"
            ) from None
        except (errors.OpenAIError, AttributeError, IndexError, TypeError, ValueError):
            raise Unable(f"{self._place} does not answer as the protocol has it", "Mend QUIZZER_MODEL_URL") from None


def _short(error: object) -> str:
    return " ".join(str(error).split())[:120]
