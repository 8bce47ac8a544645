"""Reads HTML pages: trafilatura finds the article in a child process whose time and memory are capped."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from communique.errors import InputError, UnreadableInput
from communique.pipeline.read.assemble import LONGEST_TEXT, Defaults, as_date, document_from_text
from communique.pipeline.read.decoding import decode
from communique.records import Document, Quarantined

SECONDS = 20.0  # an ordinary page takes about 0.05 s
MEMORY = 2 * 2**30  # bytes of address space; the libraries alone reserve about a tenth of it
LARGEST_PAGE = 10_000_000  # bytes
CHILD = Path(__file__).with_name("html_child.py")


class PageReader:
    """A child process that turns pages into text, started at the first page and anew after one that killed it."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """Limits per page: seconds, and bytes of the child's address space."""
        self.seconds = seconds
        self.memory = memory
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> PageReader:
        """Itself; the child starts when it is needed."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Ends the child."""
        self.stop()

    def page(self, html: str) -> dict[str, Any]:
        """The page's text and metadata, or {"error": why}, within the time limit whatever the page holds."""
        process = self.running()
        answers: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=exchange, args=(process, html, answers), daemon=True).start()
        try:
            answer = answers.get(timeout=self.seconds)
        except queue.Empty:
            self.stop()
            return {"error": f"no answer within {self.seconds:g} s; save the page's text and read that"}
        if not answer:
            self.stop()
            return {"error": "the page ended the reading process (memory?); save its text and read that"}
        loaded: dict[str, Any] = json.loads(answer)
        return loaded

    def running(self) -> subprocess.Popen[bytes]:
        """The child, started if there is none alive."""
        if self.process is None or self.process.poll() is not None:
            # -P: the folder of the script, whose modules are communique's, must not be on the child's path.
            command = [sys.executable, "-P", str(CHILD), str(self.memory)]
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self.process

    def stop(self) -> None:
        """Kills the child, if there is one, and waits for its end."""
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was still to be written to the dead child
                    pipe.close()
        self.process = None


def exchange(process: subprocess.Popen[bytes], html: str, answers: queue.Queue[bytes]) -> None:
    """Sends one page and puts the child's line into `answers`: an empty one when the child has died."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps({"html": html}).encode("ascii") + b"\n")
        process.stdin.flush()
        answers.put(process.stdout.readline())
    except (OSError, ValueError):
        answers.put(b"")


def read_page(data: bytes, source: str, defaults: Defaults, reader: PageReader) -> Document | Quarantined:
    """The document of an HTML page's bytes, or why it is none."""
    if len(data) > LARGEST_PAGE:
        return Quarantined(source=source, reason="too_large", detail=f"{len(data)} bytes, over {LARGEST_PAGE}")
    try:
        decoded = decode(data, html=True)
    except UnreadableInput as broken:
        return Quarantined(source=source, reason="encoding", detail=str(broken))
    if decoded.note is not None:
        defaults.note(f"{source}: {decoded.note}")
    page = reader.page(decoded.text)
    if "error" in page:
        return Quarantined(source=source, reason="html_extraction", detail=page["error"])
    if len(page["text"]) > LONGEST_TEXT:
        return Quarantined(
            source=source, reason="too_large", detail=f"{len(page['text'])} characters of text; split it"
        )
    try:
        return from_page(page, source, defaults)
    except InputError as broken:
        return Quarantined(source=source, reason="schema", detail=str(broken))


def from_page(page: dict[str, Any], source: str, defaults: Defaults) -> Document:
    """The Document of what the child found. What the caller says goes before what the page says of itself."""
    title = " ".join((page["title"] or "").split())
    lines = [line.strip() for line in page["text"].split("\n") if line.strip()]
    if lines and title and lines[0] == title:
        del lines[0]
    return document_from_text(
        "\n\n".join(lines),
        title=title,
        byline=page["byline"],
        outlet=defaults.outlet or page["outlet"],
        published=defaults.published or as_date(page["published"]),
        url=page["url"],
        lang=defaults.lang,
        source=source,
    )
