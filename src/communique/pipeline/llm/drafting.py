"""Makes drafts of a report whose words were found in the text: one for each span of evidence, with the same parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.pipeline.drafts import Draft, Filler, Parsed, Sentence
from communique.pipeline.llm.checking import Dropped, Grounded
from communique.pipeline.llm.grounding import overlapping
from communique.pipeline.llm.parties import Knowledge, mention_of
from communique.records import UNKNOWN, Span, Voice

# Not measured: where the rules propose the same type in the same words two readers agree, which orders the reviewing.
ALONE, AGREED = 0.6, 0.85


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Where the event happens, as told: what the common stage makes a place of."""

    text: str
    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The drafts of one report, in order of the text, and the number of the piece that it was read in."""

    piece: int
    drafts: tuple[Draft, ...]


def group_of(
    found: Grounded, piece: int, parsed: Parsed, known: Knowledge, by_rules: Sequence[Draft], source: str
) -> Group:
    """The drafts of a report; raises Dropped where no party has a known code. `source` names model and prompt."""
    why = [source]
    fillers = fillers_of(found, parsed, known, why)
    if all(f.mention.codes == (UNKNOWN,) for f in fillers):
        raise Dropped("no_actor", ", ".join(f.mention.text for f in fillers)[:160])
    agreed = any(
        d.type == found.proposed.type and overlapping(Span(start=d.start, end=d.end), found.evidence) for d in by_rules
    )
    why += ["the rules propose this type in the same words"] if agreed else []
    why += [f"left out, not in the text or the codebook: {words}" for words in found.left_out]
    voice = voice_of(found, parsed.document.text, known, fillers)
    place = place_of(found, parsed.document.text, known)
    drafts = []
    for number, span in enumerate(found.evidence):
        sentence = sentence_at(parsed, span)
        draft = Draft(
            type=found.proposed.type,
            mode=found.mode,
            sentence=sentence.index,
            trigger=sentence.tokens.start,
            trigger_text="",
            start=span.start,
            end=span.end,
            fillers=list(fillers),
            status=found.proposed.status,
            status_why="the model",
            voice=voice,
            domains=set(found.domains),
            aggregate=found.proposed.aggregate,
            claims=list(found.claims),
            score=AGREED if agreed else ALONE,
            why=list(why) if not number else [],
        )
        draft.details.update(found.details)
        draft.details["_dates"] = tuple(found.dates)
        if place is not None:
            draft.details["_locality"] = place
        if found.proposed.time == "background" and not found.dates:
            draft.flags.add("background")
        if sentence.is_title:
            draft.flags.add("title")
        drafts.append(draft)
    return Group(piece, tuple(drafts))


def fillers_of(found: Grounded, parsed: Parsed, known: Knowledge, why: list[str]) -> list[Filler]:
    """The parties in their roles; how each code was found is added to `why`."""
    fillers = []
    for party in found.parties:
        sentence = sentence_at(parsed, party.span)
        mention, reason = mention_of(party, parsed.document.text, sentence.index, known)
        why.append(f"{mention.text!r} is {'/'.join(mention.codes)} by {reason}")
        fillers.append(Filler(party.role, mention, "the model"))
    return fillers


def sentence_at(parsed: Parsed, span: Span) -> Sentence:
    """The sentence that holds most of a span, or the nearest one."""
    return max(
        parsed.sentences,
        key=lambda s: (min(s.end, span.end) - max(s.start, span.start), -s.index),
    )


def voice_of(found: Grounded, text: str, known: Knowledge, fillers: Sequence[Filler]) -> Voice:
    """Who vouches for the report. A source whose name is not in the text stays one without a name, not the outlet."""
    kind = found.proposed.voice.kind
    if kind == "outlet":
        return Voice(kind="outlet")
    if found.source is None:
        return Voice(kind=kind)
    span = found.source
    words = " ".join(span.of(text).split())
    same = [m for m in known.mentions if m.kind == "person" and m.start < span.end and span.start < m.end]
    name = same[0].name if kind == "person" and same and same[0].name else words
    speakers = {f.mention.name for f in fillers if f.role == "speaker"}
    if found.proposed.type == "statement" and name in speakers:
        return Voice(kind="outlet")
    return Voice(kind=kind, name=name, text=words)


def place_of(found: Grounded, text: str, known: Knowledge) -> PlaceWords | None:
    """The place's words, with the country that they name themselves, else the one that the model names."""
    if found.place is None:
        return None
    words = " ".join(found.place.of(text).split())
    codes = (known.code_named(words), known.code_named(found.proposed.place_country))
    country = next((c for c in codes if c is not None and c in known.codebook.states), None)
    return PlaceWords(words, words.removeprefix("the ").removeprefix("The "), country)
