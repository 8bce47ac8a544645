"""From inputs to files: reads, codes, writes what was coded and what was not, and says what became of every input."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from communique.cli.progress import Screen, count_inputs
from communique.errors import UnusableOption
from communique.export import (
    Coded,
    Exporter,
    choose_exporter,
    kept_documents,
    quarantine_path,
    whole_file,
    write_gated,
    write_quarantined,
)
from communique.lexicon import Lexicon, load_lexicon
from communique.pipeline.read import read
from communique.pipeline.read.assemble import as_date
from communique.pipeline.run import Coder, Run, code_stream
from communique.records import Document, Quarantined

if TYPE_CHECKING:
    from communique.pipeline.llm import LlmSettings

MOST_SHOWN = 20
"""Inputs that were set aside and are shown one by one where no file takes them."""


@dataclass(frozen=True, slots=True)
class Given:
    """The inputs, and what is said of documents that do not say it themselves."""

    inputs: tuple[str, ...]
    published: str | None = None
    outlet: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Files:
    """Where the results go; None for standard output, or for nowhere."""

    output: Path | None = None
    format: str | None = None
    quarantine: Path | None = None
    gated: Path | None = None
    documents: Path | None = None

    def exporter(self) -> Exporter:
        """The chosen format; raises UnusableOption."""
        return choose_exporter(self.format, self.output, terminal=sys.stdout.isatty())

    def set_aside(self) -> Path | None:
        """The file for inputs that were set aside."""
        if self.quarantine is not None or self.output is None:
            return self.quarantine
        return quarantine_path(self.output)


def code_inputs(
    given: Given,
    files: Files,
    *,
    model: str | None = None,
    llm: LlmSettings | None = None,
    own_rows: Path | None = None,
    quiet: bool = False,
) -> Run:
    """What became of every input, after all files are written and the summary is said."""
    screen, run, exporter = Screen(quiet=quiet), Run(), files.exporter()
    lexicon = None if own_rows is None else load_lexicon(own_rows)
    items = read(
        list(given.inputs),
        published=as_date(given.published),
        outlet=given.outlet,
        lang=given.lang,
        note=lambda words: screen.note(f"note: {words}"),
    )
    followed = screen.following(items, "coding", count_inputs(given.inputs))
    tally = Tally()
    with kept_documents(tally.counting(coded(followed, run, model, llm, lexicon)), files.documents) as stream:
        write(stream, exporter, files.output, lexicon)
    run.check()
    set_aside(run, files, screen)
    for note in run.notes:
        screen.say(note)
    screen.say(summary(run, tally.reports))
    return run


@lru_cache(maxsize=1)
def coder_named(model: str | None, llm: LlmSettings | None = None, lexicon: Lexicon | None = None) -> Coder:
    """The coder of that name, or the default one, loaded once; raises UnusableOption for an unknown name."""
    return Coder(lexicon=lexicon) if model is None else Coder(model, llm=llm, lexicon=lexicon)


def llm_settings(coder: str | None, **options: str | int | None) -> LlmSettings | None:
    """The settings of the llm coder from options and environment; None for other coders. Raises UnusableOption."""
    if coder != "llm":
        given = [name for name, value in options.items() if value is not None]
        if given:
            raise UnusableOption(f"--llm-{given[0]} goes with --model llm")
        return None
    from communique.pipeline.llm import settings_from

    return settings_from(os.environ, **options)


def coded(
    items: Iterable[Document | Quarantined],
    run: Run,
    model: str | None = None,
    llm: LlmSettings | None = None,
    lexicon: Lexicon | None = None,
) -> Iterator[Coded]:
    """Each document that passed the gate with its reports; the coder is loaded when the first one is asked for."""
    yield from code_stream(items, coder_named(model, llm, lexicon), run)


class Tally:
    """Counts the reports that pass."""

    def __init__(self) -> None:
        """No reports yet."""
        self.reports = 0

    def counting(self, stream: Iterable[Coded]) -> Iterator[Coded]:
        """The same pairs."""
        for doc, reports in stream:
            self.reports += len(reports)
            yield doc, reports


def write(stream: Iterable[Coded], exporter: Exporter, path: Path | None, lexicon: Lexicon | None = None) -> None:
    """Writes to the file, or to standard output; to a terminal only after the last, so that the bar stays whole.

    `lexicon` is the one that coded the stream, None for the packaged one.
    """
    if path is not None:
        with whole_file(path) as sink:
            exporter.write(stream, sink, lexicon)
        return
    exporter.write(list(stream) if sys.stdout.isatty() else stream, sys.stdout.buffer, lexicon)
    sys.stdout.buffer.flush()


def set_aside(run: Run, files: Files, screen: Screen) -> None:
    """Writes the inputs that were not coded with their reasons, or says them where no file takes them."""
    path = files.set_aside()
    if path is not None:
        write_quarantined(run.quarantined, path)
    else:
        for row in run.quarantined[:MOST_SHOWN]:
            screen.say(f"set aside: {row.source}: {row.reason}: {row.detail}")
        if len(run.quarantined) > MOST_SHOWN:
            screen.say(f"and {len(run.quarantined) - MOST_SHOWN} more; --quarantine FILE lists them all")
    if files.gated is not None:
        write_gated(run.gated, files.gated)


def summary(run: Run, reports: int) -> str:
    """One line: where every input went, why inputs were set aside, and how many reports there are."""
    reasons = Counter(row.reason for row in run.quarantined)
    told = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
    aside = f"{len(run.quarantined)} quarantined" + (f" ({told})" if told else "")
    inputs = counted(run.inputs, "input")
    return f"{inputs} = {run.coded} coded + {len(run.gated)} gated + {aside}; {counted(reports, 'report')}"


def counted(number: int, thing: str) -> str:
    """The number with the thing in the singular or plural."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
