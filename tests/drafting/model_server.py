"""A server that speaks the chat-completions protocol and answers as a test has written."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[[dict[str, Any], int], Any]
"""From a request and its number, from 0: a text, a whole body (dict), or (status, body, headers)."""


@dataclass
class ModelServer:
    """The address, the requests that came, and what is answered next."""

    url: str
    script: Script = lambda request, number: '{"questions": []}'
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def completion(text: str, finish: str = "stop", refusal: str | None = None) -> dict[str, Any]:
    """A reply as the protocol has it."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    return {
        "id": "c1", "object": "chat.completion", "created": 1, "model": "tiny",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }  # fmt: skip


@contextmanager
def serving() -> Iterator[ModelServer]:
    """The server, until the test ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            number = len(server.requests)
            server.requests.append(request)
            server.headers.append({name.lower(): value for name, value in self.headers.items()})
            answer = server.script(request, number)
            status, headers = 200, {}
            if isinstance(answer, tuple):
                status, answer, headers = answer
            if isinstance(answer, float):
                time.sleep(answer)
                answer = "{}"
            data = answer if isinstance(answer, bytes) else json.dumps(
                completion(answer) if isinstance(answer, str) else answer).encode()  # fmt: skip
            try:
                self.send_response(status)
                for name, value in {
                    "Content-Type": "application/json",
                    "Content-Length": str(len(data)),
                    **headers,
                }.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
            except (BrokenPipeError, ConnectionResetError):
                pass

        def log_message(self, format: str, *args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server = ModelServer(f"http://127.0.0.1:{http.server_address[1]}/v1")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
