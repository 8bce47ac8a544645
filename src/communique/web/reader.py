"""The record behind the pages: every question goes through here, with a time limit and the lock of the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

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


class Reader:
    """A record that is read by several requests, each in its turn."""

    def __init__(self, folder: Path, seconds: float) -> None:
        """Opens the record; RecordError where there is none."""
        self.record = Record.open(folder, read_only=True)
        self.folder = folder
        self.seconds = seconds
        self._counted: dict[str, tuple[int, Any]] = {}

    @property
    def name(self) -> str:
        """What the record is called on the pages: the name of its folder."""
        return self.folder.resolve().name

    def close(self) -> None:
        """Lets go of the record."""
        self.record.close()

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

    def unchanged(self, name: str, count: Callable[[], Answer]) -> Answer:
        """What a count over all documents gave, counted again only after a change of the record."""
        now = self.record.sequence
        held = self._counted.get(name)
        if held is None or held[0] != now:
            held = self._counted[name] = (now, count())
        answer: Answer = held[1]
        return answer

    def count(self, unit: str, filters: Filters) -> int:
        """How many rows a selection has."""
        rows = self.grouped(unit, filters, "count(*) AS n")
        return int(rows[0]["n"])

    def grouped(self, unit: str, filters: Filters, columns: str, tail: str = "") -> list[Row]:
        """Counts by groups over a selection (see `store.asking.grouped`)."""
        return self.ask(lambda views: grouped(views, unit, filters, columns, tail)).to_pylist()  # type: ignore[no-any-return]

    def rows(self, address: Address) -> list[Row]:
        """The rows of the page of an address."""
        filters = address.filters(paged=True)
        return self.ask(lambda views: page(views, address.unit, filters, address.sort)).to_pylist()  # type: ignore[no-any-return]

    def by_year(self, unit: str, filters: Filters) -> list[Row]:
        """Rows of `year`, `type` and `n` over a selection, by the year in which events end."""
        return self.grouped(unit, filters, 'year("end") AS year, type, count(*) AS n', "GROUP BY 1, 2 ORDER BY 1, 2")

    def facets(self, address: Address) -> dict[str, list[tuple[str, int]]]:
        """For each facet its values and counts, in the order of the page.

        A facet in which something is chosen counts as if nothing were chosen in it, so that more can be taken in.
        """
        filters = address.filters()
        found = self.counted(address.unit, filters)
        for name in ORDER:
            chosen = ("since", "until") if name == "year" else (FILTER_OF.get(name, name),)
            if any(address.values(one) for one in chosen):
                found[name] = self.counted(address.unit, address.without(*chosen).filters()).get(name, [])
        return {name: found[name] for name in ORDER if found.get(name)}

    def counted(self, unit: str, filters: Filters) -> dict[str, list[tuple[str, int]]]:
        """The facets of one selection: those of the library, years made of months, and least numbers of tellings."""
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
        """The named officials of a selection: actor, name, one post and rank as told, and how many engagements.

        The most frequent come first.
        """
        return self.of_selection(
            filters,
            lambda where: (
                "SELECT p.actor, p.name, mode(p.post) AS post, mode(p.rank) AS rank, mode(p.level) AS level,"
                " count(DISTINCT r.engagement) AS n FROM p JOIN r USING (rid)"
                " WHERE p.kind = 'person' AND p.name IS NOT NULL"
                f" AND r.engagement IN (SELECT engagement FROM e WHERE {where})"
                " GROUP BY p.actor, p.name ORDER BY n DESC, p.name"
            ),
        )

    def together(self, filters: Filters, most: int = 400) -> list[Row]:
        """Pairs of named officials who take part in the same engagements of a selection, the most frequent first.

        Columns: a_actor, a_name, b_actor, b_name, n, and the ids of at most 20 of those engagements.
        """
        return self.of_selection(
            filters,
            lambda where: (
                "WITH held AS (SELECT DISTINCT r.engagement AS g, p.actor, p.name FROM p JOIN r USING (rid)"
                " WHERE p.kind = 'person' AND p.name IS NOT NULL"
                f" AND r.engagement IN (SELECT engagement FROM e WHERE {where}))"
                " SELECT a.actor AS a_actor, a.name AS a_name, b.actor AS b_actor, b.name AS b_name, count(*) AS n,"
                " list(printf('%016x', a.g) ORDER BY a.g)[:20] AS engagements"
                " FROM held a JOIN held b ON a.g = b.g AND (a.actor, a.name) < (b.actor, b.name)"
                f" GROUP BY ALL ORDER BY n DESC, a_name, b_name LIMIT {int(most)}"
            ),
        )

    def of_selection(self, filters: Filters, query: Callable[[str], str]) -> list[Row]:
        """The rows of a query over all current tables; `query` is given the condition of the selected engagements."""
        self.ask(lambda views: views.follow(everything=True))

        def asked(views: Views) -> list[Row]:
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
