"""What a reader says of a sentence, laid over the rules' drafts: more triggers, and parties that it sees or doubts.

The rules stay the scaffold: a draft of the reader goes on through the same evidence, status, voice and dates as theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from spacy.tokens import Token

from communique.codebook import Codebook
from communique.pipeline.drafts import UNREAD, Draft, Filler, Mention, Reading, Sentence
from communique.pipeline.extract.arcs import SUFFERING
from communique.pipeline.extract.fill import NO_PARTY, is_ruled_out
from communique.pipeline.extract.triggers import Page
from communique.records import Span

# Log odds at which a word that no rule knows is proposed as a trigger.
PROPOSED = -2.0
# Shares from which a mention is put into a role, and from which the role is the reader's.
PARTY, SURE = 0.35, 0.85
# Share from which a mention in another sentence is put into a role, and from which a date or place is the event's own.
FAR_PARTY, OWN = 0.7, 0.5
# The grammar's own slots of a trigger: what stands in one is a party, however little the reader thinks of it.
FIRM = frozenset({"subject", "object", "poss", "mod", "of", "with", "between", "by", "to", "from", "indirect"})
# Words apart within which two triggers of one type are one mention ("paid a three-day visit").
NEAR = 4


def heed(
    reading: Reading | None, found: Sequence[Draft], sentence: Sentence, page: Page, codebook: Codebook
) -> list[Draft]:
    """The rules' drafts of a sentence with the reader's parties, and the drafts that only the reader sees."""
    if reading is None:
        return list(found)
    drafts = [d for d in found if reading.hears(d.type) or d.trigger not in reading.words]
    drafts += proposals(reading, drafts, sentence, page)
    reading.ask((row, d.type) for d in drafts if (row := reading.words.get(d.trigger)) is not None)
    for draft in drafts:
        heed_parties(draft, reading, page, codebook)
        heed_marks(draft, reading, page)
    return sorted(drafts, key=lambda d: (d.trigger, d.type))


def proposals(reading: Reading, found: Sequence[Draft], sentence: Sentence, page: Page) -> Iterator[Draft]:
    """Drafts at the words that the reader alone takes for triggers, of near ones only the likeliest; none of a type
    that a firm draft of the sentence tells already."""
    for kind, scores in reading.triggers.items():
        if max(scores, default=UNREAD) < PROPOSED or any(d.type == kind and "firm" in d.flags for d in found):
            continue
        likely = [(-scores[row], token) for token, row in reading.words.items() if scores[row] >= PROPOSED]
        taken = [d.trigger for d in found if d.type == kind]
        for _, token in sorted(likely):
            word = sentence.tokens.doc[token]
            if (
                word.is_punct
                or any(abs(token - other) <= NEAR for other in taken)
                or names_a_state(word, sentence, page)
            ):
                continue
            taken.append(token)
            yield Draft(
                type=kind,
                mode=None,
                sentence=sentence.index,
                trigger=token,
                trigger_text=word.text,
                start=sentence.begin_of(word),
                end=sentence.end_of(word),
                why=[f"{kind}:reader"],
                flags={"reader"},
            )


def names_a_state(word: Token, sentence: Sentence, page: Page) -> bool:
    """Whether a word is the name of a state, which takes part and tells nothing."""
    return any(m.cls == "state" and m.head == word.i for m in page.mentions.at(sentence.paragraph, word.i))


def heed_parties(draft: Draft, reading: Reading, page: Page, codebook: Codebook) -> None:
    """Add the mentions that the reader sees in a role, and take out the guessed ones that it sees in none."""
    row = reading.words.get(draft.trigger)
    if row is None:
        return
    parts = reading.roles_at(row, draft.type, codebook.type(draft.type).roles)
    draft.vouched = reading.voices[row]
    draft.shares = {span: part.fitting for span, part in parts.items()}
    draft.fillers[:] = [
        f
        for f in draft.fillers
        if f.rule in FIRM or f.mention.pronoun or not f.mention.codes or share_of(draft, f.mention, page) >= NO_PARTY
    ]
    for filler in draft.fillers:
        part = parts.get((filler.mention.start, filler.mention.end))
        if part is not None and part.share >= SURE and draft.trigger_text.lower() not in SUFFERING:
            filler.role = part.role
    known, codes = {(f.mention.start, f.mention.end) for f in draft.fillers}, draft.codes()
    likely = [span for span, part in parts.items() if part.fitting >= PARTY and span not in known]
    for span in sorted(likely, key=lambda span: -parts[span].fitting):
        mention, part = page.mentions.spanning(span), parts[span]
        if mention is None or not mention.codes or is_ruled_out(mention, draft):
            continue
        if mention.sentence == draft.sentence:
            rule = "reader"
        elif part.fitting >= FAR_PARTY and codes.isdisjoint(mention.codes) and adds(part.role, draft, codes, codebook):
            rule = "reader elsewhere"
        else:
            continue
        draft.fillers.append(Filler(part.role, mention, rule))
        codes |= set(mention.codes)


def share_of(draft: Draft, mention: Mention, page: Page) -> float:
    """The reader's share for a mention, or for one of its actor that overlaps it ("Iran" in an official's post)."""
    shares = [
        share
        for (start, end), share in draft.shares.items()
        if start < mention.end
        and mention.start < end
        and (other := page.mentions.spanning((start, end))) is not None
        and set(other.codes) & set(mention.codes)
    ]
    return max(shares, default=1.0)


def adds(role: str, draft: Draft, codes: Collection[str], codebook: Codebook) -> bool:
    """Whether a role told in another sentence gives a side that the draft, whose actors are `codes`, does not have."""
    event_type = codebook.type(draft.type)
    if event_type.symmetric:
        return len(codes) < 2
    side = event_type.roles[role].side
    told = [f.role for f in draft.fillers if f.mention.codes and f.role in event_type.roles]
    return not any(event_type.roles[r].side == side for r in told)


def heed_marks(draft: Draft, reading: Reading, page: Page) -> None:
    """Note the date words and the place that the reader takes for the event's own."""
    row = reading.words.get(draft.trigger)
    marks = reading.marks_at(row, draft.type) if row is not None else {}
    dates = {(a, b): share for (a, b, what), share in marks.items() if what == "date"}
    if any(share >= OWN for share in dates.values()):
        draft.details["_dates"] = tuple(Span(start=a, end=b) for (a, b), share in dates.items() if share >= OWN)
    places = {(a, b): share for (a, b, what), share in marks.items() if what == "place" and share >= OWN}
    if places:
        draft.details["_place"] = max(places, key=places.__getitem__)


def compare(drafts: Sequence[Draft], readings: Mapping[int, Reading]) -> None:
    """Note how likely the reader thinks it that drafts of one type, read together, tell one event."""
    by_type: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_type.setdefault(draft.type, []).append(draft)
    for kind, alike in by_type.items():
        for n, draft in enumerate(alike):
            reading = readings.get(draft.sentence)
            row = reading.words.get(draft.trigger) if reading is not None else None
            others = [other for other in alike[n + 1 :] if other.trigger_at != draft.trigger_at]
            if reading is None or row is None or not others:
                continue
            told = reading.same_at(row, kind, [other.trigger_at for other in others])
            for other, odds in zip(others, told, strict=True):
                if odds is not None:
                    draft.same[other.trigger_at] = other.same[draft.trigger_at] = odds


def features_of_status(draft: Draft, reading: Reading | None, sentence: Sentence) -> dict[str, float]:
    """What the rules and the reader say of an event's status, by name."""
    found = {
        f"rules={draft.status}": 1.0,
        f"{draft.type}:rules={draft.status}": 1.0,
        f"type={draft.type}": 1.0,
        f"tense={draft.tense}": 1.0,
        f"tag={sentence.tokens.doc[draft.trigger].tag_}": 1.0,
        f"why={draft.status_why}": 1.0,
    }
    row = reading.words.get(draft.trigger) if reading is not None else None
    if reading is None or row is None:
        found["unread"] = 1.0
    else:
        found |= {f"reader={status}": odds[row] / 3 for status, odds in reading.statuses.items()}
    return found


def features_of_reading(
    draft: Draft, reading: Reading | None, sentence: Sentence, roles: Collection[str]
) -> Iterator[tuple[str, float]]:
    """What the reader thinks of a draft, as features: of its trigger and clause, of other types, of its parties."""
    if reading is None:
        yield "unread", 1.0
        return
    near = [reading.tells(draft.trigger + away, draft.type) for away in range(-NEAR, NEAR + 1)]
    own = reading.tells(draft.trigger, draft.type)
    doc = sentence.tokens.doc
    clause = [
        reading.tells(t, draft.type) for t in reading.words if draft.start <= sentence.begin_of(doc[t]) < draft.end
    ]
    rival = max((reading.tells(draft.trigger, kind) for kind in reading.triggers if kind != draft.type), default=UNREAD)
    for name, value in (
        ("reader", own),
        (f"{draft.type}:reader", own),
        ("reader near", max(near)),
        ("reader in clause", max(clause, default=UNREAD)),
        (f"{draft.type}:reader in clause", max(clause, default=UNREAD)),
        ("reader of other types", rival),
    ):
        yield name, max(-6.0, min(6.0, value)) / 3
    row = reading.words.get(draft.trigger)
    if row is not None:
        parts = reading.roles_at(row, draft.type, roles)
        parties = [part.party for f in draft.fillers if (part := parts.get((f.mention.start, f.mention.end)))]
        yield "reader of parties", sum(parties) / max(1, len(parties))
        yield "reader of second party", sorted(parties)[-2] if len(parties) > 1 else 0.0
