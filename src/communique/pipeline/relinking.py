"""Links a record: reads the corrected reports and people's judgements, publishes which reports tell one event."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from communique.pipeline.engagements import Engagement, LinkReason
from communique.pipeline.link import (
    DocumentInfo,
    Judgements,
    LinkItem,
    Links,
    Party,
    Sketch,
    build_engagement,
    copy_groups,
    info_from_document,
    link_reports,
    sketch,
    wire_credit,
)
from communique.pipeline.link.score import Scorer
from communique.pipeline.tellings import tellings_within
from communique.pipeline.tenures import LearnedTenure, Sighting, Sightings, stored
from communique.store import Kept, Linked, Record
from communique.store import Links as StoredLinks
from communique.store.linking import COPIES, FULL_LINKS, LINKS
from communique.store.outlets import behind
from communique.store.rows import key_of, number_of

SLICE = 2000
SENTENCE_END = re.compile(r"\n|(?<=[a-z\d\)]{2})[.!?][\"”']?\s+(?=[A-Z“\"])")
Numbers = dict[str, int]


@dataclass(frozen=True, slots=True)
class Tellings:
    """What is known of the record's documents, by id, and the rows of those that tell what others tell."""

    infos: dict[str, DocumentInfo]
    copies: pa.Table


def link(record: Record) -> Linked:
    """Links all corrected reports anew, taking merges and splits as given, and learns tenures from them.

    The last run to finish counts.
    """
    sequence = record.sequence
    judged = record.judgements()
    told = tellings(record)
    seen = Sightings(record.lexicon)
    links = link_reports(items(record, seen), told.infos, judgements=Judgements(judged.together, judged.apart))
    tenures = seen.tenures()
    learned = tuple(stored(tenure, words) for tenure, words in zip(tenures, words_of(record, tenures), strict=True))
    table = table_of(links, seen.levels(tenures), tellings_within(links, told.infos))
    done = record.publish_links(StoredLinks(table, told.copies, learned, sequence))
    record.views()  # makes the copy anew by which a large record opens quickly
    return done


def items(record: Record, seen: Sightings | None = None) -> Iterator[LinkItem]:
    """The corrected reports as linking reads them, named by their keys; `seen` takes up their officials."""
    for batch in record.views().for_linking():
        for row in batch.to_pylist():
            if seen is not None:
                seen.note(row)
            yield item_of(row)


def words_of(record: Record, tenures: Sequence[LearnedTenure]) -> Iterator[str]:
    """The words of a document that each tenure rests on, in one line."""
    for at in range(0, len(tenures), SLICE):
        some = tenures[at : at + SLICE]
        numbers = sorted({tenure.witness.doc for tenure in some})
        marks = ", ".join("?" * len(numbers))
        texts = {kept.number: kept.document.text for kept in record.documents(f"d.doc IN ({marks})", numbers)}
        rows = {(row["doc"], row["report_id"]): row for found in record.coded_rows(numbers).values() for row in found}
        for tenure in some:
            witness = tenure.witness
            told = words_about(witness, rows.get((witness.doc, witness.report_id)), texts[witness.doc])
            yield " ".join(told.split())


def words_about(witness: Sighting, row: Mapping[str, Any] | None, text: str) -> str:
    """The sentence that names a person, else the evidence of the report, else what a person added to the record."""
    if row is None:
        return f"{witness.name}, {witness.post}"
    for party in row["participants"] or ():
        if (party["name"], party["post"]) == (witness.name, witness.post) and party["start"] is not None:
            start = max((found.end() for found in SENTENCE_END.finditer(text, 0, party["start"])), default=0)
            end = SENTENCE_END.search(text, party["end"])
            return text[start : len(text) if end is None else end.start() + 1]
    return " […] ".join(text[span["start"] : span["end"]] for span in row["evidence"] or ())


def item_of(row: Mapping[str, Any]) -> LinkItem:
    """One corrected report."""
    start, end = row["start"], row["end"]
    return LinkItem(
        doc_id=row["doc_id"],
        index=row["item"] if row["item"] >= 0 else row["rid"],  # what people added comes after what was coded
        report_id=key_of(row["rid"]),
        type=row["type"],
        mode=row["mode"],
        status=row["status"],
        parties=tuple(Party(**party) for party in row["parties"] or ()),
        start=start.toordinal() if start is not None else None,
        end=end.toordinal() if end is not None else None,
        precision=row["precision"],
        place_name=row["place"],
        place_country=row["place_country"],
        domains=tuple(row["domains"] or ()),
        aggregate=bool(row["aggregate"]),
        details=json.loads(row["details"]) if row["details"] is not None else None,
        lat=row["lat"],
        lon=row["lon"],
        asserted_by=row["asserted_name"],
        confidence=row["confidence"] if row["origin"] == "coded" and row["review"] is None else None,
    )


def table_of(links: Links, levels: Mapping[int, str], within: Mapping[int, int]) -> pa.Table:
    """The links in the form in which the store keeps them, with learned levels by report and tellings by row."""
    rids = np.array([int(ident, 16) for ident in links.features.report_ids], dtype=np.int64)
    partners = np.asarray(links.partners)
    known = partners >= 0
    partner = rids[np.maximum(partners, 0)] if len(rids) else rids
    return pa.table(
        {
            "rid": pa.array(rids),
            "engagement": pa.array([int(links.name(row), 16) for row in range(len(links))], pa.uint64()),
            "partner": pa.array(partner, pa.int64(), mask=~known),
            "score": pa.array(np.asarray(links.scores, dtype=np.float32), pa.float32(), mask=~known),
            "why": pa.array(reasons_of(links), LINKS.field("why").type),
            "level": pa.array([levels.get(rid) for rid in rids.tolist()], pa.string()),
            "telling": pa.array([within.get(row) for row in range(len(links))], pa.int64()),
        },
        schema=FULL_LINKS,
    )


def reasons_of(links: Links) -> list[list[str]]:
    """The reasons of all links in words, as `links.reasons` gives them one by one, which takes a millisecond each."""
    partners = np.asarray(links.partners)
    rows = np.flatnonzero(partners >= 0)
    out = [[str(LinkReason("alone", "nothing like it was found", 0.0))] for _ in range(len(links))]
    if not len(rows):
        return out
    words, weights = weighed(links.scorer, rows, partners[rows])
    order = np.argsort(-np.abs(weights), axis=1, kind="stable")
    refused = [str(LinkReason("alone", "the nearest other report was refused", 0.0))]
    human = [str(LinkReason("human", "judged to be one", 0.0))]
    for place, row in enumerate(rows.tolist()):
        own = [words[column][place] for column in order[place].tolist() if weights[place, column]]
        apart = links.labels[row] != links.labels[partners[row]]
        out[row] = (refused if apart else human if row in links.human else []) + own
    return out


def weighed(scorer: Scorer, first: Any, second: Any) -> tuple[list[list[str]], Any]:
    """Of each feature, in order of names, the reason in words of every pair; and the weights, a row for each pair."""
    families = scorer.columns["family"][first]
    found: dict[str, tuple[list[str], Any]] = {}
    levels = [(feature, level.names, level.codes) for feature, level in scorer.levels(first, second)]
    levels.append(("bias", tuple(str(f) for f in scorer.families), families))
    for feature, names, codes in levels:
        table: dict[tuple[int, int], tuple[str, float]] = {}
        for family, code in {*zip(families.tolist(), codes.tolist(), strict=True)}:
            weight = weight_of(scorer, feature, names[code], scorer.families[family] or "")
            table[family, code] = (str(LinkReason(feature, names[code], weight)), weight)
        pairs = [table[key] for key in zip(families.tolist(), codes.tolist(), strict=True)]
        found[feature] = ([word for word, _ in pairs], np.array([weight for _, weight in pairs]))
    features = sorted(found)
    return [found[f][0] for f in features], np.column_stack([found[f][1] for f in features])


def weight_of(scorer: Scorer, feature: str, level: str, family: str) -> float:
    """The weight of a feature's level for a family of types."""
    rules = scorer.rules
    if feature == "bias":
        return float(rules.bias.get(family, rules.bias["other"]))
    return float({**rules.weights[feature], **rules.by_type.get(family, {}).get(feature, {})}[level])


def tellings(record: Record) -> Tellings:
    """Every current document with its outlet, near-copies and agency; new documents are sketched and kept so."""
    sketch_new(record)
    infos: dict[str, DocumentInfo] = {}
    numbers: Numbers = {}
    sketches: dict[str, Sketch] = {}
    with record.reading() as connection:
        rows = connection.execute(
            "SELECT d.doc, d.id, d.hash, d.outlet, d.outlet_country, d.published, d.restates, s.digest, s.shingles,"
            " s.exact, s.wire FROM documents d JOIN sketches s USING (doc)"
            " WHERE d.superseded_by IS NULL AND d.outcome = 'coded' ORDER BY d.doc"
        ).fetchall()
    lexicon = record.lexicon
    outlets: dict[tuple[str | None, str | None], tuple[str | None, str | None, str | None]] = {}
    for doc, ident, digest, outlet, country, published, restates, minhash, shingles, exact, wire in rows:
        if (outlet, country) not in outlets:
            outlets[outlet, country] = behind(outlet, country, lexicon) if outlet else (None, country, None)
        owner, home, affiliation = outlets[outlet, country]
        named = tuple(r["outlet"] for r in json.loads(restates) if r.get("outlet"))
        day = np.datetime64(published).astype(object) if published is not None else None
        infos[ident] = DocumentInfo(ident, digest, outlet, home, day, owner, affiliation, named, None, wire)
        numbers[ident] = doc
        sketches[ident] = Sketch(np.frombuffer(minhash, dtype=np.uint32), shingles, exact)
    groups = copy_groups(sketches)
    for ident, group in groups.items():
        infos[ident] = replace(infos[ident], copies=group)
    return Tellings(infos, copies_of(infos, numbers))


def copies_of(infos: Mapping[str, DocumentInfo], numbers: Numbers) -> pa.Table:
    """The documents that share a telling: near-copies, and texts that credit one agency.

    An agency that any text of a group credits is that of the whole group.
    """
    agencies = {i.copies: i.wire for i in infos.values() if i.copies is not None and i.wire is not None}
    rows = []
    for ident, info in infos.items():
        wire = info.wire or (agencies.get(info.copies) if info.copies is not None else None)
        if info.copies is not None or wire is not None:
            telling = number_of("wire", wire) if wire is not None else number_of("copies", info.copies or "")
            rows.append({"doc": numbers[ident], "telling": telling, "copies": info.copies, "wire": wire})
    return pa.Table.from_pylist(rows, schema=COPIES)


def sketch_new(record: Record) -> None:
    """Sketches the documents that are new since the last run."""
    new = "d.outcome = 'coded' AND NOT EXISTS (SELECT 1 FROM sketches s WHERE s.doc = d.doc)"
    while kept := record.documents(new, limit=SLICE):
        record.keep_sketches([sketch_row(one) for one in kept])


def sketch_row(kept: Kept) -> tuple[int, bytes, int, str, str | None]:
    """The row of a document's sketch."""
    made = sketch(kept.document.text)
    wire = wire_credit(kept.document.text, kept.document.outlet)
    return kept.number, made.digest.tobytes(), made.shingles, made.exact, wire


def engagement(record: Record, ident: str) -> Engagement:
    """The engagement that an id means, drawn from its corrected reports: consensus, history, witnesses."""
    shown = record.show(ident)
    reports = shown.reports
    if shown.kind != "engagement" and reports:
        reports = record.show(reports[0].engagement_id).reports
    found = []
    lexicon = record.lexicon
    infos: dict[str, DocumentInfo] = {}
    keys = [int(r.key, 16) for r in reports]
    rows = {row["rid"]: row for row in record.views().for_linking(keys).read_all().to_pylist()}
    for one in reports:
        doc = one.document.document
        outlet, country = doc.outlet, doc.outlet_country
        owner, home, affiliation = behind(outlet, country, lexicon) if outlet else (None, None, None)
        infos[doc.id] = replace(
            info_from_document(doc), owner=owner, outlet_country=home, affiliation=affiliation,
            wire=wire_credit(doc.text, doc.outlet), copies=one.copies,
        )  # fmt: skip
        found.append(item_of(rows[int(one.key, 16)]))
    return build_engagement(found, infos, reports[0].engagement_id, lexicon)
