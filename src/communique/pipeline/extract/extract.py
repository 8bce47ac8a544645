"""The whole of the stage on one screen: names, persons, mentions, places, then sentence by sentence the events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.codebook import Codebook
from communique.lexicon import Lexicon, Match
from communique.lexicon.posts import find_posts, find_ranks
from communique.pipeline.drafts import Draft, Mention, Parsed, Sentence
from communique.pipeline.extract.context import add_context
from communique.pipeline.extract.discourse import Discourse
from communique.pipeline.extract.evidence import read_evidence
from communique.pipeline.extract.fill import fill_roles, locality_of
from communique.pipeline.extract.localities import Locality, find_localities
from communique.pipeline.extract.mentions import MentionMap, find_mentions
from communique.pipeline.extract.names import NameMap, favoured_codes, map_names
from communique.pipeline.extract.patterns import PatternBook
from communique.pipeline.extract.persons import Title, find_persons, titles_of
from communique.pipeline.extract.status import read_status
from communique.pipeline.extract.triggers import Page, find_triggers
from communique.pipeline.extract.voice import read_voice
from communique.pipeline.extract.words import Lemmas


@dataclass(frozen=True, slots=True)
class Extraction:
    """The drafts of a document with the mentions and places that later stages ask for."""

    drafts: tuple[Draft, ...]
    mentions: tuple[Mention, ...]
    localities: dict[int, list[Locality]]


def extract(parsed: Parsed, matches: Sequence[Match], lexicon: Lexicon, codebook: Codebook, book: PatternBook, lemmas: Lemmas) -> Extraction:
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
        drafts.extend(found)
        for mention in page.mentions.of(sentence.index):
            page.discourse.note(mention)
    return Extraction(tuple(drafts), tuple(page.mentions.all), page.localities)


def read_page(parsed: Parsed, matches: Sequence[Match], lexicon: Lexicon, lemmas: Lemmas) -> Page:
    """Names, persons, mentions and places of a document."""
    favoured = favoured_codes(matches)
    sentences = parsed.sentences
    names = map_names(sentences, matches, favoured)
    titles = {s.index: titles_in(parsed, s, names) for s in sentences}
    officials = {}
    persons = find_persons(sentences, names, titles, officials)
    mentions = find_mentions(sentences, names, persons, titles, lemmas)
    localities = find_localities(sentences, names, mentions, lexicon.city, favoured)
    return Page(names, mentions, localities, lemmas, Discourse())


def titles_in(parsed: Parsed, sentence: Sentence, names: NameMap) -> list[Title]:
    """The posts and ranks of a sentence."""
    text = parsed.document.text[sentence.start : sentence.end]
    return titles_of(sentence, find_posts(text), find_ranks(text), names)



def mentions_of(mentions: MentionMap) -> tuple[Mention, ...]:
    """All mentions, in order of the text."""
    return tuple(sorted(mentions.all, key=lambda m: m.start))
