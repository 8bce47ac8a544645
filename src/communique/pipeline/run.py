"""The main job: from inputs to reports, stage by stage.

    read -> gate -> split -> extract -> resolve -> merge      (one document at a time)
                                                  -> link     (all documents together)

input = coded + gated + quarantined, always; `Run.check` asserts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from spacy.pipeline import Lemmatizer

from communique.codebook import Codebook, load_codebook
from communique.errors import UnusableOption, did_you_mean
from communique.lexicon import Lexicon, load_lexicon
from communique.pipeline.drafts import Draft, Parsed
from communique.pipeline.extract import Lemmas, PatternBook, choose, compile_patterns, extract
from communique.pipeline.gate import gate, set_aside_foreign
from communique.pipeline.merge import build_report, cluster_drafts, density_of, likelihood
from communique.pipeline.resolve import DatesBySentence, find_all_dates, resolve_events
from communique.pipeline.split import load_language_model, split
from communique.pipeline.weigh import rules_weights
from communique.records import Document, Quarantined, Report, Span, Versions

if TYPE_CHECKING:
    from communique.pipeline.learned import LearnedReader

# The coders by name, each with its version. The rules are the default: the learned reader gains a little on outlets
# left out (docs/accuracy.md) and costs twice the time.
MODELS = {"rules": "rules-1", "learned": "learned-1"}
DEFAULT_MODEL = "rules"
# The shares at which precision and recall of whole reports balance on labelled articles of outlets left out.
THRESHOLDS = {"rules": 0.22, "learned": 0.22}
# Words by which an outlet's name shows that it is a state's organ, whose releases date what they announce to their
# own day.
OFFICE = re.compile(
    r"\b(?:ministry|minister|department|office of|embassy|parliament\w*|government|navy|army|armed forces"
    r"|white house|council|commission)\b",
    re.IGNORECASE,
)


class Coder:
    """A coder with its knowledge loaded; the same document always gives the same reports."""

    def __init__(
        self, model: str = DEFAULT_MODEL, *, lexicon: Lexicon | None = None, codebook: Codebook | None = None
    ) -> None:
        if model not in MODELS:
            raise UnusableOption(f"no coder {model!r}; {did_you_mean(model, MODELS)}")
        self.lexicon = lexicon or load_lexicon()
        self.codebook = codebook or load_codebook()
        self.language = load_language_model()
        self.book: PatternBook = compile_patterns(self.codebook)
        self.lemmas = Lemmas(cast("Lemmatizer", self.language.get_pipe("lemmatizer")))
        self.reader: LearnedReader | None = None
        if model == "learned":
            from communique.pipeline.learned import load_reader  # the encoder's runtime is for those who ask for it

            self.reader = load_reader()
        self.weights = self.reader.weights if self.reader is not None else rules_weights()
        self.threshold = THRESHOLDS[model]
        self.versions = Versions(coder=MODELS[model], codebook=self.codebook.version, lexicon=self.lexicon.version)

    def code(self, doc: Document) -> list[Report]:
        """The reports of one document that passed the gate, in order of the text."""
        parsed, drafts, dates = self.propose(doc)
        if self.reader is not None:
            self.reader.weigh(drafts, doc.text)
        drafts = resolve_events(choose(drafts), parsed, self.lexicon, dates)
        density = density_of(drafts)
        weighed = [(likelihood(c, density, self.weights["event"]), c) for c in cluster_drafts(drafts)]
        reports = [build_report(parsed, c, p, self.codebook, self.versions) for p, c in weighed if p >= self.threshold]
        return sorted(reports, key=lambda r: (r.evidence[0].start, r.evidence[0].end, r.type))

    def propose(
        self, doc: Document, table: Mapping[str, float] | None = None
    ) -> tuple[Parsed, list[Draft], DatesBySentence]:
        """The sentences of a document, the drafts of events that the rules find in them, and the dates they name."""
        matches = self.lexicon.find(doc.text)
        proper = [Span(start=m.start, end=m.end) for m in matches]
        home, official = self.speaker_of(doc)
        parsed = split(doc, self.language, proper, home=home, official=official)
        dates = find_all_dates(parsed)
        spans = {i: [Span(start=a, end=b) for a, b, _ in found] for i, found in dates.items()}
        table = rules_weights()["draft"] if table is None else table
        drafts = extract(parsed, matches, self.lexicon, self.codebook, self.book, self.lemmas, spans, table)
        return parsed, drafts, dates

    def speaker_of(self, doc: Document) -> tuple[str | None, bool]:
        """The country that the outlet speaks from, as given or as its name tells, and whether it is a state's organ."""
        entries = [e for m in self.lexicon.find(doc.outlet or "") for e in m.entries]
        outlets = [e.attributes.get("country") for e in entries if e.kind == "outlet"]
        named = [e.code for e in entries if e.kind in ("state", "body") and e.code and not e.weak]
        official = not outlets and any(
            e.kind == "body" or e.subkind in ("building", "seat") or OFFICE.search(doc.outlet or "") for e in entries
        )
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


def code_stream(
    inputs: Iterable[Document | Quarantined], coder: Coder, run: Run
) -> Iterator[tuple[Document, list[Report]]]:
    """Each document that holds something to code with its reports; the rest is noted in `run` with its reason."""
    for item in inputs:
        run.inputs += 1
        if isinstance(item, Quarantined):
            run.quarantined.append(item)
            continue
        foreign = set_aside_foreign(item)
        if foreign is not None:
            run.quarantined.append(foreign)
            continue
        decision = gate(item)
        if not decision.passed:
            run.gated.append((item.id, decision.reason))
            continue
        run.coded += 1
        yield item, coder.code(item)
