"""The whole of the stage on one screen: names, persons, mentions, places, then sentence by sentence the events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communique.codebook import Codebook
from communique.lexicon import Lexicon, Match
from communique.lexicon.posts import find_posts, find_ranks
from communique.pipeline.drafts import Draft, Mention, Parsed, Sentence
from communique.pipeline.extract.context import add_context
from communique.pipeline.extract.discourse import Discourse
from communique.pipeline.extract.evidence import read_evidence
from communique.pipeline.extract.features import features_of
from communique.pipeline.extract.fill import fill_roles, locality_of
from communique.pipeline.extract.localities import Locality, find_localities
from communique.pipeline.extract.mentions import MentionMap, find_mentions
from communique.pipeline.extract.names import NameMap, favoured_codes, map_names
from communique.pipeline.extract.patterns import PatternBook
from communique.pipeline.extract.persons import Title, find_persons, titles_of
from communique.pipeline.extract.status import read_status
from communique.pipeline.extract.triggers import Page, find_triggers
from communique.pipeline.extract.voice import read_voice
from communique.pipeline.weigh import probability, strongest, weights
from communique.pipeline.extract.words import Lemmas, classes_of_lemma
from communique.records import Span


@dataclass(frozen=True, slots=True)
class Extraction:
    """The drafts of a document with the mentions and places that later stages ask for."""

    drafts: tuple[Draft, ...]
    mentions: tuple[Mention, ...]
    localities: dict[int, list[Locality]]


def extract(parsed: Parsed, matches: Sequence[Match], lexicon: Lexicon, codebook: Codebook, book: PatternBook, lemmas: Lemmas, dates: Mapping[int, Sequence[Span]]) -> Extraction:
    """The drafts of events that a parsed document tells, in order of the text."""
    page = read_page(parsed, matches, lexicon, lemmas)
    drafts: list[Draft] = []
    for sentence in parsed.sentences:
        page.current = sentence
        found = find_triggers(sentence, page, book)
        for draft in found:
            read_evidence(draft, sentence)
            fill_roles(draft, sentence, page, codebook, drafts)
            read_status(draft, sentence, lemmas)
            read_voice(draft, sentence, page, parsed.quotations)
            add_context(draft, sentence, page, codebook, book)
            place = locality_of(draft, page.localities.get(sentence.index, ()), sentence)
            if place is not None:
                draft.details["_locality"] = place
            if any(d.start < draft.end and d.end > draft.start for d in dates.get(sentence.index, ())):
                draft.flags.add("dated")
            draft.features = features_of(draft, sentence, page)
        drafts.extend(likely(found))
        for mention in page.mentions.of(sentence.index):
            page.discourse.note(mention)
    return Extraction(tuple(drafts), tuple(page.mentions.all), page.localities)


# Drafts less likely than this are dropped at once: no company of other mentions makes them an event.
UNLIKELY = 0.12


def likely(found: Sequence[Draft]) -> list[Draft]:
    """The drafts of a sentence that are likely enough, for each trigger word only the likeliest type and its near rivals."""
    table = weights()["draft"]
    for draft in found:
        if table:
            draft.score = probability(draft.features, table)
            draft.why.extend(strongest(draft.features, table))
    best: dict[int, float] = {}
    for draft in found:
        best[draft.trigger] = max(best.get(draft.trigger, 0.0), draft.score)
    return [d for d in found if not table or (d.score >= UNLIKELY and d.score >= best[d.trigger])]


def read_page(parsed: Parsed, matches: Sequence[Match], lexicon: Lexicon, lemmas: Lemmas) -> Page:
    """Names, persons, mentions and places of a document."""
    favoured = favoured_codes(matches)
    sentences = parsed.sentences
    names = map_names(sentences, matches, favoured)
    titles = {s.index: titles_in(parsed, s, names) for s in sentences}
    officials: dict[str, str] = {}
    persons = find_persons(sentences, names, titles, officials, parsed.home)
    mentions = find_mentions(sentences, names, persons, titles, lemmas, parsed.home)
    localities = find_localities(sentences, names, mentions, lexicon.city, favoured)
    return Page(names, mentions, localities, lemmas, Discourse(speaker=own_side(parsed.home)), security=security_of(sentences, lemmas))


def own_side(home: str | None) -> Mention | None:
    """The country for which an outlet says "we"."""
    if home is None:
        return None
    return Mention(start=0, end=0, text=home, sentence=0, head=0, cls="state", kind="country", codes=(home,), pronoun=True)


def security_of(sentences: Sequence[Sentence], lemmas: Lemmas) -> float:
    """The share of sentences that hold a noun of the military or of security."""
    held = sum(any(t.pos_ in ("NOUN", "PROPN", "ADJ") and "security" in classes_of_lemma(lemmas(t)) for t in s.tokens) for s in sentences)
    return held / len(sentences) if sentences else 0.0


def titles_in(parsed: Parsed, sentence: Sentence, names: NameMap) -> list[Title]:
    """The posts and ranks of a sentence."""
    text = parsed.document.text[sentence.start : sentence.end]
    return titles_of(sentence, find_posts(text), find_ranks(text), names)



def mentions_of(mentions: MentionMap) -> tuple[Mention, ...]:
    """All mentions, in order of the text."""
    return tuple(sorted(mentions.all, key=lambda m: m.start))
