"""docs/tutorial.md with what its commands print: `python -m communique.cli.tour` runs them and pastes their output.

A block of commands (```sh) is followed by a block of what they print (```text). `<!-- id: SELECT ... -->` before a
block stands for the id in it: the id that the query finds is written in its place, so that a better coder, which may
give other ids, leaves the tour whole. A block of Python (```python) is run too.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

from typer.testing import CliRunner

from communique.cli.app import app
from communique.errors import InputError
from communique.store import Record

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "tutorial.md"
RECORD = "tour"
STEP = re.compile(
    r"(?:<!-- id: (?P<query>[^\n]+) -->\n)?```(?P<kind>sh|python)\n(?P<told>.*?)```\n"
    r"(?:\n```text\n(?P<shown>.*?)```\n)?",
    re.DOTALL,
)
IDENT = re.compile(r"\b[0-9a-f]{16}\b|\bID\b")
STATUSES = (0, 2)
"""What a command of the tour may end with; it shows an error or two on purpose."""
Ran = tuple[str, int, str]
"""A command, its exit status and what it printed."""


def tour(text: str, folder: Path) -> tuple[str, list[Ran]]:
    """The page with what its commands print, and the commands that were run in the folder."""
    ran: list[Ran] = []
    (folder / "src").symlink_to(ROOT / "src")
    with chdir(folder):
        page = STEP.sub(lambda found: step(found, ran.append), text)
    return page, ran


def step(found: re.Match[str], note: Callable[[Ran], None]) -> str:
    """One block run, with its present ids and output."""
    told, query = found["told"], found["query"]
    head = f"<!-- id: {query} -->\n" if query else ""
    if query:
        told = IDENT.sub(ident(query), told)
    if found["kind"] == "python":
        exec(compile(told, str(PAGE), "exec"), {})
        return f"{head}```python\n{told}```\n"
    shown = "".join(run(command, note) for command in commands(told))
    return f"{head}```sh\n{told}```\n\n```text\n{shown}```\n"


def commands(block: str) -> Iterator[str]:
    """The commands of a block, each on one line."""
    for line in block.splitlines():
        if not line.startswith("communique "):
            raise InputError(f"{PAGE.name}: {line!r} is no command of communique; write one a line")
        yield line


def run(command: str, note: Callable[[Ran], None]) -> str:
    """What a command prints on a screen of 80 columns."""
    width, os.environ["COLUMNS"] = os.environ.get("COLUMNS"), "80"
    try:
        result = CliRunner().invoke(app, shlex.split(command)[1:])
    finally:
        del os.environ["COLUMNS"]
        if width is not None:
            os.environ["COLUMNS"] = width
    note((command, result.exit_code, result.output))
    if result.exit_code not in STATUSES:
        raise InputError(f"{PAGE.name}: {command!r} ends with status {result.exit_code}: {result.output}")
    return "".join(f"{line.rstrip()}\n" for line in result.output.splitlines())


def ident(query: str) -> str:
    """The id that a query finds in the record of the tour."""
    with Record.open(RECORD, read_only=True) as record:
        rows = record.sql(query).to_pylist()
    if not rows:
        raise InputError(f"{PAGE.name}: nothing answers {query!r}; ask for something that the record has")
    return str(next(iter(rows[0].values())))


def main() -> None:
    """Write the page anew."""
    with tempfile.TemporaryDirectory() as folder:
        page, _ = tour(PAGE.read_text(encoding="utf-8"), Path(folder))
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
