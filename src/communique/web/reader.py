"""The record behind the pages: every question goes through here, with a time limit and the lock of the record."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, TypeVar

from communique.errors import RecordError
from communique.store import Record, Status
from communique.store.asking import Listing, grouped, list_documents, page, within
from communique.store.covering import coverage, outlets_covered
from communique.store.crossing import crossed, spots
from communique.store.facets import SEEN, counts
from communique.store.query import Filters
from communique.store.selecting import TABLES
from communique.store.views import Views
from communique.web.address import Address

Answer = TypeVar("Answer")
Row = dict[str, Any]
FILTER_OF = {"actors": "country", "pairs": "pair", "domains": "domain", "camps": "camp"}
"""The filter of a facet where they have different names."""
ORDER = (
    "type", "actors", "pairs", "year", "status", "mode", "domains", "level", "place_country", "camps", "witnesses",
    "outlet", "review",
)  # fmt: skip


KEPT = 400
"""Answers that are kept until the record changes, the least lately asked being given up first."""
CHANGES = 100
"""Saves after which the write-ahead log is moved into the file."""


def look_at(record: Record, documents: Collection[str]) -> None:
    """Reads the coded rows of documents, so that they are at hand for the change that comes next."""
    if documents:
        marks = ", ".join("?" * len(documents))
        query = f"SELECT doc FROM documents WHERE superseded_by IS NULL AND id IN ({marks})"
        with record.reading() as connection:
            numbers = [row[0] for row in connection.execute(query, list(documents))]
        for number in numbers:
            record.coded_rows([number])


class Turn:
    """A lock that those who wait get in the order in which they came; a `threading.Lock` gives it to any of them."""

    def __init__(self) -> None:
        """Free."""
        self.waiting: deque[threading.Lock] = deque()
        self.guard = threading.Lock()

    def __enter__(self) -> None:
        """Waits for its turn."""
        own = threading.Lock()
        own.acquire()
        with self.guard:
            self.waiting.append(own)
            first = len(self.waiting) == 1
        if not first:
            own.acquire()

    def __exit__(self, *error: object) -> None:
        """Gives it to the next."""
        with self.guard:
            self.waiting.popleft()
            if self.waiting:
                self.waiting[0].release()


class Reader:
    """A record that is read by several requests, each in its turn."""

    def __init__(self, folder: Path, seconds: float) -> None:
        """Opens the record; RecordError where there is none."""
        self.record = Record.open(folder, read_only=True)
        self.people_of = Record.open(folder, read_only=True)  # who asks is told without waiting for a long question
        self.turn = Turn()
        self._written = 0
        self.folder = folder
        self.seconds = seconds
        self._counted: dict[Hashable, tuple[int, Any]] = {}

    @property
    def name(self) -> str:
        """What the record is called on the pages: the name of its folder."""
        return self.folder.resolve().name

    def close(self) -> None:
        """Lets go of the record."""
        self.record.close()
        self.people_of.close()

    @contextmanager
    def writing(self, about: Collection[str] = (), asking: bool = False) -> Iterator[Record]:
        """The record opened for one change. Writers of this server wait for each other in turn, not at random.

        `about` are the ids of documents that the change speaks of: they are read before others have to wait. A change
        that asks the tables too (`asking`) reads those of this server, and readers wait for it.
        What was written is moved from the write-ahead log into the file now and then, while nobody waits for it.
        """
        with Record.open(self.folder) as record, self.record.reading() if asking else nullcontext():
            record.tables = self.record if asking else None
            look_at(record, about)
            with record.writing() as connection:
                connection.execute("PRAGMA wal_autocheckpoint = 0")
            with self.turn:
                yield record
                self._written += 1
        if self._written % CHANGES == 0:
            threading.Thread(target=self.checkpoint, daemon=True).start()

    def checkpoint(self) -> None:
        """Moves the write-ahead log into the file, as far as that hinders nobody."""
        with suppress(RecordError), Record.open(self.folder) as record, record.writing() as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def ask(self, question: Callable[[Views], Answer], everything: bool = False) -> Answer:
        """The answer of a function that reads the tables, participants too where `everything` is asked for.

        Raises TimedOut where it takes too long.
        """
        with within(self.record, self.seconds, everything) as views:
            return question(views)

    def sql(self, query: str) -> list[Row]:
        """The rows of one of our own queries on the documented views."""
        return self.ask(lambda views: views.ask(query), everything=True).to_pylist()  # type: ignore[no-any-return]

    def status(self) -> Status:
        """What the record holds, in numbers."""
        return self.unchanged("status", self.record.status)

    def coverage(self) -> list[Row]:
        """Documents by month, affiliation of the outlet and outcome (see `store.covering.coverage`)."""
        return self.unchanged("coverage", lambda: self.ask(coverage).to_pylist())

    def outlets(self, most: int = 10) -> list[Row]:
        """The outlets with most documents (see `store.covering.outlets_covered`)."""
        asked = ("outlets", most)
        return self.unchanged(asked, lambda: self.ask(lambda views: outlets_covered(views, most)).to_pylist())

    def added(self, most: int = 6) -> list[Listing]:
        """The documents that were added last."""
        return self.unchanged(("added", most), lambda: self.ask(lambda v: list_documents(v, added=True, limit=most)[1]))

    def unchanged(self, name: Hashable, count: Callable[[], Answer]) -> Answer:
        """What a question gave, asked again only after a change of the record; callers leave the answer as it is."""
        now = self.record.sequence
        held = self._counted.pop(name, None)
        if held is None or held[0] != now:
            held = (now, count())
        self._counted[name] = held  # the last asked stand last
        while len(self._counted) > KEPT:
            self._counted.pop(next(iter(self._counted)), None)
        answer: Answer = held[1]
        return answer

    def count(self, unit: str, filters: Filters) -> int:
        """How many rows a selection has."""
        return int(self.counts(unit, filters, "total")["total"][0][1])

    def counts(self, unit: str, filters: Filters, *names: str) -> dict[str, list[tuple[Any, int]]]:
        """Of each of these columns the values with their counts over a selection (see `store.facets.counts`)."""
        held: dict[str, list[tuple[Any, int]]] = self.unchanged(("counts", unit, filters), dict)
        lacking = [name for name in names if name not in held]
        if lacking:
            held |= self.ask(lambda views: counts(views, unit, filters, lacking))
        return {name: held[name] for name in names}

    def grouped(self, unit: str, filters: Filters, columns: str, tail: str = "") -> list[Row]:
        """Counts by groups over a selection (see `store.asking.grouped`)."""
        return self.ask(lambda views: grouped(views, unit, filters, columns, tail)).to_pylist()  # type: ignore[no-any-return]

    def rows(self, address: Address) -> list[Row]:
        """The rows of the page of an address."""
        filters, unit, sort = address.filters(paged=True), address.unit, address.sort
        asked = ("rows", unit, filters, sort)
        return self.unchanged(asked, lambda: self.ask(lambda views: page(views, unit, filters, sort)).to_pylist())

    def by_year(self, unit: str, filters: Filters) -> list[Row]:
        """Rows of `year`, `type` and `n` over a selection, by the year in which events end; those of none come last."""
        told = [(*key.split(" ", 1), n) for key, n in self.counts(unit, filters, "year_type")["year_type"]]
        rows = [{"year": int(year) if year else None, "type": kind, "n": n} for year, kind, n in told]
        return sorted(rows, key=lambda row: (row["year"] is None, row["year"] or 0, row["type"]))

    def by_year_of(self, unit: str, filters: Filters, listed: str, wanted: Sequence[str]) -> list[Row]:
        """Rows of `value`, `year` and `n`: in how many rows of each year some values of a list stand."""
        asked = ("by_year_of", unit, filters, listed, tuple(wanted))
        return self.unchanged(asked, lambda: [
            {"value": row["first"], "year": int(row["second"].split(" ")[0] or 0) or None, "n": row["n"]}
            for row in self.ask(lambda views: crossed(views, unit, filters, listed, wanted, "year_type"))
        ])  # fmt: skip

    def facets(self, address: Address) -> dict[str, list[tuple[str, int]]]:
        """For each facet its values and counts, in the order of the page.

        A facet in which something is chosen counts as if nothing were chosen in it, so that more can be taken in.
        """
        found = {}
        self.counted(address.unit, address.filters())
        for name in ORDER:
            chosen = ("since", "until") if name == "year" else (FILTER_OF.get(name, name),)
            open_to = address.without(*chosen) if any(address.values(one) for one in chosen) else address
            found[name] = self.facet(address.unit, open_to.filters(), name)
        return {name: values for name, values in found.items() if values}

    def counted(self, unit: str, filters: Filters) -> dict[str, list[tuple[str, int]]]:
        """All facets of one selection: those of the library, years made of months, and least numbers of tellings."""
        everything = ("total", "year_type", *SEEN[unit], *(("tellings",) if unit == "engagements" else ()))
        self.counts(unit, filters, *everything)  # at once
        seen = [name for name in SEEN[unit] if name != "month"]
        own = ("year", "witnesses") if unit == "engagements" else ("year",)
        return {name: self.facet(unit, filters, name) for name in (*seen, *own)}

    def facet(self, unit: str, filters: Filters, name: str) -> list[tuple[str, int]]:
        """One facet of a selection; none for a name that the unit does not have."""
        if name == "year":
            years: Counter[str] = Counter()
            for month, number in self.counts(unit, filters, "month")["month"]:
                years[month[:4]] += number
            return sorted(years.items(), reverse=True)
        if name == "witnesses" and unit == "engagements":
            told = [(int(w), n) for w, n in self.counts(unit, filters, "tellings")["tellings"]]
            sums = [(least, sum(n for w, n in told if w >= least)) for least in range(2, 6)]
            return [(str(least), number) for least, number in sums if number]
        return self.counts(unit, filters, name)[name] if name in SEEN[unit] else []

    def spots(self, unit: str, filters: Filters, most: int) -> tuple[list[Row], int]:
        """The places of a selection with the id of an engagement at each (see `store.crossing.spots`)."""

        def asked(views: Views) -> tuple[list[Row], int]:
            rows, unplaced = spots(views, unit, filters, most)
            query = f"SELECT n, printf('%016x', engagement) FROM {TABLES[unit]} WHERE n IN (SELECT unnest(?::BIGINT[]))"
            held = dict(views.memory.execute(query, [[row["number"] for row in rows]]).fetchall())
            return [{**row, "ident": held[row["number"]]} for row in rows], unplaced

        return self.ask(asked)

    def held(self, engagements: Sequence[str]) -> dict[str, dict[str, list[Any]]]:
        """Of engagements the details (JSON) of their reports, and the pairs of role and actor, by id."""
        numbers = [int(ident, 16) for ident in engagements]
        asked_for = "engagement IN (SELECT unnest(?::UBIGINT[]))"

        def asked(views: Views) -> dict[str, dict[str, list[Any]]]:
            columns = "SELECT printf('%016x', engagement) AS id, details FROM r"
            details = views.ask(f"{columns} WHERE {asked_for} AND details IS NOT NULL", [numbers])
            roles = views.ask(
                "SELECT DISTINCT printf('%016x', r.engagement) AS id, p.role, p.actor FROM p JOIN r USING (rid)"
                f" WHERE r.{asked_for}", [numbers],
            )  # fmt: skip
            out: dict[str, dict[str, list[Any]]] = {"details": {}, "roles": {}}
            for row in details.to_pylist():
                out["details"].setdefault(row["id"], []).append(row["details"])
            for row in roles.to_pylist():
                out["roles"].setdefault(row["id"], []).append((row["role"], row["actor"]))
            return out

        return self.ask(asked, everything=True)
