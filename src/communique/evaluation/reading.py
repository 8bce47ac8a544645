"""Files of gold, predictions, links and clusters, read for scoring. Errors name the file and line and the way out."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from communique.errors import EvaluationError, UnreadableInput
from communique.evaluation.coded import CodedEvent, read_event
from communique.records import Document
from communique.text import content_hash

logger = logging.getLogger(__name__)

Predictions = Mapping[str, Sequence[CodedEvent]]
ReportKey = tuple[str, int]
"""A report by its document's id and its place among the document's reports, from 0."""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A labelled document: the text that offsets count into, what is known of it, and its gold reports."""

    id: str
    text: str
    events: tuple[CodedEvent, ...]
    published: dt.date | None = None
    title: str | None = None
    outlet: str | None = None
    outlet_country: str | None = None
    lang: str | None = None
    split: str | None = None

    def document(self) -> Document:
        """The document without its labels, ready to be coded."""
        return Document(
            id=self.id,
            text=self.text,
            title=self.title,
            outlet=self.outlet,
            outlet_country=self.outlet_country,
            published=self.published,
            lang=self.lang,
            hash=content_hash(self.text),
        )


def load_gold(path: Path | str, *, aliases: Mapping[str, str] | None = None) -> list[GoldDocument]:
    """The labelled documents of a .jsonl or .parquet file, one a row with `id`, `text` and `events`.

    Raises UnreadableInput where a row is not such a document, EvaluationError where an id comes twice.
    """
    documents: list[GoldDocument] = []
    seen: dict[str, str] = {}
    for where, row in _rows(Path(path)):
        for field, kind in (("id", str), ("text", str), ("events", list)):
            if not isinstance(row.get(field), kind):
                raise UnreadableInput(f"{where}: no {field}; a gold document needs id, text and events")
        if row["id"] in seen:
            raise EvaluationError(f"{where}: document {row['id']!r} was given already at {seen[row['id']]}; keep one")
        seen[row["id"]] = where
        documents.append(_gold_document(row, where, aliases))
    return documents


def load_predictions(path: Path | str, *, aliases: Mapping[str, str] | None = None) -> dict[str, list[CodedEvent]]:
    """Predicted reports by document id, in file order, from a .jsonl or .parquet file.

    A row is a document with `id` and `events`, or one report with `doc_id` and `type`. Raises UnreadableInput for
    any other row.
    """
    predictions: dict[str, list[CodedEvent]] = {}
    for where, row in _rows(Path(path)):
        if isinstance(row.get("events"), list) and "id" in row:
            predictions.setdefault(row["id"], []).extend(_events(row["events"], where, aliases))
        elif "doc_id" in row and "type" in row:
            predictions.setdefault(row["doc_id"], []).extend(_events([row], where, aliases))
        else:
            raise UnreadableInput(
                f"{where}: neither a document with id and events nor a report with doc_id and type; "
                "give the coder's report lines or documents with their events"
            )
    return predictions


def load_links(path: Path | str) -> dict[ReportKey, str]:
    """The engagement of each report from a .jsonl or .parquet file of `doc_id`, `index` and `engagement_id`.

    Raises UnreadableInput for a malformed row, EvaluationError where a report is put into two engagements.
    """
    links: dict[ReportKey, str] = {}
    for where, row in _rows(Path(path)):
        try:
            key, engagement = (str(row["doc_id"]), int(row["index"])), str(row["engagement_id"])
        except (KeyError, TypeError, ValueError):
            raise UnreadableInput(f"{where}: not a link; a link needs doc_id, index and engagement_id") from None
        if links.setdefault(key, engagement) != engagement:
            raise EvaluationError(
                f"{where}: report {key[1]} of {key[0]!r} is put into {links[key]!r} and {engagement!r}; keep one"
            )
    return links


def load_clusters(path: Path | str) -> list[list[ReportKey]]:
    """The gold engagements of a clusters file, each as the list of its reports.

    The file is `{name: {"engagements": [{"label", "docs": [{"id", "event_index"}]}]}}`. Raises UnreadableInput where
    it is not.
    """
    try:
        clusters = json.loads(_text(Path(path)))
        return [
            [(member["id"], member["event_index"]) for member in engagement["docs"]]
            for cluster in clusters.values()
            for engagement in cluster["engagements"]
        ]
    except json.JSONDecodeError as error:
        raise UnreadableInput(f"{path}:{error.lineno}: not JSON: {error.msg}") from None
    except (AttributeError, KeyError, TypeError) as error:
        raise UnreadableInput(
            f"{path}: no clusters ({error!r}); give {{name: {{engagements: [{{docs: [{{id, event_index}}]}}]}}}}"
        ) from None


def _gold_document(row: Mapping[str, Any], where: str, aliases: Mapping[str, str] | None) -> GoldDocument:
    return GoldDocument(
        id=row["id"],
        text=row["text"],
        events=tuple(_events(row["events"], where, aliases)),
        published=_published(row.get("published"), where),
        **{field: row.get(field) for field in ("title", "outlet", "outlet_country", "lang", "split")},
    )


def _published(value: object, where: str) -> dt.date | None:
    if value is None or value == "":
        return None
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        logger.warning("%s: published %r is no ISO date and counts as unknown", where, value)
        return None


def _events(rows: Sequence[Any], where: str, aliases: Mapping[str, str] | None) -> Iterator[CodedEvent]:
    for number, row in enumerate(rows):
        try:
            if not isinstance(row, Mapping):
                raise ValueError(f"{row!r} is not an object")
            yield read_event(row, where=where, aliases=aliases)
        except ValueError as error:
            raise UnreadableInput(f"{where}: event {number}: {error}") from None


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row with its place, `file:line`, from JSON Lines or Parquet."""
    if path.suffix == ".parquet":
        yield from _parquet_rows(path)
        return
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise UnreadableInput(f"{path}:{number}: not JSON: {error.msg}; give one object a line") from None
        if not isinstance(row, dict):
            raise UnreadableInput(f"{path}:{number}: not an object but {type(row).__name__}; give one object a line")
        yield f"{path}:{number}", row


def _parquet_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        table = pq.read_table(path)
    except (OSError, ValueError) as error:
        raise UnreadableInput(f"{path}: not a readable Parquet file: {error}") from None
    for number, row in enumerate(table.to_pylist(), 1):
        yield f"{path}:{number}", row


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise UnreadableInput(f"{path}: cannot be read: {error.strerror}; check the path") from None
