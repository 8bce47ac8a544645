"""Finds the date expressions of a text: atoms joined by "from ... to", "since", "by", commas and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from communique.pipeline.resolve.dates.anchors import find_anchors
from communique.pipeline.resolve.dates.atoms import find_atoms
from communique.pipeline.resolve.dates.context import Tense
from communique.pipeline.resolve.dates.cues import Cue, cue_before, is_of_telling, tense_hint
from communique.pipeline.resolve.dates.joins import can_list, can_range, joined
from communique.pipeline.resolve.dates.points import Atom, Length, Point, Stretch, What
from communique.pipeline.resolve.dates.tokens import Token, scan, sentences
from communique.pipeline.resolve.dates.vocabulary import CLASS, FILLER, STOPS, compile_rule
from communique.pipeline.resolve.dates.weakness import counts_before, weakness_of

Kind = Literal["absolute", "relative", "anaphoric", "duration", "open", "frequency", "fiscal"]
Form = Literal[
    "plain", "range", "list", "since", "until", "by", "from", "before", "after", "length", "lasting", "frequency"
]

_SINCE_REACH: Final = 16
_LONGEST: Final = 24  # tokens and atoms of one expression
_ATOMS: Final = {
    "POINT": "P",
    "ANY": "[PG]",
    "SPAN": "L",
    "GAP": f"(?:[^PGL{''.join(sorted(STOPS))}]{{1,{_SINCE_REACH}}}?)",
}
_JOINS: Final[tuple[tuple[str, Form], ...]] = (
    ("PREP? HEDGE* ANY", "plain"),
    ("PREP? POINT comma? lpar? POINT rpar?", "plain"),
    ("(from | between | PREP)? the? HEDGE* POINT (dash | to | until) HEDGE* the? POINT", "range"),
    ("from HEDGE* POINT comma? (dash | to | until) (GAP)? POINT", "range"),
    ("between HEDGE* POINT and HEDGE* POINT", "range"),
    ("between now and (GAP)? ANY", "until"),
    ("(PREP | between)? POINT (comma POINT)* comma? and POINT", "list"),
    ("since HEDGE* ANY", "since"),
    ("since then", "since"),
    ("from HEDGE* POINT (to | until) (now | the REL)", "since"),
    ("since GAP ANY", "since"),
    ("until on? HEDGE* ANY", "until"),
    ("by HEDGE* ANY", "by"),
    ("later HEDGE ANY", "by"),
    ("before HEDGE* ANY", "before"),
    ("after HEDGE* ANY", "after"),
    ("from PREP? HEDGE* ANY (onwards | on)?", "from"),
    ("PREP? SPAN x? from PREP? HEDGE* ANY", "from"),
    ("for HEDGE* SPAN", "lasting"),
    ("(PREP | after)? (the | a | its)? SPAN", "length"),
    (
        "FREQ | EVERY (NUM | NTHWORD)? (ANY | SPAN | UNIT | UNITS | WEEKDAY | MONTH | SEASON | TOD | WEEKEND)"
        "| PREP? WEEKDAYS | TIMES (SPAN | EVERY? UNIT)",
        "frequency",
    ),
)
_RULES: Final = [(compile_rule(rule, _ATOMS), form) for rule, form in _JOINS]
_ANY_RULE: Final = re.compile("|".join(f"(?:{rule.pattern})" for rule, _ in _RULES))
_STARTERS: Final = frozenset("PGL") | frozenset(
    CLASS[n]
    for n in [
        "in",
        "on",
        "during",
        "for",
        "from",
        "between",
        "since",
        "until",
        "by",
        "later",
        "before",
        "after",
        "FREQ",
        "EVERY",
        "WEEKDAYS",
        "TIMES",
        "HEDGE",
        "the",
        "a",
        "its",
    ]
)
_STARTER: Final = re.compile(f"[{''.join(sorted(_STARTERS))}]")
_ATOMLESS: Final = frozenset(CLASS[name] for name in ("FREQ", "WEEKDAYS", "then", "EVERY", "TIMES"))
_THEN: Final = (Point("unit", "day", relation="same", part="whole", origin="reference"),)
_PERFECT: Final = frozenset({"has", "have", "had"})
_YEARS: Final = frozenset({"year", "decade", "century"})
_COUNTED: Final = frozenset({"since", "after", "following"})
_LEADS: Final[dict[str, Form]] = {"since": "since", "before": "before", "prior to": "before"}


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Words that tell a date, a length of time or a frequency.

    `start` and `end` are offsets into the text given. `parts` holds what the words say, `form` how they are joined.
    `weak` is `name_year` where the year belongs to a name ("Bright Star 2025"), `instrument` where the date is that of
    a treaty or law ("the Treaty of 1951"), `comparison` after "than" and in "the second visit since 2019", `attribute`
    where the date stands before a noun of its own ("the May 25 launches"). `cue` says
    that the words before it make it the first or last day of something longer ("began on Sunday", "concluded on
    Friday"), `hint` which tense they give it ("scheduled for December", "said on Monday"), `telling` that a verb of
    saying or denying stands right beside them ("denied on Tuesday that").
    """

    start: int
    end: int
    text: str
    kind: Kind
    form: Form
    parts: tuple[What, ...]
    weak: str | None = None
    cue: Cue | None = None
    hint: Tense | None = None
    telling: bool = False

    def is_period(self) -> bool:
        """Whether the words name the years that a text is about: "during these years"."""
        what = self.parts[0]
        return isinstance(what, Point) and what.form == "window" and what.relation == "these"

    def is_some_years(self) -> bool:
        """Whether the words tell no more than that it was, or has been so, in some years before publication."""
        what = self.parts[0]
        if isinstance(what, Length):
            return what.vague and what.unit in _YEARS and self.form == "lasting"
        return isinstance(what, Point) and what.vague and what.unit in _YEARS and what.form == "window"

    def is_window(self) -> bool:
        """Whether the words tell a stretch of time up to or from publication ("in recent days"), and no one night."""
        what = self.parts[0]
        return isinstance(what, Point) and what.form == "window" and (what.unit, what.count) != ("day", 1)


def find_dates(text: str) -> list[DateExpression]:
    """The date expressions of the text in order: the longest at each place, never overlapping."""
    found: list[DateExpression] = []
    for start, stop in sentences(text):
        tokens = scan(text, start, stop)
        atoms = find_atoms(tokens)
        if atoms or any(t.cls in _ATOMLESS for t in tokens):
            items = _items(tokens, atoms)
            classes = "".join(item if isinstance(item, str) else _letter(item) for item, _ in items)
            found.extend(_expressions(text, tokens, items, classes))
    return _with_anchors(text, found)


def _with_anchors(text: str, expressions: list[DateExpression]) -> list[DateExpression]:
    """The expressions and those that date by a known event; where both overlap, a told date stays."""
    anchored = [
        DateExpression(
            a.start,
            a.end,
            text[a.start : a.end],
            "open",
            _LEADS.get(a.lead, "after"),
            (a.point,),
            "comparison" if a.lead in _COUNTED and counts_before(text[: a.start]) else None,
        )
        for a in find_anchors(text)
    ]
    free = [a for a in anchored if all(e.end <= a.start or e.start >= a.end or _named_in(e, a) for e in expressions)]
    kept = [e for e in expressions if not any(_named_in(e, a) for a in free)]
    return sorted(kept + free, key=lambda e: e.start)


def _named_in(expression: DateExpression, anchor: DateExpression) -> bool:
    """Whether a yearless day is part of an event's name, as in "after the attacks of September 11"."""
    what = expression.parts[0]
    inside = anchor.start <= expression.start and expression.end <= anchor.end
    return inside and isinstance(what, Point) and what.form == "calendar" and what.year is None


_Item = tuple[str | Atom, int]


def _items(tokens: Sequence[Token], atoms: Sequence[Atom]) -> list[_Item]:
    """The tokens' classes with each atom's tokens replaced by the atom; beside each the index of its first token."""
    items: list[_Item] = []
    position = 0
    for atom in atoms:
        items.extend((tokens[i].cls, i) for i in range(position, atom.first))
        items.append((atom, atom.first))
        position = atom.last
    items.extend((tokens[i].cls, i) for i in range(position, len(tokens)))
    return items


def _letter(atom: Atom) -> str:
    return "L" if isinstance(atom.what, Length) else "G" if isinstance(atom.what, Stretch) else "P"


def _expressions(text: str, tokens: Sequence[Token], items: Sequence[_Item], classes: str) -> Iterator[DateExpression]:
    position = 0
    while (starter := _STARTER.search(classes, position)) is not None:
        position = starter.start()
        found = _longest(tokens, items, classes, position)
        if found is None:
            position += 1
            continue
        end, form, parts = found
        first, last = items[position][1], items[end][1] if end < len(items) else len(tokens)
        start_offset, end_offset = tokens[first].start, tokens[last - 1].end
        atoms = [item for item, _ in items[position:end] if isinstance(item, Atom)]
        yield DateExpression(
            start_offset,
            end_offset,
            text[start_offset:end_offset],
            _kind(form, parts),
            form,
            parts,
            weakness_of(tokens, first, last, form, atoms[0].weak if len(atoms) == 1 else None),
            cue_before(tokens, first),
            tense_hint(tokens, first, last),
            is_of_telling(tokens, first, last),
        )
        position = end


def _longest(
    tokens: Sequence[Token], items: Sequence[_Item], classes: str, position: int
) -> tuple[int, Form, tuple[What, ...]] | None:
    for length, index in _matches(classes[position : position + _LONGEST]):
        end = position + length
        form = _RULES[index][1]
        if not _holds(tokens, items, position, end, form):
            continue
        whats: list[What] = [item.what for item, _ in items[position:end] if isinstance(item, Atom)]
        parts = _parts(form, whats)
        if parts is not None:
            return end, form, parts
    return None


@lru_cache(maxsize=50_000)
def _matches(window: str) -> tuple[tuple[int, int], ...]:
    """The rules that match the beginning of a row of classes and atoms: length and index, longest first."""
    if _ANY_RULE.match(window) is None:
        return ()
    found = [(m.end(), i) for i, (rule, _) in enumerate(_RULES) if (m := rule.match(window)) is not None]
    return tuple(sorted(found, key=lambda match: (-match[0], match[1])))


def _holds(tokens: Sequence[Token], items: Sequence[_Item], position: int, end: int, form: Form) -> bool:
    """Whether the words around allow the form: not "has since", "after February's visit", "before Monday talks"."""
    first = items[position][1]
    last = items[end][1] if end < len(items) else len(tokens)
    if form == "since":
        return first == 0 or tokens[first - 1].text.lower() not in _PERFECT
    if form in {"before", "after"}:
        possessive = tokens[last - 1].end - tokens[last - 1].start > len(tokens[last - 1].text)
        return not possessive and (last >= len(tokens) or tokens[last].cls != FILLER)
    return True


def _parts(form: Form, whats: list[What]) -> tuple[What, ...] | None:
    """What an expression of the form says, or None where its parts do not go together."""
    if form in {"range", "list"}:
        points = [what for what in whats if isinstance(what, Point)]
        points = joined(points)
        fits = can_range(points) if form == "range" else can_list(points)
        return tuple(points) if fits and len(points) == len(whats) else None
    if form == "plain" and len(whats) == 2:
        return _apposed(whats)
    return tuple(whats) or _THEN


def _apposed(whats: list[What]) -> tuple[What, ...] | None:
    """The exact one of a pair such as "yesterday, 16 May" or "Tuesday (May 16)"."""
    first, second = whats
    if not (isinstance(first, Point) and isinstance(second, Point)):
        return None
    loose = first.form in {"weekday", "shift"} and first.unit == "day"
    exact = second.form == "calendar" and second.unit == "day" and second.month is not None
    return (second,) if loose and exact else None


def _kind(form: Form, parts: tuple[What, ...]) -> Kind:
    if form == "frequency":
        return "frequency"
    if form == "length":
        return "duration"
    if form in {"since", "until", "by", "before", "after"}:
        return "open"
    points = [p.first if isinstance(p, Stretch) else p for p in parts if not isinstance(p, Length)]
    if any(p.unit in {"fiscal", "split_year"} for p in points):
        return "fiscal"
    if any(
        p.origin == "reference" or p.within in {"that", "same", "following", "previous"} or p.relation == "that"
        for p in points
    ):
        return "anaphoric"
    told = all(p.form in {"calendar", "fixed"} and p.year is not None for p in points)
    return "absolute" if told else "relative"
