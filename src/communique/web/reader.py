"""The record behind the pages: every question goes through here, with a time limit and the lock of the record."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from communique.errors import RecordError
from communique.store import Record, Status
from communique.store.asking import coverage, grouped, page, within
from communique.store.facets import facets
from communique.store.query import Filters
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


NO_POST: Row = {"post": None, "rank": None, "level": None}


def chosen(where: str) -> str:
    """The condition that an engagement is one of the selected ones; none where all are."""
    return "true" if where == "true" else f"engagement IN (SELECT engagement FROM e WHERE {where})"


class Reader:
    """A record that is read by several requests, each in its turn."""

    def __init__(self, folder: Path, seconds: float) -> None:
        """Opens the record; RecordError where there is none."""
        self.record = Record.open(folder, read_only=True)
        self.people_of = Record.open(folder, read_only=True)  # who asks is told without waiting for a long question
        self.turn = threading.Lock()
        self._written = 0
        self._people_at = -1
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

    def look_at(self, documents: Collection[str]) -> None:
        """Reads the coded rows of documents, so that they are at hand for the change that comes next."""
        if documents:
            marks = ", ".join("?" * len(documents))
            query = f"SELECT doc FROM documents WHERE superseded_by IS NULL AND id IN ({marks})"
            with Record.open(self.folder, read_only=True) as record:
                with record.reading() as connection:
                    numbers = [row[0] for row in connection.execute(query, list(documents))]
                for number in numbers:
                    record.coded_rows([number])

    @contextmanager
    def writing(self) -> Iterator[Record]:
        """The record opened for one change. Writers of this server wait for each other in turn, not at random.

        What they wrote is moved from the write-ahead log into the file now and then, while nobody waits for it.
        """
        with self.turn, Record.open(self.folder) as record:
            with record.writing() as connection:
                connection.execute("PRAGMA wal_autocheckpoint = 0")
            yield record
            self._written += 1
        if self._written % CHANGES == 0:
            threading.Thread(target=self.checkpoint, daemon=True).start()

    def checkpoint(self) -> None:
        """Moves the write-ahead log into the file, as far as that hinders nobody."""
        with suppress(RecordError), Record.open(self.folder) as record, record.writing() as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def ask(self, question: Callable[[Views], Answer]) -> Answer:
        """The answer of a function that reads the tables; raises TimedOut where it takes too long."""
        with within(self.record, self.seconds) as views:
            return question(views)

    def sql(self, query: str) -> list[Row]:
        """The rows of one of our own queries on the documented views."""
        self.ask(lambda views: views.follow(everything=True))
        return self.ask(lambda views: views.ask(query)).to_pylist()  # type: ignore[no-any-return]

    def status(self) -> Status:
        """What the record holds, in numbers."""
        return self.unchanged("status", self.record.status)

    def coverage(self) -> list[Row]:
        """Documents by year, outlet and outcome (see `store.asking.coverage`)."""
        return self.unchanged("coverage", lambda: self.ask(coverage).to_pylist())

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
        rows = self.unchanged(("count", unit, filters), lambda: self.grouped(unit, filters, "count(*) AS n"))
        return int(rows[0]["n"])

    def grouped(self, unit: str, filters: Filters, columns: str, tail: str = "") -> list[Row]:
        """Counts by groups over a selection (see `store.asking.grouped`)."""
        return self.ask(lambda views: grouped(views, unit, filters, columns, tail)).to_pylist()  # type: ignore[no-any-return]

    def rows(self, address: Address) -> list[Row]:
        """The rows of the page of an address."""
        filters, unit, sort = address.filters(paged=True), address.unit, address.sort
        asked = ("rows", unit, filters, sort)
        return self.unchanged(asked, lambda: self.ask(lambda views: page(views, unit, filters, sort)).to_pylist())

    def by_year(self, unit: str, filters: Filters) -> list[Row]:
        """Rows of `year`, `type` and `n` over a selection, by the year in which events end."""
        columns, tail = 'year("end") AS year, type, count(*) AS n', "GROUP BY 1, 2 ORDER BY 1, 2"
        return self.unchanged(("by_year", unit, filters), lambda: self.grouped(unit, filters, columns, tail))

    def facets(self, address: Address) -> dict[str, list[tuple[str, int]]]:
        """For each facet its values and counts, in the order of the page.

        A facet in which something is chosen counts as if nothing were chosen in it, so that more can be taken in.
        """
        filters = address.filters()
        found = dict(self.counted(address.unit, filters))
        for name in ORDER:
            chosen = ("since", "until") if name == "year" else (FILTER_OF.get(name, name),)
            if any(address.values(one) for one in chosen):
                found[name] = self.counted(address.unit, address.without(*chosen).filters()).get(name, [])
        return {name: found[name] for name in ORDER if found.get(name)}

    def counted(self, unit: str, filters: Filters) -> dict[str, list[tuple[str, int]]]:
        """The facets of one selection: those of the library, years made of months, and least numbers of tellings."""
        return dict(self.unchanged(("counted", unit, filters), lambda: self.counted_now(unit, filters)))

    def counted_now(self, unit: str, filters: Filters) -> dict[str, list[tuple[str, int]]]:
        """The same, asked of the tables."""
        tables = self.ask(lambda views: facets(views, unit, filters))
        found = {
            name: list(zip(table["value"].to_pylist(), table["count"].to_pylist(), strict=True))
            for name, table in tables.items()
        }
        years: dict[str, int] = {}
        for month, number in found.pop("month"):
            if month is not None:
                years[month[:4]] = years.get(month[:4], 0) + number
        found["year"] = sorted(years.items(), reverse=True)
        if unit == "engagements":
            rows = self.grouped(unit, filters, "least(witnesses, 5) AS w, count(*) AS n", "GROUP BY 1 ORDER BY 1")
            found["witnesses"] = [
                (str(least), sum(row["n"] for row in rows if row["w"] >= least))
                for least in range(2, 6)
                if any(row["w"] >= least for row in rows)
            ]
        return found

    def people(self, filters: Filters) -> list[Row]:
        """The named officials of a selection: actor, name, and how many engagements; the most frequent come first.

        `with_posts` adds what a page tells of those that it shows.
        """
        return self.unchanged(("people", filters), lambda: self.of_selection(
            filters,
            lambda where: (
                "SELECT w.actor, w.name, s.n FROM (SELECT who, count(*) AS n FROM held_engagements"
                f" WHERE {chosen(where)} GROUP BY who) s JOIN held_people w USING (who) ORDER BY s.n DESC, w.name"
            ),
        ))  # fmt: skip

    def with_posts(self, people: Sequence[Row]) -> list[Row]:
        """The officials with one post and rank as told, and the level, those that are told most often."""
        if not people:
            return []
        query = (
            "SELECT actor, name, mode(post) AS post, mode(rank) AS rank, mode(level) AS level FROM p"
            " WHERE kind = 'person' AND name IN (SELECT unnest(?::VARCHAR[])) GROUP BY actor, name"
        )
        names = sorted({row["name"] for row in people})
        rows = self.unchanged(("posts", *names), lambda: self.ask(lambda views: views.ask(query, [names])).to_pylist())
        found = {(row["actor"], row["name"]): row for row in rows}
        return [{**found.get((row["actor"], row["name"]), NO_POST), **row} for row in people]

    def together(self, filters: Filters, most: int = 400) -> list[Row]:
        """Pairs of named officials who take part in the same engagements of a selection, the most frequent first.

        Columns: a_actor, a_name, b_actor, b_name, n, and the ids of at most 20 of those engagements.
        """
        return self.unchanged(("together", filters, most), lambda: self.of_selection(
            filters,
            lambda where: (
                f"WITH h AS (SELECT engagement, who FROM held_engagements WHERE {chosen(where)}),"
                " pairs AS (SELECT a.who AS a, b.who AS b, count(*) AS n FROM h a JOIN h b"
                f" ON a.engagement = b.engagement AND a.who < b.who"
                f" GROUP BY ALL ORDER BY n DESC, a, b LIMIT {int(most)}),"
                " told AS (SELECT x.a, x.b, list(printf('%016x', c.engagement) ORDER BY c.engagement)[:20]"
                " AS engagements FROM pairs x JOIN h c ON c.who = x.a"
                " JOIN h d ON d.who = x.b AND d.engagement = c.engagement GROUP BY ALL)"
                " SELECT v.actor AS a_actor, v.name AS a_name, w.actor AS b_actor, w.name AS b_name, pairs.n,"
                " engagements FROM pairs JOIN told USING (a, b)"
                " JOIN held_people v ON v.who = a JOIN held_people w ON w.who = b ORDER BY pairs.n DESC, a_name, b_name"
            ),
        ))  # fmt: skip

    def hold_people(self, views: Views) -> None:
        """Fills the tables `held_people` and `held_engagements`: who is named, and in which engagements."""
        if self._people_at == views.seq:
            return
        views.memory.execute(
            "CREATE OR REPLACE TEMP TABLE held_people AS"
            " SELECT row_number() OVER (ORDER BY actor, name)::INTEGER AS who, actor, name"
            " FROM (SELECT DISTINCT actor, name FROM p WHERE kind = 'person' AND name IS NOT NULL)"
        )
        views.memory.execute(
            "CREATE OR REPLACE TEMP TABLE held_engagements AS SELECT DISTINCT r.engagement, w.who FROM p"
            " JOIN held_people w USING (actor, name) JOIN r USING (rid) WHERE p.kind = 'person'"
        )
        self._people_at = views.seq

    def of_selection(self, filters: Filters, query: Callable[[str], str]) -> list[Row]:
        """The rows of a query over all current tables; `query` is given the condition of the selected engagements."""
        self.ask(lambda views: views.follow(everything=True))

        def asked(views: Views) -> list[Row]:
            self.hold_people(views)
            where, values = views.matching("engagements", filters)
            return list(views.ask(query(where), values).to_pylist())

        return self.ask(asked)

    def appearances(self, actor: str, name: str) -> list[Row]:
        """Every report in which an official takes part: engagement_id, role, post, rank, outlet, days, document."""
        self.ask(lambda views: views.follow(everything=True))
        query = (
            "SELECT printf('%016x', r.engagement) AS engagement_id, p.role, p.post, p.rank, r.outlet, r.published,"
            ' r."start", r."end", r.precision, r.type, r.place, r.place_country, r.doc_id, r.report_id'
            ' FROM p JOIN r USING (rid) WHERE p.actor = ? AND p.name = ? ORDER BY r."end" DESC NULLS LAST, r.doc'
        )
        return self.ask(lambda views: views.ask(query, [actor, name])).to_pylist()  # type: ignore[no-any-return]

    def held(self, engagements: Sequence[str]) -> dict[str, dict[str, list[Any]]]:
        """Of engagements the details (JSON) of their reports, and the pairs of role and actor, by id."""
        self.ask(lambda views: views.follow(everything=True))
        numbers = [int(ident, 16) for ident in engagements]
        of = "FROM r WHERE list_contains(?::UBIGINT[], engagement)"

        def asked(views: Views) -> dict[str, dict[str, list[Any]]]:
            columns = f"SELECT printf('%016x', engagement) AS id, details {of}"
            details = views.ask(f"{columns} AND details IS NOT NULL", [numbers])
            roles = views.ask(
                "SELECT DISTINCT printf('%016x', r.engagement) AS id, p.role, p.actor FROM p JOIN r USING (rid)"
                " WHERE list_contains(?::UBIGINT[], r.engagement)", [numbers],
            )  # fmt: skip
            out: dict[str, dict[str, list[Any]]] = {"details": {}, "roles": {}}
            for row in details.to_pylist():
                out["details"].setdefault(row["id"], []).append(row["details"])
            for row in roles.to_pylist():
                out["roles"].setdefault(row["id"], []).append((row["role"], row["actor"]))
            return out

        return self.ask(asked)
