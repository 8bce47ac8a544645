"""The record folder as one object: what is in it, what is published into it, and the questions put to it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from communique.errors import RecordError
from communique.lexicon import Lexicon
from communique.records import Document, Quarantined
from communique.store import (
    backup,
    compacting,
    database,
    deciding,
    decision_log,
    documents,
    linking,
    publishing,
    status,
)
from communique.store import coded as coded_store
from communique.store.checking import known_name
from communique.store.database import change, plain_failures, transaction
from communique.store.deciding import Decision, Listed
from communique.store.decision_log import Entry
from communique.store.documents import Incoming, Kept
from communique.store.facets import facets
from communique.store.own_rows import OWN, lexicon_of, own_rows
from communique.store.query import Filters
from communique.store.shards import FOLDER, Coded
from communique.store.show import Shown, show
from communique.store.status import Status
from communique.store.verify import Problem, verify
from communique.store.views import Views


class Record:
    """A record folder, open. Make one with `Record.create` or `Record.open`; close it, or use it in a `with` block.

    One object serves several threads, each in its turn; several processes may have the same folder open.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
        """For `create` and `open`."""
        self.folder = folder
        self.read_only = read_only
        self.shards = folder / FOLDER
        self._connection = connection
        self._lock = threading.RLock()
        self._views: Views | None = None
        self.tables: Record | None = None
        """An open record of the same folder whose tables are asked instead of own ones."""

    @classmethod
    def create(cls, folder: str | Path) -> Record:
        """A record in a new or empty folder; one that is a record already is opened as it is."""
        path = Path(folder)
        if (path / database.FILE).exists():
            return cls.open(path)
        if path.exists() and (not path.is_dir() or any(p.name not in (FOLDER, OWN) for p in path.iterdir())):
            raise RecordError(f"{path} is no record and not empty; name a new folder")
        try:
            with plain_failures(path):
                (path / FOLDER).mkdir(parents=True, exist_ok=True)
        except OSError as broken:
            raise RecordError(f"no record can be made in {path}: {broken.strerror}; name another folder") from broken
        database.create(path / database.FILE)
        return cls.open(path)

    @classmethod
    def open(cls, folder: str | Path, read_only: bool = False) -> Record:
        """The record in a folder. Raises RecordError where there is none, or one of another format."""
        path = Path(folder)
        if not (path / database.FILE).is_file():
            raise RecordError(f"no record in {path}; `communique add PATH --record {path}` makes one")
        connection = database.connect(path / database.FILE, read_only=read_only)
        with plain_failures(path):
            row = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        if row is None or row[0] != database.FORMAT:
            told = None if row is None else row[0]
            raise RecordError(
                f"the record {path} has format {told}, this version reads {database.FORMAT}; update communique"
            )
        return cls(path, connection, read_only=read_only)

    def __enter__(self) -> Record:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Closes it."""
        self.close()

    def close(self) -> None:
        """Lets go of the files; nothing needs saving."""
        with self._lock:
            if self._views is not None:
                self._views.close()
                self._views = None
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for this thread alone."""
        with self._lock, plain_failures(self.folder):
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection for a change; RecordError where the record was opened for reading."""
        if self.read_only:
            raise RecordError(f"the record {self.folder} is open for reading only; open it with read_only=False")
        with self.reading() as connection:
            yield connection

    @property
    def sequence(self) -> int:
        """The number of the last acknowledged change; it grows with each."""
        with self.reading() as connection:
            return database.sequence(connection)

    @property
    def own_rows(self) -> Path | None:
        """The folder of rows that are laid over the lexicon for this record, None where it has none."""
        return own_rows(self.folder)

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon with the record's own rows, as they stand now; raises LexiconError for a faulty one."""
        return lexicon_of(self.folder)

    # --- documents and their coding

    def known(self, doc: Document) -> int | None:
        """The number of this very document in the record, None for a new one."""
        with self.reading() as connection:
            return documents.known(connection, doc)

    def documents(self, where: str = "1", values: Sequence[Any] = (), limit: int = -1) -> list[Kept]:
        """The kept documents, with their texts, that fulfil an SQL condition on the table `documents d`."""
        with self.reading() as connection:
            return documents.fetch(connection, where, values, limit)

    def raw(self, sha: str) -> tuple[bytes, str] | None:
        """The bytes with this SHA-256, as they came, and the suffix of their kind."""
        with self.reading() as connection:
            return documents.raw_bytes(connection, sha)

    def publish(self, items: Sequence[Incoming], coded: Coded) -> publishing.Published:
        """Keeps new documents with their coded rows: acknowledged and durable when this returns."""
        with self.writing() as connection:
            return publishing.publish_new(connection, self.shards, items, coded)

    def publish_recoded(self, numbers: Sequence[int], coded: Coded) -> publishing.Published:
        """Puts new rows in the place of those of documents that the record has; decisions follow them."""
        with self.writing() as connection:
            return publishing.publish_recoded(connection, self.shards, numbers, coded)

    def coded_rows(self, numbers: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
        """The coded rows (`rows.REPORTS`) of documents, by the documents' numbers."""
        with self.reading() as connection:
            return coded_store.of_documents(connection, self.shards, numbers)

    def unpublished_rows(self, coded: Coded) -> dict[int, list[dict[str, Any]]]:
        """The rows of a shard that is not published yet, by the documents' numbers in it."""
        out: dict[int, list[dict[str, Any]]] = {}
        for row in pq.read_table(self.shards / coded.written.file, partitioning=None).to_pylist():
            out.setdefault(row["doc"], []).append(row)
        return out

    def set_aside(self, items: Iterable[Quarantined]) -> int:
        """Notes inputs that could not be read; how many of them were not noted before."""
        with self.writing() as connection:
            new = documents.not_noted(connection, items)
            if new:
                with transaction(connection):
                    documents.set_aside(connection, new, change(connection, "quarantine"))
            return len(new)

    # --- keeping

    def status(self) -> Status:
        """What the record holds, in numbers."""
        with self.reading() as connection:
            views = self.views()
            told = views.of_documents("status", lambda: status.of_documents(views.memory))
            own = status.stored(connection, self.shards) | views.counts()
            return Status(**told, **own, sequence=self.sequence)

    def verify(self) -> list[Problem]:
        """Every problem, grave ones first; none that is grave in an intact record."""
        with self.reading() as connection:
            return verify(connection, self.shards)

    def compact(self, grace: float = compacting.GRACE) -> compacting.Compacted:
        """Joins small shards and deletes files that have been out of use for `grace` seconds."""
        with self.writing() as connection:
            done = compacting.compact(connection, self.shards, grace)
        if done.joined:
            self.views()  # makes the copy anew by which a large record opens quickly
        return done

    def backup(self, to: str | Path) -> backup.Backup:
        """A copy of the record in a new folder, checked against its hashes; others may write meanwhile."""
        with self.reading() as connection:
            return backup.backup(connection, self.folder, Path(to))

    # --- links

    def publish_links(self, links: linking.Links) -> linking.Linked:
        """Makes a run's links the record's, with redirects from engagement ids that are no more."""
        with self.writing() as connection:
            return linking.publish(connection, self.shards, links)

    def keep_sketches(self, rows: Sequence[tuple[int, bytes, int, str, str | None]]) -> None:
        """Keeps what near-copies are told by: document, digest, number of shingles, hash of all, credited agency."""
        with self.writing() as connection, transaction(connection):
            connection.executemany("INSERT OR REPLACE INTO sketches VALUES (?, ?, ?, ?, ?)", rows)

    def judgements(self) -> linking.Judgements:
        """What people decided about which reports tell one event."""
        with self.reading() as connection:
            return linking.judgements(connection)

    # --- decisions

    def decide(self, decision: Decision) -> int:
        """The id of the decision in the log: acknowledged and durable when this returns."""
        return self.decide_many([decision])[0]

    def decide_many(self, decisions: Sequence[Decision]) -> list[int]:
        """The ids of the decisions, all of which are written or none."""
        with self.writing() as connection:
            return deciding.decide(connection, self.shards, self.views, decisions)

    def undo(self, decision: int, who: str, why: str | None = None) -> int:
        """The id of the decision that takes another back; an undo can be taken back too."""
        return self.decide(Decision(kind="undo", who=who, why=why, decision=decision))

    def decisions(self, report: str | None = None, who: str | None = None, since: int = 0) -> list[Entry]:
        """The log in its order: all of it, or what was decided on a report, by a person, or after an id."""
        with self.reading() as connection:
            return deciding.listed_log(connection, report, who, since)

    def unattached(self) -> list[Listed]:
        """The decisions whose report is no more, with their words: to be asked again."""
        with self.reading() as connection:
            return deciding.unattached(connection)

    # --- asking

    def views(self, everything: bool = False) -> Views:
        """The corrected tables in memory, as of the last acknowledged change; see `Views.follow` for `everything`."""
        if self.tables is not None:
            return self.tables.views(everything)
        with self.reading() as connection:
            if self._views is None:
                self._views = Views(connection, self.shards)
            self._views.follow(everything)
            return self._views

    def engagements(self, **filters: Any) -> pa.Table:
        """The engagements that fulfil all filters (see `query.Filters`), newest first."""
        with self._lock:
            return self.views().select("engagements", self._filters(filters))

    def reports(self, **filters: Any) -> pa.Table:
        """The corrected reports that fulfil all filters (see `query.Filters`), newest first."""
        with self._lock:
            return self.views().select("reports", self._filters(filters))

    def _filters(self, given: dict[str, Any]) -> Filters:
        """The filters; raises UnusableOption for a value that nothing in the record can have."""
        filters = Filters.of(given)
        for outlet in filters.outlet:
            known_name("outlet", outlet, self.views().outlets)
        return filters

    def facets(self, unit: str = "engagements", **filters: Any) -> dict[str, pa.Table]:
        """For each facet its values with the numbers of engagements or reports that fulfil the filters."""
        with self._lock:
            return facets(self.views(), unit, Filters.of(filters))

    def sql(self, query: str) -> pa.Table:
        """The answer to a question in SQL on the views engagements, reports, participants, documents and officials."""
        with self._lock:
            return self.views().sql(query)

    def show(self, ident: str) -> Shown:
        """An engagement, report or document with what belongs to it; former engagements lead to the present one."""
        with self.reading() as connection:
            return show(connection, self.shards, self.views(), ident)

    def log(self, decision: int) -> Entry:
        """One decision of the log."""
        with self.reading() as connection:
            found = decision_log.entries(connection, "id = ?", (decision,))
        if not found:
            raise RecordError(f"no decision {decision} in the log; `decisions()` lists them")
        return found[0]
