"""What the commands on a record do: open it, ask or change it once, and say what came of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from communique.cli.coding import Given, counted
from communique.cli.linking import say_linked, write_lines
from communique.cli.progress import Screen, count_inputs
from communique.cli.tabling import DYADS, chosen_writer, fitting_writer, print_table
from communique.errors import UnusableOption, did_you_mean
from communique.export.answered_dyads import dyads_table
from communique.export.answers import LISTED, Write, write_table
from communique.pipeline.batch import MakeCoder, process_pool
from communique.pipeline.keeping import AddResult, add, coder_for, default_coder
from communique.pipeline.read.assemble import as_date
from communique.pipeline.recoding import RecodeDiff, RereadResult, recode, reread
from communique.store import Record, Status
from communique.store.taking_part import parties

FIRST = 40
"""Rows that the table for people shows where no limit is given."""
WANTED = {
    "engagements": ("engagement_id", "start", "type", "actors", "status", "witnesses", "place", "end", "reports"),
    "reports": ("report_id", "start", "type", "actors", "status", "outlet", "place", "doc_id", "end"),
}
"""The columns of LISTED by need: a narrow screen has room for the first of them."""


@contextmanager
def workers(number: int) -> Iterator[Executor | None]:
    """A pool of so many processes; None for one, which is this process."""
    if number == 1:
        yield None
        return
    with process_pool(number) as pool:
        yield pool


def check_model(model: str | None) -> None:
    """Raises UnusableOption for a name that no coder has."""
    if model is None:
        return
    from communique.pipeline.run import MODELS  # spaCy's import takes seconds

    if model not in MODELS:
        raise UnusableOption(f"no coder {model!r}; {did_you_mean(model, MODELS)}")


def maker_of(record: Record, model: str | None) -> MakeCoder:
    """What makes the coder of a name, or the default one, with the record's own rows in its lexicon."""
    return default_coder if model is None and record.own_rows is None else coder_for(record, model)


def add_inputs(
    folder: Path, given: Given, *, model: str | None = None, processes: int, linking: bool, quiet: bool
) -> AddResult:
    """Adds what is new in the inputs to the record, which is made where there is none, and links its reports."""
    screen, published = Screen(quiet=quiet), as_date(given.published)
    check_model(model)
    total = count_inputs(given.inputs)
    with Record.create(folder) as record, workers(processes) as executor:
        with screen.counting("adding", total) as progress:
            done = add(
                record, given.inputs, maker_of(record, model), executor=executor, progress=progress,
                published=published, outlet=given.outlet, lang=given.lang,
                stdin=sys.stdin.buffer if "-" in given.inputs else None,
                note=lambda words: screen.note(f"note: {words}"),
            )  # fmt: skip
        screen.say(added(done))
        if linking and done.reports:
            say_linked(record, screen)
        return done


def added(done: AddResult) -> str:
    """One line: where every input went, and how many reports there are."""
    went = f"{done.known} known + {done.coded} coded + {done.gated} gated + {done.quarantined} quarantined"
    taken = f"; {counted(done.superseded, 'document')} superseded" if done.superseded else ""
    return f"{counted(done.inputs, 'input')} = {went}; {counted(done.reports, 'report')}{taken}"


def print_status(folder: Path, *, as_json: bool) -> None:
    """Prints what the record holds."""
    with Record.open(folder, read_only=True) as record:
        status = record.status()
    print(json.dumps(asdict(status), ensure_ascii=False) if as_json else "\n".join(status_lines(status)))


def status_lines(status: Status) -> Iterator[str]:
    """The numbers of a record, each on a line with what it counts."""
    current = f"{status.coded:,} coded, {status.gated:,} gated, {status.failed:,} not coded"
    yield f"documents    {status.documents:,}: {current}, {status.superseded:,} superseded"
    yield f"outlets      {status.outlets:,}"
    yield f"published    {interval(status.first_published, status.last_published)}"
    yield f"reports      {status.reports:,}"
    yield f"engagements  {status.engagements:,}"
    yield f"events       {interval(status.first_event, status.last_event)}"
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in status.quarantined.items())
    yield f"set aside    {reasons or 'nothing'}"
    yield f"decisions    {status.decisions:,}, of which {status.listed:,} have lost their report"
    for versions, count in status.versions.items():
        yield f"coded by     {versions}: {counted(count, 'document')}"
    yield f"size         {status.bytes / 1e6:,.1f} MB in {counted(status.shards, 'shard')}, change {status.sequence:,}"


def interval(first: str | None, last: str | None) -> str:
    """Two days in words, or that none is known."""
    return "no dates" if first is None or last is None else f"{first} to {last}"


def print_problems(folder: Path) -> bool:
    """Whether the record is intact; prints every problem."""
    with Record.open(folder, read_only=True) as record:
        problems = record.verify()
    for problem in problems:
        print(problem)
    grave = sum(problem.grave for problem in problems)
    print(f"{counted(grave, 'grave problem')}" if grave else "the record is intact")
    return not grave


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an answer goes, and in which form."""

    output: Path | None = None
    format: str | None = None
    quiet: bool = False

    def writer(self, dyads: bool = False) -> Write:
        """What writes it; raises UnusableOption. `dyads` where pairs of actors can be had in place of rows."""
        return chosen_writer(self.format, self.output, dyads)


def print_list(folder: Path, unit: str, filters: Mapping[str, Any], answer: Answer) -> None:
    """Prints the engagements or reports that fulfil all filters, newest first."""
    asked, write = dict(filters), answer.writer(dyads=True)
    for_people = write is write_table
    cut = for_people and answer.output is None and asked.get("limit") is None
    if cut:
        asked["limit"] = FIRST
    if asked.get("offset") and asked.get("limit") is None:
        raise UnusableOption(f"--offset {asked['offset']} cuts a list of known length; give --limit too")
    with Record.open(folder, read_only=True) as record:
        table = record.engagements(**asked) if unit == "engagements" else record.reports(**asked)
        rows = table.num_rows
        if answer.format == DYADS:
            views = record.views(everything=True)
            table = dyads_table(table, lambda some: parties(views, unit, some), record.lexicon)
    screen = Screen(quiet=answer.quiet)
    if for_people:
        print_table(table.select(list(LISTED[unit])), answer.output, fitting_writer(WANTED[unit]))
    else:
        print_table(table, answer.output, write)
    if not rows:
        screen.say(f"no {unit} fulfil all filters")
    elif cut and table.num_rows == FIRST:
        screen.say(f"the newest {FIRST}; --limit N shows more, and -o FILE takes all")


def print_answer(folder: Path, query: str, answer: Answer) -> None:
    """Prints the answer to a question in SQL."""
    write = answer.writer()
    with Record.open(folder, read_only=True) as record:
        table = record.sql(query)
    print_table(table, answer.output, write)


def recode_record(
    folder: Path, output: Path | None, *, model: str | None = None, everything: bool, processes: int, quiet: bool
) -> RecodeDiff:
    """Codes the documents again that other versions coded, or all, and links anew; says what changed."""
    screen = Screen(quiet=quiet)
    check_model(model)
    with Record.open(folder) as record, workers(processes) as executor:
        with screen.counting("coding again") as progress:
            diff = recode(
                record, maker_of(record, model), executor=executor, progress=progress, all_documents=everything
            )
        if output is not None:
            write_lines((asdict(change) for change in diff.changes), output)
        changed = f"{diff.added:,} added, {diff.dropped:,} dropped, {diff.altered:,} altered, {diff.same:,} the same"
        print(f"{counted(diff.documents, 'document')} coded again: reports {changed}")
        if diff.listed:
            screen.say(f"{counted(diff.listed, 'decision')} lost their report and are to be decided again")
        if diff.added or diff.dropped or diff.altered:
            say_linked(record, screen)
        return diff


def reread_record(folder: Path, *, everything: bool, processes: int, quiet: bool) -> RereadResult:
    """Reads the kept bytes again that an older reader read, or all; says what changed."""
    screen = Screen(quiet=quiet)
    with Record.open(folder) as record, workers(processes) as executor:
        with screen.counting("reading again") as progress:
            done = reread(
                record, maker_of(record, None), executor=executor, progress=progress, all_documents=everything
            )
        went = f"{done.same:,} the same, {done.changed:,} changed, {done.failed:,} no longer readable"
        print(f"{counted(done.read, 'document')} read again: {went}")
        if done.added.inputs:
            screen.say(added(done.added))
            say_linked(record, screen)
        return done


def compact_record(folder: Path) -> None:
    """Joins small files of the record and deletes those out of use."""
    with Record.open(folder) as record:
        done = record.compact()
    print(f"{counted(done.joined, 'shard')} joined into {done.into:,}; {counted(done.deleted, 'file')} deleted")


def backup_record(folder: Path, to: Path) -> None:
    """Copies the record into a new folder."""
    with Record.open(folder, read_only=True) as record:
        made = record.backup(to)
    print(f"{made.folder}: {counted(made.files, 'file')} and the record's database, as of change {made.sequence:,}")
