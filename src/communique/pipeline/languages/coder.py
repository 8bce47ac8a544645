"""The coder of one other language: the same way from document to reports, with the language's own tables and parser."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language

from communique.codebook import Codebook
from communique.errors import ModelError
from communique.lexicon import Lexicon
from communique.lexicon.languages import LanguageData, load_language
from communique.pipeline.drafts import Draft, Filler, Mention, Parsed, Sentence
from communique.pipeline.languages.dates import DateWords
from communique.pipeline.languages.events import Told, TriggerBook
from communique.pipeline.languages.marks import Marks
from communique.pipeline.languages.names import Named, NameTable
from communique.pipeline.languages.phrases import Phrase, Reader
from communique.pipeline.languages.places import place_near
from communique.pipeline.languages.story import Story
from communique.pipeline.languages.words import Words
from communique.pipeline.merge import build_report, cluster_drafts
from communique.pipeline.resolve import DatesBySentence, resolve_events
from communique.pipeline.split import split
from communique.pipeline.versioning import coder_version
from communique.pipeline.weigh import rules_weights
from communique.records import ActorKind, Document, Report, Span, Versions

VERSION = "rules-{tag}-1"
THRESHOLD = 0.5
LONGEST_SPAN = 380
ORGANISED = frozenset({"body", "force", "people", "igo", "armed", "firm", "vessel"})


class LanguageCoder:
    """Codes documents of one language; the same document always gives the same reports."""

    def __init__(self, tag: str, lexicon: Lexicon, codebook: Codebook) -> None:
        self.data: LanguageData = load_language(tag)
        self.lexicon, self.codebook = lexicon, codebook
        self.language = load_parser(self.data.tag)
        self.names = NameTable(self.data, lexicon)
        self.words, self.dates = Words(self.data), DateWords(self.data)
        self.book, self.marks = TriggerBook(self.data), Marks(self.data)
        version = coder_version(VERSION.format(tag=self.data.tag))
        self.versions = Versions(coder=version, codebook=codebook.version, lexicon=lexicon.version)

    def code(self, doc: Document) -> list[Report]:
        """The reports of one document, in order of the text."""
        names = self.names.find(doc.text)
        parsed = split(doc, self.language, [Span(start=n.start, end=n.end) for n in names])
        dates = self.dates_of(parsed)
        drafts = resolve_events(self.propose(parsed, names), parsed, self.lexicon, dates)
        reports = [
            build_report(parsed, c, min(0.95, max(d.score for d in c)), self.codebook, self.versions)
            for c in cluster_drafts(drafts, rules_weights()["pair"])
            if max(d.score for d in c) >= THRESHOLD
        ]
        return sorted(reports, key=lambda r: (r.evidence[0].start, r.evidence[0].end, r.type))

    def dates_of(self, parsed: Parsed) -> DatesBySentence:
        """The date expressions of each sentence with their offsets in the document."""
        text = parsed.document.text
        return {
            s.index: [(s.start + e.start, s.start + e.end, e) for e in self.dates.find(text[s.start : s.end])]
            for s in parsed.sentences
        }

    def propose(self, parsed: Parsed, names: Sequence[Named]) -> list[Draft]:
        """The drafts of events, sentence by sentence."""
        story = Story(self.words)
        drafts: list[Draft] = []
        for sentence in parsed.sentences:
            here = [n for n in names if n.start < sentence.end and sentence.start < n.end]
            phrases = Reader(self.words, sentence, here).phrases()
            story.resolve(phrases)
            for told in self.book.find(sentence, phrases, self.words):
                draft = self.draft_of(told, sentence, phrases, here)
                if draft is not None:
                    drafts.append(draft)
        return without_rivals(drafts)

    def draft_of(
        self, told: Told, sentence: Sentence, phrases: Sequence[Phrase], names: Sequence[Named]
    ) -> Draft | None:
        """The draft of what a trigger tells, or None when a side of the event stays without a party."""
        kind = self.codebook.type(told.trigger.type)
        draft = Draft(
            type=kind.name,
            mode=None,
            sentence=sentence.index,
            trigger=told.token.i,
            trigger_text=told.token.text,
            start=sentence.begin_of(told.token),
            end=sentence.end_of(told.token),
            score=told.trigger.weight,
            why=[f"{kind.name}:{'verb' if told.trigger.verbal else 'noun'}:{told.token.lemma_} ({self.data.tag})"],
        )
        for role, phrase, slot in told.parties:
            if phrase.codes:
                draft.fillers.append(Filler(role, mention_of(phrase, sentence), slot))
        sides = {kind.roles[f.role].side for f in draft.fillers}
        whole = len(draft.codes()) >= 2 if kind.symmetric else len(sides) >= 2 and len(draft.codes()) >= 2
        if not draft.fillers:
            return None
        if not whole:
            draft.flags.add("echo")
        if sentence.is_title:
            draft.flags.add("title")
        self.set_span(draft, told, sentence)
        words = sentence.tokens.doc.text[draft.start - sentence.offset : draft.end - sentence.offset]
        draft.status, draft.status_why = self.marks.status(told.token, sentence, words)
        if told.trigger.status is not None and draft.status == "occurred":
            draft.status, draft.status_why = told.trigger.status, "trigger"  # type: ignore[assignment]
        draft.mode = self.marks.mode(kind.name, words, told.trigger.mode, tuple(kind.modes))
        if kind.name == "meeting" and draft.mode == "bilateral" and len(draft.codes()) > 2:
            draft.mode = "multilateral"
        draft.domains = {d for d in self.marks.domains(words) if not (d == "training" and kind.name == "training")}
        draft.voice = self.marks.voice(told.token, sentence, phrases)
        inside = [(p.first, p.last) for p in phrases if p.form not in ("name", "capital")]
        place_near(draft, sentence, names, self.lexicon, self.words, inside)
        return draft

    def set_span(self, draft: Draft, told: Told, sentence: Sentence) -> None:
        """Set the draft's span: from its first party to its last, with the trigger and its object."""
        doc = sentence.tokens.doc
        first, last = told.token.i, min(told.token.i + 6, sentence.tokens.end - 1)
        for _, phrase, _slot in told.parties:
            first = min(first, phrase.first)
            last = max(last, phrase.last)
        if sentence.is_title:
            first, last = sentence.tokens.start, sentence.tokens.end - 1
        draft.start = sentence.begin_of(doc[first])
        draft.end = min(sentence.end_of(doc[last]), draft.start + LONGEST_SPAN)


def without_rivals(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, for each trigger word only those of the fullest and surest type."""
    best: dict[tuple[int, int], tuple[bool, float]] = {}
    for d in drafts:
        key = (d.sentence, d.trigger)
        best[key] = max(best.get(key, (False, 0.0)), ("echo" not in d.flags, d.score))
    return [d for d in drafts if ("echo" not in d.flags, d.score) == best[d.sentence, d.trigger]]


def mention_of(phrase: Phrase, sentence: Sentence) -> Mention:
    """The mention that a phrase makes."""
    doc = sentence.tokens.doc
    start, end = sentence.begin_of(doc[phrase.first]), sentence.end_of(doc[phrase.last])
    kind: ActorKind = "country"
    name: str | None = None
    if phrase.name and phrase.form in ("person", "pronoun"):
        kind, name = "person", phrase.name
    elif phrase.cls in ORGANISED:
        kind, name = "organisation", doc[phrase.first : phrase.last + 1].text
    return Mention(
        start=start,
        end=end,
        text=doc[phrase.first : phrase.last + 1].text,
        sentence=sentence.index,
        head=phrase.first,
        cls=phrase.cls,
        kind=kind,
        codes=phrase.codes,
        name=name,
        post=phrase.post if kind == "person" else None,
        pronoun=phrase.pronoun,
        first=phrase.first,
        last=phrase.last,
    )


@lru_cache(maxsize=4)
def load_parser(tag: str) -> Language:
    """The language's spaCy pipeline with the pinned weights; raises ModelError where it is missing or another."""
    data = load_language(tag)
    try:
        language = spacy.load(data.package, exclude=["senter"])
    except OSError as error:
        raise ModelError(f"the parser {data.package!r} is not installed ({error}); {data.install}") from error
    for name, expected in data.tables["language"]["parser"]["pinned"].items():
        found = hashlib.sha256((Path(language.path) / name).read_bytes()).hexdigest()
        if found != expected:
            raise ModelError(
                f"{Path(language.path) / name} has sha256 {found}, not {expected}; reinstall with: {data.install}"
            )
    return language
