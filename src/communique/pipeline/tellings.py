"""Which documents of an engagement are one telling, counted quickly where a text has thousands of copies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from communique.pipeline.link import DocumentInfo, Links
from communique.pipeline.link.witnesses import WIRE_DAYS
from communique.store.rows import number_of


def tellings_within(links: Links, infos: Mapping[str, DocumentInfo]) -> dict[int, int]:
    """By row, the telling that a report's document is in its engagement, where copies or agencies make that a question.

    Texts that credit one agency are one telling only within some days, so it depends on the other documents there.
    """
    told: dict[int, dict[str, list[int]]] = {}
    for row in np.flatnonzero(np.bincount(links.labels, minlength=len(links))[links.labels] > 1).tolist():
        doc = links.features.doc_ids[links.features.docs[row]]
        told.setdefault(int(links.labels[row]), {}).setdefault(doc, []).append(row)
    out: dict[int, int] = {}
    for documents in told.values():
        known = [infos.get(doc) or DocumentInfo(doc) for doc in documents]
        if any(info.wire is not None or info.copies is not None for info in known):
            for doc, first in one_tellings(known).items():
                out |= dict.fromkeys(documents[doc], number_of("telling", first))
    return out


def one_tellings(infos: Sequence[DocumentInfo]) -> dict[str, str]:
    """For each document the one that stands for its telling: the partition of `witnesses.tellings`, for many documents.

    `witnesses.tellings` compares all pairs, which a text with thousands of copies would make slow.
    """
    parent: dict[str, str] = {}

    def top(doc: str) -> str:
        while parent.setdefault(doc, doc) != doc:
            doc = parent[doc]
        return doc

    first: dict[tuple[str, str], str] = {}
    wired: dict[str, list[tuple[dt.date, str]]] = {}
    for info in infos:
        for key in (("copies", info.copies or ""), ("hash", info.hash)):
            if key[1]:
                parent[top(info.doc_id)] = top(first.setdefault(key, info.doc_id))
        if info.wire is not None and info.published is not None:
            wired.setdefault(info.wire, []).append((info.published, info.doc_id))
    for days in wired.values():
        for (day, doc), (following, other) in pairwise(sorted(days)):
            if (following - day).days <= WIRE_DAYS:
                parent[top(other)] = top(doc)
    return {info.doc_id: top(info.doc_id) for info in infos}
