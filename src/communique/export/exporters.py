"""The one list of what communique can write, and the choice among it by format name and file name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from communique.errors import UnusableOption, did_you_mean
from communique.export.coded import Coded
from communique.export.delimited import write_csv, write_dyads_csv
from communique.export.jsonl import write_dyads_jsonl, write_jsonl
from communique.export.table import write_table
from communique.lexicon import Lexicon


class Write(Protocol):
    """Writes coded documents. `lexicon` is the one that coded them; without it the packaged one is asked."""

    def __call__(self, coded: Iterable[Coded], sink: BinaryIO, lexicon: Lexicon | None = None, /) -> None:
        """Writes all reports to the stream."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its name, the file name's ending that goes with it, what it holds, and how it is written."""

    format: str
    suffix: str
    holds: str
    write: Write
    stdout: bool = True
    """whether it can go to standard output"""


def asking_nothing(write: Callable[[Iterable[Coded], BinaryIO], None]) -> Write:
    """The same for a form that holds nothing but what the reports say."""

    def writes(coded: Iterable[Coded], sink: BinaryIO, _: Lexicon | None = None, /) -> None:
        write(coded, sink)

    return writes


def write_parquet(coded: Iterable[Coded], sink: BinaryIO) -> None:
    """Writes one report a row with its nested columns."""
    from communique.export.parquet import write_parquet  # pyarrow's import takes 0.3 s, wanted only here

    write_parquet(coded, sink)


def write_dyads_parquet(coded: Iterable[Coded], sink: BinaryIO, lexicon: Lexicon | None = None) -> None:
    """Writes one dyad a row, with states' codes as the lexicon has them."""
    from communique.export.parquet import write_dyads_parquet

    write_dyads_parquet(coded, sink, lexicon)


EXPORTERS: tuple[Exporter, ...] = (
    Exporter("jsonl", ".jsonl", "one report a line with all fields of the codebook", asking_nothing(write_jsonl)),
    Exporter("csv", ".csv", "one report a row, flat", asking_nothing(write_csv)),
    Exporter(
        "parquet", ".parquet", "one report a row with nested columns", asking_nothing(write_parquet), stdout=False
    ),
    Exporter("table", ".txt", "the reports of each document as a table for people", asking_nothing(write_table)),
    Exporter("dyads", ".csv", "one pair of actors a row, with a weight that sums to one per report", write_dyads_csv),
    Exporter("dyads", ".jsonl", "the same pairs as JSON Lines", write_dyads_jsonl),
    Exporter("dyads", ".parquet", "the same pairs as Parquet", write_dyads_parquet, stdout=False),
)
"""Every format. Where a name comes twice, the first is the one for standard output."""


def choose_exporter(name: str | None = None, path: Path | None = None, *, terminal: bool = False) -> Exporter:
    """The exporter for a format's name, a file's ending, or both; raises UnusableOption with the way out.

    Without either it is the table on a terminal and JSON Lines elsewhere.

    >>> choose_exporter(path=Path("reports.parquet")).holds
    'one report a row with nested columns'
    """
    formats = list(dict.fromkeys(exporter.format for exporter in EXPORTERS))
    if name is not None and name not in formats:
        raise UnusableOption(f"no format {name!r}; {did_you_mean(name, formats)}")
    if path is not None:
        return exporter_of_file(name, path)
    wanted = name or ("table" if terminal else "jsonl")
    found = next(exporter for exporter in EXPORTERS if exporter.format == wanted)
    if not found.stdout:
        raise UnusableOption(f"{wanted} cannot go to standard output; name a file with -o FILE{found.suffix}")
    return found


def exporter_of_file(name: str | None, path: Path) -> Exporter:
    """The exporter for a file of this name; without a format's name the ending decides, dyads aside."""
    suffix = path.suffix.lower()
    fitting = [e for e in candidates(name) if e.suffix == suffix]
    if fitting:
        return fitting[0]
    endings = sorted({exporter.suffix for exporter in candidates(name)})
    shown = f"ends in {path.suffix!r}" if path.suffix else "has no ending"
    of_format = f"format {name!r}" if name is not None else "no format"
    raise UnusableOption(f"{path} {shown}, which is {of_format}; {did_you_mean(suffix, endings)}")


def candidates(name: str | None) -> Iterator[Exporter]:
    """The exporters of a format, or all when no format is named."""
    return (exporter for exporter in EXPORTERS if name is None or exporter.format == name)
