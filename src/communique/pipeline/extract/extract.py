"""The whole of the stage on one screen: names, persons, mentions, places, then sentence by sentence the events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from communique.codebook import Codebook
from communique.lexicon import Lexicon, Match
from communique.pipeline.drafts import LOOSE_RULES, Draft, Mention, Parsed, Reading, Sentence
from communique.pipeline.extract.appointees import each_appointed
from communique.pipeline.extract.context import add_context
from communique.pipeline.extract.discourse import Discourse
from communique.pipeline.extract.evidence import read_evidence
from communique.pipeline.extract.features import features_of
from communique.pipeline.extract.fill import fill_roles, is_locative, locality_of
from communique.pipeline.extract.heed import compare, features_of_reading, features_of_status, heed
from communique.pipeline.extract.localities import Locality, find_localities
from communique.pipeline.extract.mentions import find_mentions
from communique.pipeline.extract.names import NameMap, favoured_codes, map_names
from communique.pipeline.extract.patterns import PatternBook
from communique.pipeline.extract.persons import find_persons
from communique.pipeline.extract.separately import told_apart
from communique.pipeline.extract.status import read_status
from communique.pipeline.extract.titles import Title, titles_of
from communique.pipeline.extract.triggers import Page, find_triggers
from communique.pipeline.extract.voice import read_voice
from communique.pipeline.extract.words import Lemmas, classes_of_lemma
from communique.pipeline.weigh import Weights, probability, settle_status
from communique.records import Span
from communique.text import fold


def extract(
    parsed: Parsed,
    page: Page,
    codebook: Codebook,
    book: PatternBook,
    lemmas: Lemmas,
    dates: Mapping[int, Sequence[Span]],
    weights: Weights,
    readings: Mapping[int, Reading] | None = None,
) -> list[Draft]:
    """The drafts of events that a parsed document tells, in order of the text, weighed.

    `page` is what `read_page` found; `readings`, by sentence, is what a reader makes of it.
    """
    drafts: list[Draft] = []
    earlier: list[Draft] = []
    for sentence in parsed.sentences:
        page.current, page.discourse.present = sentence, page.mentions.of(sentence.index)
        reading = readings.get(sentence.index) if readings is not None else None
        found = told_apart(heed(reading, find_triggers(sentence, page, book), sentence, page, codebook), sentence)
        found = each_appointed(found, sentence, page)
        for draft in found:
            read_evidence(draft, sentence)
            fill_roles(draft, sentence, page, codebook, earlier)
            read_status(draft, sentence, lemmas)
            read_voice(draft, sentence, page, parsed.quotations)
            add_context(draft, sentence, page, codebook, book)
            place = own_place(draft, page) or locality_of(draft, page.localities.get(sentence.index, ()), sentence)
            if place is not None:
                draft.details["_locality"] = place
            if any(d.start < draft.end and d.end > draft.start for d in dates.get(sentence.index, ())):
                draft.flags.add("dated")
            note_words(draft, sentence, lemmas)
            draft.features = features_of(draft, sentence, page)
            if readings is not None:
                draft.features.update(features_of_reading(draft, reading, sentence, codebook.type(draft.type).roles))
            draft.status_features = features_of_status(draft, reading, sentence)
            settle_status(draft, weights.get("status", {}))
        note_claims(found)
        kept = weigh(found, weights.get("draft", {}))
        drafts.extend(kept)
        chosen = choose(kept)
        earlier.extend(chosen)
        for draft in chosen:
            if codebook.type(draft.type).symmetric:
                page.discourse.note_event(f.mention for f in draft.fillers)
        named = [m for m in page.mentions.of(sentence.index) if not is_locative(m, page)]
        for mention in sorted(named, key=lambda m: is_subject(m, sentence)):
            page.discourse.note(mention)
    if readings is not None:
        compare(drafts, readings)
    return drafts


def note_claims(found: Sequence[Draft]) -> None:
    """Note in each draft of a sentence the mentions that grammar gives to an event told by another word of it."""
    by_grammar = [
        (d.trigger, (f.mention.start, f.mention.end)) for d in found for f in d.fillers if f.rule not in LOOSE_RULES
    ]
    for draft in found:
        draft.claimed = frozenset(span for trigger, span in by_grammar if trigger != draft.trigger)


def own_place(draft: Draft, page: Page) -> Locality | None:
    """The place that a reader takes for the event's own, wherever it stands."""
    span = draft.details.pop("_place", None)
    return next((x for held in page.localities.values() for x in held if (x.start, x.end) == span), None)


def note_words(draft: Draft, sentence: Sentence, lemmas: Lemmas) -> None:
    """Keep the content words of a draft's clause and the words before its trigger: they tell like drafts apart."""
    tokens = [t for t in sentence.tokens if draft.start <= sentence.begin_of(t) < draft.end]
    draft.words = frozenset(
        t.text if t.text[0].isdigit() else lemmas(t) for t in tokens if t.pos_ in ("NOUN", "VERB", "ADJ", "NUM")
    )
    draft.lefts = frozenset(t.lower_ for t in sentence.tokens.doc[draft.trigger].lefts)


def is_subject(mention: Mention, sentence: Sentence) -> bool:
    """Whether a mention is a sentence's subject, whom "he" in the next one means before all others."""
    tokens = sentence.tokens.doc[mention.first : mention.last + 1]
    return any(t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ == "ROOT" for t in tokens)


# Below the first share a draft is forgotten at once; below the second no company of other mentions makes it an event.
HOPELESS, UNLIKELY = 0.05, 0.12


def weigh(found: Sequence[Draft], table: Mapping[str, float]) -> list[Draft]:
    """The drafts of a sentence that are not hopeless, with their scores; a firm one keeps its pattern's at least."""
    for draft in found:
        if table:
            least = draft.score if "firm" in draft.flags else 0.0
            draft.score = max(least, probability(draft.features, table))
    return [d for d in found if not table or d.score >= HOPELESS]


def choose(drafts: Sequence[Draft]) -> list[Draft]:
    """The likely drafts, for each trigger word only those of the likeliest type."""
    best: dict[tuple[int, int], Draft] = {}
    for draft in drafts:
        if draft.score > (best[draft.trigger_at].score if draft.trigger_at in best else 0.0):
            best[draft.trigger_at] = draft
    return [d for d in drafts if d.score >= UNLIKELY and d.type == best[d.trigger_at].type]


def read_page(parsed: Parsed, matches: Sequence[Match], lexicon: Lexicon, lemmas: Lemmas) -> Page:
    """Names, persons, mentions and places of a document."""
    favoured = favoured_codes(matches)
    sentences = parsed.sentences
    names = map_names(sentences, matches, favoured, lexicon.ship_prefixes)
    titles = {s.index: titles_in(parsed, s, names, lexicon) for s in sentences}
    officials = {fold(m.text): e.code for m in matches for e in m.entries if e.kind == "official" and e.code}
    persons = find_persons(sentences, names, titles, officials, lexicon.register, parsed.home)
    mentions = find_mentions(sentences, names, persons, titles, lemmas, parsed.home)
    localities = find_localities(sentences, names, mentions, lexicon.city, favoured)
    security = security_of(sentences, lemmas)
    return Page(
        names,
        mentions,
        localities,
        lemmas,
        Discourse(speaker=own_side(parsed.home)),
        security=security,
        security_share=sum(count > 0 for count in security.values()) / max(1, len(security)),
    )


def own_side(home: str | None) -> Mention | None:
    """The country for which an outlet says "we"."""
    if home is None:
        return None
    return Mention(
        start=0, end=0, text=home, sentence=0, head=0, cls="state", kind="country", codes=(home,), pronoun=True
    )


NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})


def security_of(sentences: Sequence[Sentence], lemmas: Lemmas) -> dict[int, int]:
    """How many nouns of the military or of security each sentence holds, by its index."""
    return {
        s.index: sum(t.pos_ in NOMINAL and "security" in classes_of_lemma(lemmas(t)) for t in s.tokens)
        for s in sentences
    }


def titles_in(parsed: Parsed, sentence: Sentence, names: NameMap, lexicon: Lexicon) -> list[Title]:
    """The posts and ranks of a sentence."""
    text = parsed.document.text[sentence.start : sentence.end]
    return titles_of(sentence, lexicon.find_posts(text), lexicon.find_ranks(text), names)
