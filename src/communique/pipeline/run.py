"""The main job: from inputs to reports, stage by stage.

    read -> gate -> split -> extract -> resolve -> merge      (one document at a time)
                                                  -> link     (all documents together)

input = coded + gated + quarantined, always; `Run.check` asserts it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from spacy.pipeline import Lemmatizer

from communique.codebook import Codebook, load_codebook
from communique.errors import ModelError, UnusableOption, did_you_mean
from communique.lexicon import Lexicon, load_lexicon
from communique.pipeline.drafts import Draft, Mention, Parsed
from communique.pipeline.extract import (
    Lemmas,
    Page,
    PatternBook,
    as_spelled_out,
    choose,
    compile_patterns,
    extract,
    hints_of,
    read_page,
)
from communique.pipeline.gate import set_aside_foreign
from communique.pipeline.languages import LanguageCoder, decide, tongue_of
from communique.pipeline.merge import build_report, cluster_drafts, is_unspoken, likelihoods, settle_parties
from communique.pipeline.read import written_on
from communique.pipeline.resolve import DatesBySentence, find_all_dates, resolve_events
from communique.pipeline.split import load_language_model, split
from communique.pipeline.versioning import coder_version
from communique.pipeline.weigh import Weights, rules_weights
from communique.records import Document, Quarantined, Report, Span, Versions

if TYPE_CHECKING:
    from communique.pipeline.learned import LearnedReader
    from communique.pipeline.llm import Group, LlmReader, LlmSettings

# The coders by name, each with the number of its version. The learned one is the default: on outlets that it has not
# seen it finds more and errs less than the rules alone (docs/accuracy.md); `rules` is half the work.
MODELS = {"rules": "rules-10", "learned": "learned-10", "llm": "llm-1"}
DEFAULT_MODEL = "learned"
# The shares at which precision and recall of whole reports balance on labelled articles of outlets left out.
THRESHOLDS = {"rules": 0.25, "learned": 0.3, "llm": 0.0}
# Words by which an outlet's name shows that it is a state's organ, whose releases date what they announce to their
# own day.
OFFICE = re.compile(
    r"\b(?:ministry|minister|department|office of|embassy|parliament\w*|government|navy|army|armed forces"
    r"|white house|council|commission)\b",
    re.IGNORECASE,
)


ToRead = tuple[dict[int, list[Mention]], dict[int, list[tuple[int, int, str]]], dict[int, dict[int, str]]]
"""Mentions, marked dates and places, and hints, each by the sentence's index."""


class Coder:
    """A coder with its knowledge loaded; the same document always gives the same reports."""

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        *,
        lexicon: Lexicon | None = None,
        codebook: Codebook | None = None,
        llm: LlmSettings | None = None,
    ) -> None:
        if model not in MODELS:
            raise UnusableOption(f"no coder {model!r}; {did_you_mean(model, MODELS)}")
        self.lexicon = lexicon or load_lexicon()
        self.codebook = codebook or load_codebook()
        self.language = load_language_model()
        self.tongues: dict[str, LanguageCoder] = {}
        self.book: PatternBook = compile_patterns(self.codebook)
        self.lemmas = Lemmas(cast("Lemmatizer", self.language.get_pipe("lemmatizer")))
        self.reader: LearnedReader | None = None
        if model == "learned":
            # The encoder's runtime is for those who ask for it.
            from communique.pipeline.learned import load_reader, reader_weights

            self.reader, self.weights = load_reader(), reader_weights()
        else:
            self.weights = rules_weights()
        self.llm = self.client_reader(llm) if model == "llm" else None
        self.threshold = THRESHOLDS[model]
        number = self.llm.version if self.llm is not None else MODELS[model]
        version = coder_version(number, reader=self.reader is not None)
        self.versions = Versions(coder=version, codebook=self.codebook.version, lexicon=self.lexicon.version)

    def client_reader(self, settings: LlmSettings | None) -> LlmReader:
        """The reader that asks a language model, with its client; without settings the environment names the model."""
        from communique.pipeline.llm import ChatClient, LlmReader, cache_folder, settings_from

        settings = settings or settings_from(os.environ)
        return LlmReader(ChatClient(settings), self.codebook, self.lexicon, cache_folder(settings, os.environ))

    def code(self, doc: Document) -> list[Report]:
        """The reports of one document that passed the gate, in order of the text."""
        tongue = tongue_of(doc)
        if tongue is not None and self.llm is None:
            return self.tongue(tongue).code(doc)
        if self.llm is not None:
            return self.code_by_llm(self.llm, doc)
        parsed, drafts, dates = self.propose(doc)
        drafts = resolve_events(choose(drafts), parsed, self.lexicon, dates)
        events = cluster_drafts(drafts, self.weights["pair"])
        parties = [settle_parties(event, self.weights["party"]) for event in events]
        weighed = zip(likelihoods(events, parties, self.weights["event"]), events, strict=True)
        reports = [
            build_report(parsed, e, p, self.codebook, self.versions, self.weights)
            for p, e in weighed
            if p >= self.threshold
        ]
        told = (r for r in reports if not is_unspoken(r))
        return sorted(told, key=lambda r: (r.evidence[0].start, r.evidence[0].end, r.type))

    def tongue(self, tag: str) -> LanguageCoder:
        """The coder of another language, loaded when the first document in it comes."""
        if tag not in self.tongues:
            self.tongues[tag] = LanguageCoder(tag, self.lexicon, self.codebook)
        return self.tongues[tag]

    def code_by_llm(self, llm: LlmReader, doc: Document) -> list[Report]:
        """The reports that a language model proposes and the text bears out; raises LlmFailure without a model."""
        parsed, page, dates = self.page_of(doc)
        groups = llm.read(parsed, page.mentions.all, self.drafts_of(parsed, page, dates, self.weights))
        resolve_events([d for g in groups for d in g.drafts], parsed, self.lexicon, dates)
        events = [sorted(e, key=lambda d: d.start) for e in joined(groups)]
        reports = [build_report(parsed, e, max(d.score for d in e), self.codebook, self.versions) for e in events]
        return sorted(reports, key=lambda r: (r.evidence[0].start, r.evidence[0].end, r.type))

    def propose(self, doc: Document, weights: Weights | None = None) -> tuple[Parsed, list[Draft], DatesBySentence]:
        """The sentences of a document, the drafts of events that are found in them, and the dates they name."""
        parsed, page, dates = self.page_of(doc)
        return parsed, self.drafts_of(parsed, page, dates, self.weights if weights is None else weights), dates

    def drafts_of(self, parsed: Parsed, page: Page, dates: DatesBySentence, weights: Weights) -> list[Draft]:
        """The drafts of events that the rules, and the reader where there is one, find on a page."""
        spans = {i: [Span(start=a, end=b) for a, b, _ in found] for i, found in dates.items()}
        readings = None
        if self.reader is not None:
            readings = self.reader.read(parsed.sentences, *self.to_read(parsed, page, dates))
        return extract(parsed, page, self.codebook, self.book, self.lemmas, spans, weights, readings)

    def to_read(self, parsed: Parsed, page: Page, dates: DatesBySentence) -> ToRead:
        """What a reader is told of each sentence: its mentions, where its dates and places stand, and the types of
        event that the codebook's triggers know its words to tell."""
        marked: dict[int, list[tuple[int, int, str]]] = {}
        for i, found in dates.items():
            marked.setdefault(i, []).extend((a, b, "date") for a, b, _ in found)
        for i, places in page.localities.items():
            marked.setdefault(i, []).extend((place.start, place.end, "place") for place in places)
        hints = {s.index: hints_of(s, page, self.book) for s in parsed.sentences}
        return page.mentions.by_sentence(), marked, hints

    def page_of(self, doc: Document) -> tuple[Parsed, Page, DatesBySentence]:
        """The sentences of a document, the names, persons, parties and places in them, and the dates they name."""
        matches = as_spelled_out(doc.text, self.lexicon.find(doc.text))
        proper = [Span(start=m.start, end=m.end) for m in matches]
        home, official = self.speaker_of(doc)
        parsed = split(doc, self.language, proper, home=home, official=official, written=written_on(doc))
        return parsed, read_page(parsed, matches, self.lexicon, self.lemmas), find_all_dates(parsed)

    def speaker_of(self, doc: Document) -> tuple[str | None, bool]:
        """The country that the outlet speaks from, as given or as its name tells, and whether it is a state's organ."""
        entries = [e for m in self.lexicon.find(doc.outlet or "") for e in m.entries]
        outlets = [e.attributes.get("country") for e in entries if e.kind == "outlet"]
        named = [e.code for e in entries if e.kind in ("state", "body") and e.code and not e.weak]
        official = not outlets and any(
            e.kind == "body" or e.subkind in ("building", "seat") or OFFICE.search(doc.outlet or "") for e in entries
        )
        return next((c for c in [doc.outlet_country, *outlets, *named] if c), None), official


def joined(groups: Sequence[Group]) -> list[list[Draft]]:
    """The drafts of each event. One that was read twice, in two pieces of a document or in the same words, is one."""
    events: list[list[Draft]] = []
    pieces: list[set[int]] = []
    for group in groups:
        for event, read_in in zip(events, pieces, strict=True):
            again = group.piece not in read_in or told_by(event) == told_by(group.drafts)
            if again and [len(c) for c in cluster_drafts([event[0], group.drafts[0]], rules_weights()["pair"])] == [2]:
                event.extend(group.drafts)
                read_in.add(group.piece)
                break
        else:
            events.append(list(group.drafts))
            pieces.append({group.piece})
    return events


def told_by(drafts: Sequence[Draft]) -> list[tuple[int, int, str]]:
    """What a model that says the same thing twice repeats: the words and their details."""
    return [(d.start, d.end, repr(d.details)) for d in drafts]


@dataclass(slots=True)
class Run:
    """What became of every input."""

    inputs: int = 0
    coded: int = 0
    gated: list[tuple[str, str]] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What else the coder has to say of the run."""

    def check(self) -> None:
        """Raise AssertionError unless every input is accounted for."""
        assert self.inputs == self.coded + len(self.gated) + len(self.quarantined)


def code_stream(
    inputs: Iterable[Document | Quarantined], coder: Coder, run: Run
) -> Iterator[tuple[Document, list[Report]]]:
    """Each document that holds something to code with its reports; the rest is noted in `run` with its reason."""
    passed = passing(inputs, run)
    for doc in passed if coder.llm is None else coder.llm.ahead(passed):
        try:
            reports = coder.code(doc)
        except ModelError as failed:
            reason = getattr(failed, "reason", "model")
            run.quarantined.append(
                Quarantined(source=doc.source or doc.id, reason=reason, detail=str(failed), doc_id=doc.id)
            )
            continue
        run.coded += 1
        yield doc, reports
    if coder.llm is not None:
        run.notes.append(coder.llm.told())


def passing(inputs: Iterable[Document | Quarantined], run: Run) -> Iterator[Document]:
    """The documents that pass the gate; the rest is noted in `run` with its reason."""
    for item in inputs:
        run.inputs += 1
        if isinstance(item, Quarantined):
            run.quarantined.append(item)
            continue
        foreign = set_aside_foreign(item)
        if foreign is not None:
            run.quarantined.append(foreign)
            continue
        decision = decide(item)
        if not decision.passed:
            run.gated.append((item.id, decision.reason))
            continue
        yield item
