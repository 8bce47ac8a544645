"""The main job: from inputs to reports, stage by stage.

    read -> gate -> split -> extract -> resolve -> merge      (one document at a time)
                                                  -> link     (all documents together)

input = coded + gated + quarantined, always; `Run.check` asserts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from communique.codebook import Codebook, load_codebook
from communique.lexicon import Lexicon, load_lexicon
from communique.pipeline.drafts import Setting
from communique.pipeline.extract import Lemmas, PatternBook, compile_patterns, extract
from communique.pipeline.gate import gate
from communique.pipeline.merge import THRESHOLD, build_report, cluster_drafts, density_of, likelihood
from communique.pipeline.read import find_dateline
from communique.pipeline.resolve import find_all_dates, resolve_events
from communique.pipeline.split import load_language_model, split
from communique.records import Document, Quarantined, Report, Span, Versions

CODER = "rules-1"
# Words by which an outlet's name shows that it is a state's organ, whose releases date what they announce to their own day.
OFFICE = re.compile(r"\b(?:ministry|minister|department|office of|embassy|parliament\w*|government|navy|army|armed forces|white house|council|commission)\b", re.IGNORECASE)


class Coder:
    """The rules coder with its knowledge loaded; the same document always gives the same reports."""

    def __init__(self, lexicon: Lexicon | None = None, codebook: Codebook | None = None) -> None:
        self.lexicon = lexicon or load_lexicon()
        self.codebook = codebook or load_codebook()
        self.language = load_language_model()
        self.book: PatternBook = compile_patterns(self.codebook)
        self.lemmas = Lemmas(self.language.get_pipe("lemmatizer"))
        self.threshold = THRESHOLD
        self.versions = Versions(coder=CODER, codebook=self.codebook.version, lexicon=self.lexicon.version)

    def code(self, doc: Document) -> list[Report]:
        """The reports of one document that passed the gate, in order of the text."""
        matches = self.lexicon.find(doc.text)
        proper = [Span(start=m.start, end=m.end) for m in matches]
        dateline = find_dateline(doc.text)
        home, official = self.speaker_of(doc)
        parsed = split(doc, self.language, proper, place=dateline.place if dateline else None, credit=dateline.credit if dateline else None, home=home, official=official)
        dates = find_all_dates(parsed)
        spans = {i: [Span(start=a, end=b) for a, b, _ in found] for i, found in dates.items()}
        extraction = extract(parsed, matches, self.lexicon, self.codebook, self.book, self.lemmas, spans)
        setting = Setting(doc.published, doc.outlet, doc.outlet_country)
        drafts = resolve_events(extraction.drafts, parsed, setting, self.lexicon, dates)
        density = density_of(drafts)
        weighed = [(likelihood(cluster, density), cluster) for cluster in cluster_drafts(drafts)]
        reports = [build_report(parsed, c, p, self.codebook, self.versions) for p, c in weighed if p >= self.threshold]
        return sorted(reports, key=lambda r: (r.evidence[0].start, r.evidence[0].end, r.type))


    def speaker_of(self, doc: Document) -> tuple[str | None, bool]:
        """The country that the outlet speaks from, as given or as its name tells, and whether it is a state's organ."""
        entries = [e for m in self.lexicon.find(doc.outlet or "") for e in m.entries]
        outlets = [e.attributes.get("country") for e in entries if e.kind == "outlet"]
        named = [e.code for e in entries if e.kind in ("state", "body") and e.code and not e.weak]
        official = not outlets and any(e.kind == "body" or e.subkind in ("building", "seat") or OFFICE.search(doc.outlet or "") for e in entries)
        return next((c for c in [doc.outlet_country, *outlets, *named] if c), None), official


@dataclass(slots=True)
class Run:
    """What became of every input."""

    inputs: int = 0
    coded: int = 0
    gated: list[tuple[str, str]] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)

    def check(self) -> None:
        """Raise AssertionError unless every input is accounted for."""
        assert self.inputs == self.coded + len(self.gated) + len(self.quarantined)


def code_stream(inputs: Iterable[Document | Quarantined], coder: Coder, run: Run) -> Iterator[tuple[Document, list[Report]]]:
    """Each document that holds something to code with its reports; the rest is noted in `run` with its reason."""
    for item in inputs:
        run.inputs += 1
        if isinstance(item, Quarantined):
            run.quarantined.append(item)
            continue
        decision = gate(item)
        if not decision.passed:
            run.gated.append((item.id, decision.reason))
            continue
        run.coded += 1
        yield item, coder.code(item)
