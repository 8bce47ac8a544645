"""What a person sees on standard error while something runs: a bar, notes and a summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Item = TypeVar("Item")
CHUNK = 1 << 20
LINES = {".jsonl", ".ndjson"}


class Screen:
    """Standard error as a person sees it; silent when quiet, without a bar where it is no terminal."""

    def __init__(self, *, quiet: bool = False) -> None:
        """A screen that says nothing when `quiet`."""
        self.console = Console(stderr=True, quiet=quiet, highlight=False)

    def note(self, words: str) -> None:
        """Says a line without disturbing the bar."""
        self.console.print(escape(words), style="dim", soft_wrap=True)

    def say(self, words: str) -> None:
        """Says a line."""
        self.console.print(escape(words), soft_wrap=True)

    def following(self, items: Iterable[Item], label: str, total: int | None = None) -> Iterator[Item]:
        """The items, with a bar that moves on when the next one is asked for."""
        if not self.console.is_terminal or self.console.quiet:
            yield from items
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeElapsedColumn(), console=self.console, transient=True) as progress:
            task = progress.add_task(label, total=total)
            for done, item in enumerate(items, start=1):
                yield item
                if total is not None and done > total:
                    total = None
                progress.update(task, completed=done, total=total)

    @contextmanager
    def counting(self, label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """A function that is told the number of things done so far, and moves a bar on where there is a terminal."""
        if not self.console.is_terminal or self.console.quiet:
            yield lambda done: None
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeElapsedColumn(), console=self.console, transient=True) as progress:
            task = progress.add_task(label, total=total)
            yield lambda done: progress.update(task, completed=done, total=None if total and done > total else total)


def count_inputs(inputs: Sequence[str]) -> int | None:
    """How many documents the inputs seem to hold, for the bar; None where that cannot be told before reading."""
    total = 0
    for given in inputs:
        path = Path(given)
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        if given == "-" or any(file.suffix in (".gz", ".zst", ".json") for file in files):
            return None
        total += sum(count_lines(file) if file.suffix.lower() in LINES else 1 for file in files)
    return total


def count_lines(path: Path) -> int:
    """The number of line ends in a file; 0 for one that cannot be read."""
    try:
        with path.open("rb") as stream:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(CHUNK), b""))
    except OSError:
        return 0
