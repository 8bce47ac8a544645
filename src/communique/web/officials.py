"""The named officials of a record: who takes part in what, and what they are called there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from communique.store.crossing import together as taking_part_together
from communique.store.facets import counts
from communique.store.query import Filters
from communique.store.views import Views
from communique.web.reader import Reader, Row

NO_POST: Row = {"post": None, "rank": None, "level": None}


def people(reader: Reader, filters: Filters) -> list[Row]:
    """The named officials of a selection: actor, name, and how many engagements; the most frequent come first.

    `with_posts` adds what a page tells of those that it shows.
    """

    def asked(views: Views) -> list[Row]:
        found = counts(views, "people", filters, ["people"])["people"]
        who = {row[0]: row[1:] for row in views.memory.execute("SELECT who, actor, name FROM people").fetchall()}
        rows = [{"actor": who[number][0], "name": who[number][1], "n": n} for number, n in found]
        return sorted(rows, key=lambda row: (-row["n"], row["name"], row["actor"]))

    return reader.unchanged(("people", filters), lambda: reader.ask(asked, everything=True))


def with_posts(reader: Reader, people: Sequence[Row]) -> list[Row]:
    """The officials with one post and rank as told, and the level, those that are told most often."""
    if not people:
        return []
    query = (
        "SELECT w.actor, w.name, q.post, q.rank, q.level, q.n FROM (SELECT who, post, rank, level, count(*) AS n FROM p"
        " WHERE who IN (SELECT who FROM people WHERE name IN (SELECT unnest(?::VARCHAR[]))) GROUP BY ALL) q"
        " JOIN people w USING (who)"
    )
    names = sorted({row["name"] for row in people})
    told = reader.unchanged(
        ("posts", *names), lambda: reader.ask(lambda views: views.ask(query, [names]), everything=True).to_pylist()
    )
    found = {who: most_told(rows) for who, rows in by_official(told).items()}
    return [{**found.get((row["actor"], row["name"]), NO_POST), **row} for row in people]


def by_official(told: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    """Rows with `actor` and `name` by these."""
    out: dict[tuple[str, str], list[Row]] = {}
    for row in told:
        out.setdefault((row["actor"], row["name"]), []).append(row)
    return out


def most_told(rows: Iterable[Row]) -> Row:
    """The post, rank and level that most of the rows tell, `n` times each, the first of the alphabet among equals."""
    votes: dict[str, Counter[str]] = {name: Counter() for name in NO_POST}
    for row in rows:
        for name in NO_POST:
            if row[name] is not None:
                votes[name][row[name]] += row["n"]
    return {name: min(held, key=lambda v: (-held[v], v)) if held else None for name, held in votes.items()}


def together(reader: Reader, filters: Filters, most: int = 400) -> list[Row]:
    """Pairs of named officials who take part in the same engagements of a selection, the most frequent first.

    Columns: a_actor, a_name, b_actor, b_name, n, and the ids of at most 20 of those engagements.
    """

    def asked(views: Views) -> list[Row]:
        pairs, told = taking_part_together(views, filters, most)
        views.memory.register("told_together", told)
        held = views.memory.execute(
            "SELECT a, b, list(printf('%016x', e.engagement) ORDER BY e.engagement)[:20]"
            " FROM told_together t JOIN e USING (n) GROUP BY ALL"
        ).fetchall()
        own = {(a, b): list(idents) for a, b, idents in held}
        who = {row[0]: row[1:] for row in views.memory.execute("SELECT who, actor, name FROM people").fetchall()}
        rows = [
            {"a_actor": who[a][0], "a_name": who[a][1], "b_actor": who[b][0], "b_name": who[b][1], "n": n,
             "engagements": own[a, b]}
            for a, b, n in pairs
        ]  # fmt: skip
        return sorted(rows, key=lambda row: (-row["n"], row["a_name"], row["b_name"]))

    return reader.unchanged(("together", filters, most), lambda: reader.ask(asked, everything=True))


def appearances(reader: Reader, actor: str, name: str) -> list[Row]:
    """Every report in which an official takes part: engagement_id, role, post, rank, outlet, days, document."""
    query = (
        "SELECT printf('%016x', r.engagement) AS engagement_id, p.role, p.post, p.rank, r.outlet, r.published,"
        ' r."start", r."end", r.precision, r.type, r.place, r.place_country, r.doc_id, r.report_id'
        ' FROM p JOIN r USING (rid) WHERE p.actor = ? AND p.name = ? ORDER BY r."end" DESC NULLS LAST, r.doc'
    )
    return reader.ask(lambda views: views.ask(query, [actor, name]), everything=True).to_pylist()  # type: ignore[no-any-return]
