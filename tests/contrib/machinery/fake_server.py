"""A server on 127.0.0.1 that speaks as DeepL, LibreTranslate and OpenAI document it.

`python -m tests.contrib.machinery.fake_server PORT` serves a second reader to look at the screen
with, who minds the end of each translation.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Words = Callable[[str], str]
KEY = "test-key:fx"


def shout(text: str) -> str:
    """A translation that keeps every tag: the words in capitals."""
    pieces, inside = [], False
    for character in text:
        inside = (inside or character == "<") and character != ">"
        pieces.append(character if inside or character == ">" else character.upper())
    return "".join(pieces)


def said(content: Any) -> dict[str, Any]:
    """A model's answer."""
    return {"choices": [{"message": {"role": "assistant", "content": content}}]}


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, *args: Any) -> None:
        """A client that gave up waiting is no news."""


@dataclass
class FakeServer:
    """`answers` come first, as (status, JSON or text); then each text is translated by `words`, and
    of segments that are to be read it says `minded`."""

    words: Words = shout
    minded: Callable[[list[dict[str, Any]]], list[Any]] = lambda segments: []
    answers: list[tuple[int, Any]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    url: str = ""

    def start(self, port: int = 0) -> str:
        self.http = QuietServer(("127.0.0.1", port), _handler(self))
        return f"http://127.0.0.1:{self.http.server_port}"

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, Any]:
        request = json.loads(body)
        self.paths.append(path)
        self.headers.append(headers)
        self.requests.append(request)
        if self.answers:
            return self.answers.pop(0)
        if path.endswith("/chat/completions"):
            return self._chat(headers, request)
        return self._deepl(headers, request, body) if "v2" in path else self._libre(request)

    def _chat(self, headers: dict[str, str], request: Any) -> tuple[int, Any]:
        if headers.get("Authorization", f"Bearer {KEY}") != f"Bearer {KEY}":
            return 401, {"error": {"message": "Incorrect API key provided"}}
        content = json.loads(request["messages"][-1]["content"])
        if "segments" in content:
            return 200, said(json.dumps(self.minded(content["segments"])))
        texts = content["texts"]
        return 200, said(json.dumps([self.words(text) for text in texts]))

    def _deepl(self, headers: dict[str, str], request: Any, body: bytes) -> tuple[int, Any]:
        if headers.get("Authorization") != f"DeepL-Auth-Key {KEY}":
            return 403, ""
        if len(body) > 128 * 1024:
            return 413, {"message": "Request Entity Too Large"}
        if len(request["text"]) > 50:
            return 400, {"message": "Too many texts"}
        texts = [self.words(text) for text in request["text"]]
        found = [{"detected_source_language": "EN", "text": text} for text in texts]
        return 200, {"translations": found}

    def _libre(self, request: Any) -> tuple[int, Any]:
        if request.get("api_key", KEY) != KEY:
            return 403, {"error": "Invalid API key"}
        return 200, {"translatedText": [self.words(text) for text in request["q"]]}


def _handler(fake: FakeServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, data = fake.answer(self.path, dict(self.headers), body)
            answer = data.encode() if isinstance(data, str) else json.dumps(data).encode()
            self.send_response(status)
            if status in (301, 302, 307, 308):
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


def _last_words(segments: list[dict[str, Any]]) -> list[Any]:
    return [
        {
            "segment": one["segment"],
            "source": one["source"].split()[0],
            "target": one["translation"][-3:],
            "kind": "mistranslation",
            "severity": "minor",
            "comment": "句末与原文不一致。",
        }
        for one in segments
    ]


if __name__ == "__main__":
    fake = FakeServer(minded=_last_words)
    fake.start(int(sys.argv[1]))
    fake.http.serve_forever()
