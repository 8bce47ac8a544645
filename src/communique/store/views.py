"""The corrected tables in memory: loaded from the published shards, kept current from the record's sequence numbers."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from communique.errors import InputError
from communique.store import coded, judging, loading, snapshot
from communique.store.cube import Ints
from communique.store.database import sequence, statements
from communique.store.documents import search
from communique.store.facets import new_cubes
from communique.store.naming import Names
from communique.store.outlets import outlet_rows
from communique.store.own_rows import lexicon_of
from communique.store.query import Filters
from communique.store.rows import REPORTS
from communique.store.selecting import COLUMNS, ENGAGEMENTS, REPORT, TABLES, TIES, Selections

MEMORY = "3GB"
MOST_BEHIND = 2000
"""Changes, or corrected reports, after which the copy on the disk is made anew. One change may correct thousands."""
Answer = TypeVar("Answer")
PUBLIC = ("engagements", "reports", "participants", "documents", "officials")


class Views:
    """Flat reports, participants and engagements after all decisions, in an in-memory DuckDB."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        """Empty tables; `follow` fills them."""
        self.connection = connection
        self.folder = folder.resolve()
        self.copies = self.folder.parent / snapshot.FOLDER
        self.memory = duckdb.connect(
            config={"memory_limit": MEMORY, "python_enable_replacements": False, "preserve_insertion_order": False}
        )
        self.seq = -1
        self.shards: set[int] = set()
        self.links: int | None = None
        self.documents = False
        self.counted: dict[str, Any] = {}  # see `of_documents`
        self.participants = False
        self.outlets: set[str] = set()
        self.last_doc = 0
        self.cubes = new_cubes()
        self.selections = Selections(self.memory, connection)
        self.names = Names(self.memory, connection)
        for statement in statements(files("communique.store").joinpath("views.sql").read_text("utf-8")):
            self.memory.execute(statement)
        self.memory.execute(f"CREATE VIEW engagements AS SELECT {ENGAGEMENTS} FROM e")
        self.memory.execute(f"CREATE VIEW reports AS SELECT {REPORT} FROM r")
        self.memory.register("empty_reports", REPORTS.empty_table())
        self.memory.create_function("documents_with", self.documents_with, ["VARCHAR"], "VARCHAR[]")
        # A query of a user reads no file but the record's own.
        own = ", ".join(coded.quoted(f"{path}/") for path in (self.folder, self.copies))
        self.memory.execute(f"SET allowed_directories = [{own}]")
        self.memory.execute("SET enable_external_access = false")
        self.memory.execute("SET lock_configuration = true")

    def close(self) -> None:
        """Frees the memory."""
        self.memory.close()

    def follow(self, everything: bool = False) -> None:
        """Brings the tables to the last acknowledged change: by what is new where that is enough, else anew.

        The rows of the views `participants`, `documents` and `officials` are read only where `everything` is asked for,
        and followed from then on.
        """
        self.connection.execute("BEGIN")  # one state of the record for all that is read
        try:
            now = sequence(self.connection)
            if now != self.seq:
                self.catch_up(now)
            if everything:
                self.load_participants()
                self.load_documents()
        finally:
            self.connection.execute("COMMIT")

    def catch_up(self, now: int) -> None:
        """Does the work of `follow` in an open reading transaction."""
        live = {shard for shard, _, _ in coded.live_shards(self.connection)}
        links = loading.newest(self.connection, "links")
        if self.seq < 0:
            self.restore()
        anew = self.seq < 0 or links != self.links or not self.shards <= live or self.rows_lost()
        before = self.seq
        self.selections.clear()
        self.memory.execute("BEGIN")
        try:
            if anew:
                self.load(live, links)
            else:
                self.add(live - self.shards, now)
            self.seq, self.shards, self.links = now, live, links
            self.memory.execute("COMMIT")
        except BaseException:
            # A failed statement may have ended the transaction already.
            with contextlib.suppress(duckdb.Error):
                self.memory.execute("ROLLBACK")
            self.seq = -1
            raise
        if anew or now - before > MOST_BEHIND or self.corrected_since(before) > MOST_BEHIND:
            self.save()

    def corrected_since(self, seq: int) -> int:
        """How many reports people's decisions changed after that change."""
        row = self.connection.execute("SELECT count(*) FROM overlays WHERE seq > ?", (seq,)).fetchone()
        return int(row[0])

    def rows_lost(self) -> bool:
        """Whether rows that the tables hold do not count any more."""
        row = self.connection.execute(
            "SELECT count(*) FROM retired_documents r JOIN documents d USING (doc) WHERE r.seq > ? AND d.seq <= ?",
            (self.seq, self.seq),
        ).fetchone()
        return bool(row[0])

    def restore(self) -> None:
        """Fills the tables from the copy on the disk where there is one; what came later is still to be added."""
        self.empty()
        held = snapshot.read(self.copies)
        if held is None or held.seq > sequence(self.connection):
            return
        if snapshot.restore(self.memory, self.copies, held):
            self.seq, self.shards, self.links = held.seq, set(held.shards), held.links
            self.outlets = {row[0] for row in self.memory.execute("SELECT outlet FROM outlets").fetchall()}
            last = "SELECT coalesce(max(doc), 0) FROM documents WHERE seq <= ?"
            self.last_doc = int(self.connection.execute(last, (held.seq,)).fetchone()[0])

    def save(self) -> None:
        """Keeps a copy of the tables of a large record for the next opening."""
        rows = self.memory.execute("SELECT count(*) FROM r").fetchall()[0][0]
        if rows >= snapshot.FEWEST and os.access(self.folder.parent, os.W_OK):
            self.load_documents()
            snapshot.save(self.memory, self.copies, self.seq, self.shards, self.links)

    def empty(self) -> None:
        """Forgets all rows."""
        for cube in self.cubes.values():
            cube.clear()
        for table in ("p", "officials_table", *snapshot.TABLES):
            self.memory.execute(f"DELETE FROM {table}")
        self.outlets.clear()
        self.last_doc = 0
        self.participants = self.documents = False
        self.counted.clear()

    def load(self, live: set[int], links: int | None) -> None:
        """All tables anew; participants only when they are asked for."""
        self.empty()
        loading.load_links(self.memory, self.connection, self.folder)
        self.note_outlets()
        loading.insert_coded(self.memory, self.connection, self.folder, live, "r")
        loading.apply_overlays(self.memory, self.connection, self.folder, -1, ("r",))
        judging.place(self.memory, self.connection)
        self.engagements_anew()

    def add(self, new: set[int], now: int) -> None:
        """Takes up new shards and new decisions; only the engagements that they touch are made anew."""
        self.note_outlets()
        if self.documents and loading.add_documents(self.memory, self.connection, now):
            self.counted.clear()
        tables = ("r", "p") if self.participants else ("r",)
        for table in tables:
            loading.insert_coded(self.memory, self.connection, self.folder, new, table)
        listed = ", ".join(map(str, new)) or "NULL"
        rows = self.memory.execute(f"SELECT DISTINCT engagement FROM r WHERE shard IN ({listed})").fetchall()
        changed = {row[0] for row in rows}
        changed |= loading.apply_overlays(self.memory, self.connection, self.folder, self.seq, tables)
        # Every time: an undoing may end a merge, and a row that was laid anew stands where the last run linked it.
        changed |= judging.place(self.memory, self.connection)
        self.engagements_anew(changed)

    def load_participants(self) -> None:
        """Fills `p`, which is read for officials, by queries in SQL and by linking."""
        if not self.participants:
            self.memory.execute("DELETE FROM p")  # what an interrupted filling left
            live = {shard for shard, _, _ in coded.live_shards(self.connection)}
            loading.insert_coded(self.memory, self.connection, self.folder, live, "p")
            loading.apply_overlays(self.memory, self.connection, self.folder, -1, ("p",))
            self.participants = True

    def load_documents(self) -> None:
        """Fills the tables behind the views `documents` and `officials`."""
        if not self.documents:
            loading.add_documents(self.memory, self.connection, self.seq)
            loading.load_officials(self.memory, self.connection)
            self.documents = True

    def of_documents(self, name: str, count: Callable[[], Answer]) -> Answer:
        """What a question on the documents gave, asked again only when they are others; callers leave it as it is."""
        self.load_documents()
        if name not in self.counted:
            self.counted[name] = count()
        answer: Answer = self.counted[name]
        return answer

    def note_outlets(self) -> None:
        """Looks up who stands behind the outlets of the documents that are new: their numbers grow."""
        last = self.connection.execute("SELECT coalesce(max(doc), 0) FROM documents").fetchone()[0]
        rows = self.connection.execute(
            "SELECT outlet, min(outlet_country) FROM documents WHERE outlet IS NOT NULL AND doc > ? GROUP BY outlet",
            (self.last_doc,),
        ).fetchall()
        self.last_doc = int(last)
        new = [(name, country) for name, country in rows if name not in self.outlets]
        if new:
            self.insert("outlets", outlet_rows(new, lexicon_of(self.folder.parent)))
            self.outlets |= {name for name, _ in new}

    def engagements_anew(self, changed: Iterable[int] | None = None) -> None:
        """Makes these engagements anew from their reports, or all of them for None."""
        source = "r"
        if changed is not None:
            listed = pa.table({"engagement": pa.array(sorted(set(changed)), pa.uint64())})
            if listed.num_rows == 0:
                return
            self.memory.register("changed", listed)
            self.memory.execute("DELETE FROM e WHERE engagement IN (SELECT engagement FROM changed)")
            self.memory.execute(
                "CREATE OR REPLACE TEMP TABLE told_anew AS SELECT * FROM r SEMI JOIN changed USING (engagement)"
            )
            source = "told_anew"
        self.memory.execute(f"CREATE OR REPLACE VIEW told AS SELECT * FROM {source}")
        self.memory.execute("DELETE FROM wanted_single")
        self.memory.execute("DELETE FROM wanted_many")
        self.memory.execute(
            "CREATE OR REPLACE TEMP TABLE counted AS SELECT engagement, count(*) AS n FROM told GROUP BY 1"
        )
        self.memory.execute("INSERT INTO wanted_single SELECT engagement FROM counted WHERE n = 1")
        self.memory.execute("INSERT INTO wanted_many SELECT engagement FROM counted WHERE n > 1")
        for rows, wanted in (("single_rows", "wanted_single"), ("many_rows", "wanted_many")):
            if changed is None or self.memory.execute(f"SELECT 1 FROM {wanted} LIMIT 1").fetchall():
                self.memory.execute(f"INSERT INTO e BY NAME SELECT *, nextval('numbers') AS n FROM {rows}")

    def insert(self, table: str, rows: pa.Table) -> None:
        """Appends an Arrow table to a table of the same columns."""
        self.memory.register("incoming", rows)
        self.memory.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
        self.memory.unregister("incoming")

    # --- questions

    def documents_with(self, words: str) -> list[str]:
        """The ids of the documents that hold the words (see `documents.search`): a function of SQL."""
        found = json.dumps(search(self.connection, words))
        query = "SELECT id FROM documents WHERE doc IN (SELECT value FROM json_each(?)) ORDER BY doc"
        return [row[0] for row in self.connection.execute(query, (found,))]

    def ask(self, query: str, values: Sequence[Any] = ()) -> pa.Table:
        """The answer to a query on the tables in memory."""
        return self.memory.sql(query, params=list(values)).to_arrow_table()

    def counts(self) -> dict[str, Any]:
        """Numbers of corrected reports and engagements, and the dates that they cover."""
        row = self.ask(
            'SELECT count(*) AS reports, (SELECT count(*) FROM e) AS engagements, min("start")::VARCHAR AS first_event,'
            ' max("end")::VARCHAR AS last_event FROM r'
        ).to_pylist()[0]
        return dict(row)

    def numbers(self, unit: str, filters: Filters) -> Ints | None:
        """The numbers `n` of the rows of `e` or `r` that fulfil the filters, None for all."""
        return self.selections.numbers(unit, filters)

    def matching(self, unit: str, filters: Filters) -> str:
        """The condition of the filters on the numbers `n` of `e` or `r`; those that fulfil it are at hand as `chosen`.

        It holds until the next call.
        """
        found = self.numbers(unit, filters)
        if found is None:
            return "true"
        self.memory.register("chosen", pa.table({"n": found}))
        return "n IN (SELECT n FROM chosen)"

    def select(self, unit: str, filters: Filters) -> pa.Table:
        """The engagements or reports that fulfil the filters, newest first."""
        return self.first(unit, filters, '"end" DESC NULLS LAST, ' + TIES[unit])

    def first(self, unit: str, filters: Filters, order: str) -> pa.Table:
        """The rows of the selection in an order, from `filters.offset`, at most `filters.limit`.

        Only their numbers are ordered; what a row shows is read for those that are shown.
        """
        table, where = TABLES[unit], self.matching(unit, filters)
        if filters.limit is None and not filters.offset:
            return self.ask(f"SELECT {COLUMNS[unit]} FROM {table} WHERE {where} ORDER BY {order}")
        limit = f"LIMIT {'ALL' if filters.limit is None else int(filters.limit)} OFFSET {int(filters.offset)}"
        return self.ask(
            f"WITH first AS MATERIALIZED (SELECT n FROM {table} WHERE {where} ORDER BY {order} {limit})"
            f" SELECT {COLUMNS[unit]} FROM {table} SEMI JOIN first USING (n) ORDER BY {order}"
        )

    def for_linking(self, rids: Sequence[int] | None = None) -> pa.RecordBatchReader:
        """The corrected reports as linking reads them, in batches: one row each, `parties` nested; all, or these."""
        self.follow(everything=True)
        some = "" if rids is None else f" WHERE rid IN ({', '.join(map(str, rids)) or 'NULL'})"
        parties = 'list({role: role, actor: actor, kind: kind, name: name, post: post, rank: "rank"})'
        query = (
            f"SELECT r.* EXCLUDE (actors, pairs, n), q.parties FROM (SELECT * FROM r{some}) r LEFT JOIN"
            f" (SELECT rid, {parties} AS parties FROM p{some} GROUP BY rid) q USING (rid)"
        )
        # A cursor of its own, so that other questions can be asked while the batches are read.
        return self.memory.cursor().sql(query).to_arrow_reader(20_000)

    def sql(self, query: str) -> pa.Table:
        """The answer to one SELECT; raises InputError for anything else, and with DuckDB's words for a faulty one."""
        self.follow(everything=True)
        try:
            parsed = self.memory.extract_statements(query)
            if len(parsed) != 1 or parsed[0].type != duckdb.StatementType.SELECT:
                raise InputError("only one SELECT is answered; the views are " + ", ".join(PUBLIC))
            return self.ask(query)
        except duckdb.Error as broken:
            raise InputError(f"the query cannot be answered: {broken}; the views are {', '.join(PUBLIC)}") from broken
