"""Makes one report of the drafts of one event: the fullest words of each field, and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from communique.codebook import Codebook, EventType, crosswalk
from communique.pipeline.drafts import Draft, Filler, Parsed
from communique.pipeline.merge.undated import is_undated
from communique.pipeline.merge.vouching import voice_of
from communique.pipeline.weigh import Weights
from communique.records import Claim, Codes, DateInterval, Participant, Place, Report, Span, Status, Versions
from communique.text import content_hash, surname_of

# What a release announces is done by the release itself, on its day.
OF_THE_DAY = frozenset({"statement", "transfer", "cooperation", "training"})
CLEARER: tuple[Status, ...] = ("denied", "cancelled", "occurred", "ongoing", "planned", "proposed")


def build_report(
    parsed: Parsed,
    drafts: Sequence[Draft],
    confidence: float,
    codebook: Codebook,
    versions: Versions,
    weights: Weights | None = None,
) -> Report:
    """The report of one event from its drafts, which are in order of the text.

    `weights` say who vouches for it, and whether an event without a told date is left without one; without them rules
    decide.
    """
    doc, weights = parsed.document, weights or {}
    first = drafts[0]
    lead = max(drafts, key=lambda d: (len(d.codes()), d.date is not None, d.score))
    evidence = tuple(Span(start=a, end=b) for a, b in joined([(d.start, d.end) for d in drafts]))
    status = status_of(drafts)
    date = date_of(drafts, status, doc.published, parsed.official, weights.get("undated", {}))
    participants = tuple(as_written(p, doc.text) for p in participants_of(drafts, codebook))
    told = [d for d in sorted(drafts, key=specific) if d.place is not None and is_at_host(d, participants)]
    placed = told[0] if told else None
    if placed is not None and is_one_of_many(placed, participants):
        placed = None
    if first.type == "visit" and placed is not None and placed.place is not None:
        participants = received(participants, placed.place.country)
    if first.type == "statement":
        participants = addressed(participants, drafts, parsed.home if parsed.official else None)
    report = Report(
        doc_id=doc.id,
        report_id=content_hash(doc.hash, first.type, *(f"{s.start}-{s.end}" for s in evidence)),
        type=first.type,
        mode=mode_of(drafts),
        status=status,
        participants=participants,
        date=date,
        place=placed.place if placed else place_of_host(drafts),
        domains=tuple(sorted(set().union(*(d.domains for d in drafts)))),
        asserted_by=voice_of(drafts, weights.get("voice", {})),
        evidence=evidence,
        aggregate=any(d.aggregate for d in drafts),
        details=details_of(drafts),
        claims=claims_of(drafts),
        confidence=round(confidence, 3),
        why=reasons(drafts, lead),
        lat=placed.lat if placed else None,
        lon=placed.lon if placed else None,
        geo_precision=placed.geo_precision if placed else None,  # type: ignore[arg-type]
        versions=versions,
    )
    codes: Codes = crosswalk(report.model_dump(mode="json"), codebook)
    return report.model_copy(update={"codes": codes})


def joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order without those that lie within another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if kept and end <= kept[-1][1]:
            continue
        kept.append((start, end))
    return kept


def specific(draft: Draft) -> tuple[int, int]:
    """Order of places: exact ones before states, earlier before later."""
    place = draft.place
    vague = place is None or place.name is None or draft.geo_precision == 3
    return (int(vague), draft.start)


# So many hosts make a visit a tour.
TOUR = 3


def is_one_of_many(draft: Draft, participants: Sequence[Participant]) -> bool:
    """Whether a draft's place lies in one of three or more hosts of a visit, and so is not the place of them all."""
    hosts = {p.actor for p in participants if p.role == "host"}
    return draft.type == "visit" and len(hosts) >= TOUR and draft.place is not None and draft.place.country in hosts


def is_at_host(draft: Draft, participants: Sequence[Participant]) -> bool:
    """Whether a draft's place may be that of a visit with these parties: a visit to one state takes place there."""
    hosts = {p.actor for p in participants if p.role == "host"}
    country = draft.place.country if draft.place is not None else None
    return draft.type != "visit" or len(hosts) != 1 or country is None or country in hosts


def received(participants: tuple[Participant, ...], country: str | None) -> tuple[Participant, ...]:
    """The parties of a visit without a host: the one in whose country it takes place receives the others."""
    roles = {p.role for p in participants}
    if "host" in roles or {p.actor for p in participants} <= {country}:
        return participants
    return tuple(p.model_copy(update={"role": "host"}) if p.actor == country else p for p in participants)


def addressed(
    participants: tuple[Participant, ...], drafts: Sequence[Draft], home: str | None
) -> tuple[Participant, ...]:
    """The parties of a statement of several speakers without an addressee: one speaks, and the others are spoken to.

    The one who speaks is the state of an official outlet, or a person among states, or the subject of the sentence; two
    that one word names ("the two sides") speak together.
    """
    speakers = {p.actor for p in participants if p.role == "speaker"}
    if len(speakers) < 2 or len(speakers) < len({p.actor for p in participants}):
        return participants
    together = [set(f.mention.codes) for d in drafts for f in d.fillers if len(f.mention.codes) > 1]
    persons = {p.actor for p in participants if p.kind == "person"}
    subjects = {c for d in drafts for f in d.fillers if f.rule == "subject" for c in f.mention.codes} & speakers
    heard = next((s for s in ({home} & speakers, persons, subjects) if len(s) == 1), None)
    if heard is None or speakers in together:
        return participants
    return tuple(p if p.actor in heard else p.model_copy(update={"role": "addressee"}) for p in participants)


def place_of_host(drafts: Sequence[Draft]) -> Place | None:
    """The host's country as the place of a visit or deployment that names no other, when there is one host."""
    kind = drafts[0].type
    if kind != "visit" and (kind != "deployment" or any(d.aggregate for d in drafts)):
        return None
    hosts = {c: f for d in drafts for f in d.fillers if f.role == "host" for c in f.mention.codes if len(c) == 3}
    if len(hosts) != 1:
        return None
    code, filler = next(iter(hosts.items()))
    named = filler.mention.text if filler.mention.cls in ("state", "place") and not filler.mention.pronoun else None
    return Place(name=named, country=code, text=named)


def founding(drafts: Sequence[Draft]) -> list[Draft]:
    """The mentions that tell the event themselves, without headlines and words that only refer to it; else all."""
    return [d for d in drafts if not d.flags & {"echo", "title"}] or list(drafts)


def status_of(drafts: Sequence[Draft]) -> Status:
    """The status that most mentions give, each by its probability; among equals the one that is told most surely.

    Headlines and words that only refer count where nothing else does.
    """
    told: dict[Status, float] = defaultdict(float)
    for draft in founding(drafts):
        for status, share in (draft.statuses or {draft.status: 1.0}).items():
            told[status] += share
    return max(told, key=lambda s: (told[s], -CLEARER.index(s)))


def mode_of(drafts: Sequence[Draft]) -> str | None:
    """The mode of most mentions, the earliest among equals."""
    told = Counter(d.mode for d in founding(drafts) if d.mode) or Counter(d.mode for d in drafts if d.mode)
    return told.most_common(1)[0][0] if told else None


def date_of(
    drafts: Sequence[Draft], status: Status, published: dt.date | None, official: bool, undated: Mapping[str, float]
) -> DateInterval | None:
    """The most exact told date, one that the story lends only where no other is told, else the inferred one for a
    plain past event.

    What is denied has only its own date, and what was "in recent years" none.
    """
    told = [d for d in drafts if d.date is not None and d.date.text is not None]
    own = [d for d in told if "lent date" not in d.flags] or told
    if own:
        return stretched(fittest([d.date for d in own if d.date], drafts[0].type), drafts, status, published)
    if published is None or status == "denied" or any("some years" in d.flags for d in drafts):
        return None
    if is_undated(drafts, official, undated) if undated else is_timeless(drafts, status):
        return None
    if official and drafts[0].type in OF_THE_DAY:
        return DateInterval(start=published, end=published, precision="day")
    return DateInterval(start=published - dt.timedelta(days=3), end=published, precision="inferred")


# The most days that an event may last of which only one day is told.
LONGEST = 31


def stretched(date: DateInterval, drafts: Sequence[Draft], status: Status, published: dt.date | None) -> DateInterval:
    """The date of an event of which one day is told: up to publication if it still goes on, else as many days from
    it, or to it where it is told as the last, as a mention says that it lasts."""
    if date.start != date.end:
        return date
    first = last = date.start
    days = next((d.lasts for d in drafts if d.lasts is not None), 1)
    if status == "ongoing" and published is not None and (published - first).days <= LONGEST:
        last = max(last, published)
    if drafts[0].type in LASTING and 1 < days <= LONGEST:
        if any("ends" in d.flags and d.date == date for d in drafts):
            first = last - dt.timedelta(days=days - 1)
        else:
            last = max(last, first + dt.timedelta(days=days - 1))
    return date if first == last else date.model_copy(update={"start": first, "end": last, "precision": "range"})


def is_timeless(drafts: Sequence[Draft], status: Status) -> bool:
    """Whether an event without a told date is ongoing, denied, summed up or background, by rule."""
    return status in ("ongoing", "denied") or any(d.aggregate or "background" in d.flags for d in drafts)


LASTING = frozenset({"exercise", "visit", "training", "meeting", "deployment"})


def fittest(told: Sequence[DateInterval], kind: str) -> DateInterval:
    """The most exact of several told dates; of what lasts, the stretch of days that holds it."""
    exact = min(told, key=lambda d: ((d.end - d.start).days, d.start))
    if kind not in LASTING:
        return exact
    around = [
        d
        for d in told
        if d.precision == "range" and d.start <= exact.start and exact.end <= d.end and (d.end - d.start).days <= 45
    ]
    return min(around, key=lambda d: (d.end - d.start).days, default=exact)


# Rules that guess a party from its nearness; they only fill a side that the grammar leaves empty.
GUESSED = frozenset({"same sentence", "place", "event before"})


def participants_of(drafts: Sequence[Draft], codebook: Codebook) -> tuple[Participant, ...]:
    """Each party once in its role; an official or a body stands for its country in the same role."""
    event_type = codebook.type(drafts[0].type)
    best: dict[tuple[str, str, str], Filler] = {}
    for tier in tiers(drafts):
        whole, known = complete(best, event_type), {c for _, c, _ in best}
        for filler in tier:
            if not whole or known & set(filler.mention.codes):
                add_party(best, filler)
    for role, code, surname in list(best):
        if not surname and any(r == role and c == code and s for r, c, s in best):
            del best[role, code, surname]
    sides = settle_roles(best, event_type)
    found = [participant(role, code, best[key], event_type.name in IMPERSONAL) for key, (role, code) in sides.items()]
    return tuple({(p.role, p.actor, p.name): p for p in found}.values())


def tiers(drafts: Sequence[Draft]) -> list[list[Filler]]:
    """The parties in order of trust: named by the grammar of full mentions, then of headlines and echoes, then guessed.

    Pronouns come after names. A later tier adds nobody new once both sides are known.
    """
    full = [f for d in drafts if not d.flags & {"echo", "title"} for f in d.fillers]
    rest = [f for d in drafts if d.flags & {"echo", "title"} for f in d.fillers]
    named = [f for f in full if f.rule not in GUESSED and not f.mention.pronoun]
    return [
        named,
        [f for f in full if f.rule not in GUESSED and f.mention.pronoun],
        [f for f in rest if f.rule not in GUESSED],
        [f for f in full + rest if f.rule in GUESSED],
    ]


def complete(best: Mapping[tuple[str, str, str], Filler], event_type: EventType) -> bool:
    """Whether the parties found so far make an event: two of a symmetric type, both sides of a directed one."""
    if event_type.symmetric:
        return len({c for _, c, _ in best}) >= 2
    return len({event_type.roles[r].side for r, _, _ in best}) >= 2


def add_party(best: dict[tuple[str, str, str], Filler], filler: Filler) -> None:
    """Enter a party under role, actor and surname; the fuller mention stays. An actor keeps the side that it has."""
    mention = filler.mention
    surname = surname_of(mention.name or "") if mention.kind == "person" else ""
    for code in mention.codes:
        taken = {r for r, c, _ in best if c == code}
        role = filler.role if not taken or filler.role in taken else next(iter(taken))
        key = (role, code, surname)
        if key not in best or fuller(filler, best[key]):
            best[key] = filler


def settle_roles(
    best: dict[tuple[str, str, str], Filler], event_type: EventType
) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Roles without contradictions: in a symmetric type an actor is host or party, not both."""
    out: dict[tuple[str, str, str], tuple[str, str]] = {}
    symmetric = event_type.symmetric
    hosts = {c for r, c, _ in best if r == "host"}
    for key in best:
        role, code, surname = key
        if symmetric and role == "party" and code in hosts:
            if any(k[0] == "host" and k[1] == code and k[2] == surname for k in best):
                continue
            role = "host"
        out[key] = (role, code)
    if symmetric:
        persons = {(r, c) for k, (r, c) in out.items() if k[2]}
        out = {k: v for k, v in out.items() if k[2] or v not in persons}
    return out


def fuller(new: Filler, old: Filler) -> bool:
    """Whether a filler says more of a party than another."""
    a, b = new.mention, old.mention
    rank = ("country", "organisation", "person")
    return (rank.index(a.kind), not a.pronoun, len(a.name or ""), bool(a.post)) > (
        rank.index(b.kind),
        not b.pronoun,
        len(b.name or ""),
        bool(b.post),
    )


# What states do through whole services: an official who speaks of it is no party of his own.
IMPERSONAL = frozenset({"transfer", "exercise", "deployment", "incident", "training", "membership"})


def participant(role: str, code: str, filler: Filler, impersonal: bool) -> Participant:
    """The participant that a filler gives; of an impersonal type an official stands for the country."""
    m = filler.mention
    if impersonal and m.kind == "person":
        return Participant(role=role, actor=code, kind="country", mention=m.text, span=m.span)
    return Participant(
        role=role,
        actor=code,
        kind=m.kind,
        name=m.name,
        post=m.post if m.kind == "person" else None,
        rank=m.rank if m.kind == "person" else None,
        mention=m.text,
        span=m.span,
    )


def as_written(participant: Participant, text: str) -> Participant:
    """The participant with its mention as the document has it; a headline is read in other capitals than it has."""
    span = participant.span
    if span is None or span.start == span.end:
        return participant
    return participant.model_copy(update={"mention": text[span.start : span.end]})


def details_of(drafts: Sequence[Draft]) -> dict[str, Any] | None:
    """The details of all mentions, the first that tells each."""
    found: dict[str, Any] = {}
    for draft in drafts:
        for key, value in draft.details.items():
            if not key.startswith("_") and value and key not in found:
                found[key] = value
    return found or None


def claims_of(drafts: Sequence[Draft]) -> tuple[Claim, ...]:
    """The claims of all mentions without repeats."""
    found: dict[tuple[str, str], Claim] = {}
    for draft in drafts:
        for claim in draft.claims:
            found.setdefault((claim.kind, claim.text.lower()), claim)
    return tuple(found.values())


def reasons(drafts: Sequence[Draft], lead: Draft) -> tuple[str, ...]:
    """The rules that made the report."""
    lines = [w for d in drafts for w in d.why]
    lines += [f"{f.role}={'/'.join(f.mention.codes)} by {f.rule}: {f.mention.text!r}" for f in lead.fillers]
    lines.append(f"status={lead.status} by {lead.status_why}")
    if lead.date_why:
        lines.append(lead.date_why)
    return tuple(dict.fromkeys(lines))
