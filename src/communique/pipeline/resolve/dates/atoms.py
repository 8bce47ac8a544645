"""The pieces of date expressions among tokens: the longest plausible match of the grammars at each place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from communique.pipeline.resolve.dates import calendar_rules, relative_rules
from communique.pipeline.resolve.dates.calendar_rules import Build
from communique.pipeline.resolve.dates.points import Atom, Length, Point, What
from communique.pipeline.resolve.dates.tokens import Token, is_amount
from communique.pipeline.resolve.dates.vocabulary import CLASS, CORE, FILLER, NAME, TABLE, compile_rule

_GRAMMAR: Final[list[tuple[re.Pattern[str], Build]]] = [
    (compile_rule(rule), build) for rule, build in calendar_rules.RULES + relative_rules.RULES
]
_LONGEST: Final = 14  # tokens of one atom
_ANY_RULE: Final = re.compile("|".join(f"(?:{rule.pattern})" for rule, _ in _GRAMMAR))
_RUN: Final = re.compile(f"[^{FILLER}{CLASS['gap']}{CLASS['stop']}]+")
_MONTH_HOMOGRAPHS: Final = frozenset(TABLE["month_homographs"])
_ABBREVIATIONS: Final = (
    frozenset(TABLE["month_abbreviations"]) | frozenset(TABLE["weekday_abbreviations"])
) - frozenset(TABLE["months"])
_LEADS: Final = frozenset(
    CLASS[n]
    for n in (
        "in",
        "on",
        "during",
        "since",
        "by",
        "until",
        "from",
        "between",
        "to",
        "and",
        "dash",
        "of",
        "before",
        "after",
    )
)
_YEAR_LEADS: Final = frozenset(TABLE["year_leads"])
_SUPERLATIVES: Final = frozenset(TABLE["superlatives"])
_COMPARISON_REACH: Final = 6
_NOUN_STARTS: Final = frozenset({FILLER, *(CLASS[name] for name in ("the", "a", "its"))})
_LONE_ISLAMIC: Final = frozenset({9})


def find_atoms(tokens: Sequence[Token]) -> list[Atom]:
    """The atoms of a text in order, longest first at each place, never overlapping."""
    classes = "".join(t.cls for t in tokens)
    atoms: list[Atom] = []
    for run in _RUN.finditer(classes):
        if not CORE.isdisjoint(run.group()):
            atoms.extend(_atoms_of_run(tokens, classes, run.start(), run.end()))
    return atoms


def _atoms_of_run(tokens: Sequence[Token], classes: str, position: int, end: int) -> Iterator[Atom]:
    while position < end:
        atom = _longest(tokens, classes, position)
        if atom is None:
            position += 1
        else:
            yield atom
            position = atom.last


def _longest(tokens: Sequence[Token], classes: str, position: int) -> Atom | None:
    for length, index in _matches(classes[position : position + _LONGEST]):
        end = position + length
        what = _GRAMMAR[index][1](tokens[position:end])
        if what is not None:
            what = _counted_from(what, tokens, end)
            atom = Atom(position, end, what, _weakness(tokens, position, end, what))
            if _plausible(tokens, atom):
                return atom
    return None


@lru_cache(maxsize=50_000)
def _matches(window: str) -> tuple[tuple[int, int], ...]:
    """The rules that match the beginning of a row of classes: length and index, longest first, then in their order."""
    if _ANY_RULE.match(window) is None:
        return ()
    found = [(m.end(), i) for i, (rule, _) in enumerate(_GRAMMAR) if (m := rule.match(window)) is not None]
    return tuple(sorted(found, key=lambda match: (-match[0], match[1])))


def _weakness(tokens: Sequence[Token], first: int, last: int, what: What) -> str | None:
    """`name_year` where a lone year ends a capitalised name ("Bright Star 2025") or stands before "edition"."""
    if not (isinstance(what, Point) and what.unit == "year" and last - first == 1 and what.year is not None):
        return None
    before = tokens[first - 1] if first else None
    if (
        before is not None
        and before.text[:1].isupper()
        and before.text.lower() not in _YEAR_LEADS
        and before.cls == FILLER
    ):
        return "name_year" if len(before.text) > 1 or before.text.isupper() else None
    after = tokens[last].text.lower() if last < len(tokens) else ""
    return "name_year" if after == "edition" else None


def _counted_from(what: What, tokens: Sequence[Token], last: int) -> What:
    """The same, or where "after" or "before" names an event ("two years after the war") marked to count from that."""
    if not isinstance(what, Point) or what.form != "shift" or what.origin != "reference" or last >= len(tokens):
        return what
    named = NAME.get(tokens[last - 1].cls) in {"after", "before"} and tokens[last].cls in _NOUN_STARTS
    return replace(what, relation="other") if named else what


def _plausible(tokens: Sequence[Token], atom: Atom) -> bool:
    piece = tokens[atom.first : atom.last]
    before = tokens[atom.first - 1] if atom.first else None
    after = tokens[atom.last] if atom.last < len(tokens) else None
    if isinstance(atom.what, Length):
        return not _is_age(tokens, atom.last)
    if isinstance(atom.what, Point):
        if atom.what.form == "ahead" and _is_compared(tokens, atom):
            return False
        if len(piece) == 1 and not _plausible_alone(piece[0], before, after):
            return False
        if atom.what.form == "weekday" and not _plausible_weekday(piece, before, after):
            return False
        if atom.what.unit == "season" and not _plausible_season(atom.what, piece, before, after):
            return False
        if atom.what.form == "calendar" and atom.what.month is None and atom.what.unit == "day":
            return _plausible_day_number(piece, before, after)
    return not (
        NAME.get(piece[-1].cls) in {"DAY", "YEAR"} and after is not None and is_amount(after) and len(piece) < 3
    )


def _plausible_alone(token: Token, before: Token | None, after: Token | None) -> bool:
    name, lower = NAME[token.cls], token.text.lower()
    led = before is not None and before.cls in _LEADS
    possessive = token.end - token.start > len(token.text)
    if lower in _ABBREVIATIONS or (name == "HOLIDAY" and _begins_name(after)):
        return False
    if name == "MONTH" and lower in _MONTH_HOMOGRAPHS:
        owned = before is not None and (NAME.get(before.cls) in {"the", "a", "its"} or before.end > _bare_end(before))
        return led or possessive or (owned and after is not None and after.text[:1].islower())
    if name == "YEAR":
        among_figures = any(t is not None and t.text[:1].isdigit() and t.cls != token.cls for t in (before, after))
        return not (among_figures or (after is not None and is_amount(after))) and (led or int(token.text) >= 1900)
    if name == "IMONTH":
        return token.value in _LONE_ISLAMIC
    return True


def _bare_end(token: Token) -> int:
    """Where the token ends without a possessive ending."""
    return token.start + len(token.text)


def _plausible_weekday(piece: Sequence[Token], before: Token | None, after: Token | None) -> bool:
    """Neither a short form without a date ("the Sun") nor a newspaper ("the Sunday Times")."""
    if any(t.text.lower() in _ABBREVIATIONS for t in piece):
        return False
    article = any(NAME.get(t.cls) == "the" for t in piece) or (before is not None and NAME.get(before.cls) == "the")
    return not (article and _begins_name(after))


def _begins_name(token: Token | None) -> bool:
    """Whether a capitalised word follows that makes the date words part of a name ("Christmas Island")."""
    return token is not None and token.cls == FILLER and token.text[:1].isupper()


def _is_compared(tokens: Sequence[Token], atom: Atom) -> bool:
    """Whether "in a decade" and the like follow a superlative, or begin a word such as "in a month-long course"."""
    before = {t.text.lower() for t in tokens[max(0, atom.first - _COMPARISON_REACH) : atom.first]}
    dashed = atom.last < len(tokens) and tokens[atom.last].cls == CLASS["dash"]
    return dashed or not before.isdisjoint(_SUPERLATIVES)


def _plausible_season(point: Point, piece: Sequence[Token], before: Token | None, after: Token | None) -> bool:
    if point.year is not None or point.relation is not None or point.within is not None or point.part is not None:
        return True
    article = NAME[piece[0].cls] == "the"
    followed_by_of = after is not None and NAME.get(after.cls) == "of"
    return before is not None and before.cls in _LEADS and (article or piece[0].text != "fall") and not followed_by_of


def _plausible_day_number(piece: Sequence[Token], before: Token | None, after: Token | None) -> bool:
    if any(NAME.get(t.cls) in {"UMONTH", "UDAY"} for t in piece):
        return True
    led = before is not None and before.cls in _LEADS
    return led and (after is None or not after.text[:1].isalpha() or after.cls != FILLER)


def _is_age(tokens: Sequence[Token], last: int) -> bool:
    """Whether "old" follows, as in "nine-year-old"."""
    return any(NAME.get(t.cls) == "old" for t in tokens[last : last + 2] if t.cls != FILLER)
