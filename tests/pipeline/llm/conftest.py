"""A local stub of an OpenAI-compatible server that answers as a test wants: rightly, wrongly, slowly or not at all."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from communique.codebook import Codebook, load_codebook
from communique.lexicon import Lexicon, load_lexicon
from communique.pipeline.llm import ChatClient, LlmReader, LlmSettings
from communique.pipeline.run import Coder
from communique.records import Document
from communique.text import content_hash

TITLE = "Mongolian minister in Ankara"
BODY = (
    "Mongolian Defence Minister Batsaikhan Dorj travelled to Ankara on Monday for a two-day visit.\n\n"
    "On Tuesday he met Turkish Defence Minister Selim Kaya, the Anadolu agency said.\n\n"
    "The two armies had last trained together in the Gobi in May 2019."
)
VISIT = {
    "type": "visit",
    "mode": "official",
    "status": "occurred",
    "evidence": ["Mongolian Defence Minister Batsaikhan Dorj travelled to Ankara on Monday"],
    "participants": [
        {
            "role": "visitor",
            "mention": "Mongolian Defence Minister Batsaikhan Dorj",
            "kind": "person",
            "name": "Batsaikhan Dorj",
            "post": "Defence Minister",
            "rank": None,
            "acts_for": "Mongolia",
        },
        {"role": "host", "mention": "Turkish", "kind": "country", "name": None, "acts_for": "Turkey"},
    ],
    "time": "told",
    "date_words": ["on Monday"],
    "place_words": "Ankara",
    "place_country": "Turkey",
    "voice": {"kind": "outlet", "name": None},
    "domains": ["training"],
    "aggregate": False,
    "claims": [],
    "details": [],
}


@dataclass
class Reply:
    """One answer of the stub. `reports` make a chat completion; `raw` are bytes in its place."""

    reports: list[dict[str, Any]] | None = None
    text: str | None = None
    raw: bytes | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    finish: str = "stop"
    usage: dict[str, int] | None = field(default_factory=lambda: {"prompt_tokens": 1000, "completion_tokens": 100})

    def body(self) -> bytes:
        """The bytes that go out."""
        if self.raw is not None:
            return self.raw
        text = self.text if self.text is not None else json.dumps({"reports": self.reports or []})
        message = {"role": "assistant", "content": text}
        whole: dict[str, Any] = {"choices": [{"message": message, "finish_reason": self.finish}]}
        if self.usage is not None:
            whole["usage"] = self.usage
        return json.dumps(whole).encode()


Script = Callable[[dict[str, Any]], Reply]


class Stub:
    """The server. `script` makes a reply of each request; `requests` are those that came."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.script: Script = lambda request: Reply([])
        self.busy = self.most = 0
        stub, lock = self, threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with lock:
                    stub.requests.append(request)
                    stub.headers.append(dict(self.headers.items()))
                    stub.busy += 1
                    stub.most = max(stub.most, stub.busy)
                    reply = stub.script(request)
                time.sleep(reply.delay)
                with lock:
                    stub.busy -= 1
                self.answer(reply)

            def answer(self, reply: Reply) -> None:
                data = reply.body()
                try:
                    self.send_response(reply.status)
                    for name, value in {"Content-Length": str(len(data)), **reply.headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    for number in range(len(data) if reply.drip else 1):
                        self.wfile.write(data[number : number + 1] if reply.drip else data)
                        self.wfile.flush()
                        time.sleep(reply.drip)
                except OSError:
                    pass  # the client has gone

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def in_turn(self, *replies: Reply) -> None:
        """Give the replies one after the other, the last one for ever."""
        left = list(replies)
        self.script = lambda request: left.pop(0) if len(left) > 1 else left[0]

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A fresh stub on a free port of this machine."""
    server = Stub()
    yield server
    server.close()


@pytest.fixture
def settings(stub: Stub, tmp_path: Path) -> Callable[..., LlmSettings]:
    """Makes settings that lead to the stub; answers are kept in the test's folder."""

    def made(**changes: Any) -> LlmSettings:
        given: dict[str, Any] = {"url": stub.url, "model": "stub-1", "timeout": 5.0, "cache": str(tmp_path / "cache")}
        return LlmSettings(**(given | changes))

    return made


@pytest.fixture
def client(settings: Callable[..., LlmSettings]) -> Iterator[Callable[..., ChatClient]]:
    """Makes clients of the stub that note how long they would wait instead of waiting (`waits`)."""
    made: list[ChatClient] = []

    def new(**changes: Any) -> ChatClient:
        waits: list[float] = []
        one = ChatClient(settings(**changes), sleep=waits.append)
        one.waits = waits  # type: ignore[attr-defined]
        made.append(one)
        return one

    yield new
    for one in made:
        one.close()


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return load_codebook()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture
def reader(client: Callable[..., ChatClient], codebook: Codebook, lexicon: Lexicon) -> Callable[..., LlmReader]:
    """Makes readers of the stub."""

    def new(cache: Path | None = None, **changes: Any) -> LlmReader:
        return LlmReader(client(**changes), codebook, lexicon, cache)

    return new


@pytest.fixture
def llm_coder(settings: Callable[..., LlmSettings]) -> Callable[..., Coder]:
    """Makes llm coders of the stub."""
    return lambda **changes: Coder("llm", llm=settings(**changes))


def article(body: str = BODY, title: str | None = TITLE, ident: str = "d1", **known: Any) -> Document:
    """A document published on Thursday, 10 June 2021."""
    text = f"{title}\n\n{body}" if title else body
    given = {"outlet": "Reef Daily", "published": dt.date(2021, 6, 10), "lang": "en"} | known
    return Document(id=ident, text=text, title=title, hash=content_hash(text), **given)


@pytest.fixture(scope="session")
def make_article() -> Callable[..., Document]:
    return article


@pytest.fixture
def visit() -> dict[str, Any]:
    """A right report of the article's first event, free to be spoilt."""
    copy: dict[str, Any] = json.loads(json.dumps(VISIT))
    return copy


@pytest.fixture(scope="session")
def reply() -> type[Reply]:
    return Reply
