"""Why a date expression is not, or only for want of another, the date of its clause's event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from communique.pipeline.resolve.dates.tokens import Token
from communique.pipeline.resolve.dates.vocabulary import CLASS, FILLER, STOPS, TABLE

_INSTRUMENTS: Final = frozenset(TABLE["instruments"])
_MAKING: Final = frozenset(TABLE["making_cues"])
_COUNTING: Final = frozenset(TABLE["counting_cues"])
_PREPOSITIONS: Final = frozenset(CLASS[name] for name in ("of", "in", "on", "from"))
_DETERMINERS: Final = frozenset(CLASS[name] for name in ("the", "a", "its"))
_NUMBERED: Final = frozenset(CLASS[name] for name in ("NTHWORD", "NTH"))
_NAME_REACH: Final = 4  # words from a year to the noun of its instrument: "the 2001 Authorization"
_COUNT_REACH: Final = 20
_COUNTED_IN: Final = 120  # characters before an event by which visits are counted
_ORDINALS: Final = frozenset(TABLE["ordinals"])
_WORDS: Final = re.compile(r"[a-z]+")
_STOP: Final = re.compile(r"[.,;:]")


def weakness_of(tokens: Sequence[Token], first: int, last: int, form: str, weak: str | None) -> str | None:
    """Why the expression at the tokens `first` to `last` is weak: `comparison`, `instrument`, what is said of its only
    atom (`weak`), or None where it is not."""
    if tokens[first].text.lower() == "than" or (form == "since" and _counts_from(tokens, first)):
        return "comparison"
    if _is_of_instrument(tokens, first, last):
        return "instrument"
    return weak or ("attribute" if form == "plain" and _stands_before_noun(tokens, first, last) else None)


def _stands_before_noun(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the date stands between an article and a noun that it dates: "the May 25 launches"."""
    led = tokens[first].cls in _DETERMINERS or (first > 0 and tokens[first - 1].cls in _DETERMINERS)
    return led and last < len(tokens) and tokens[last].cls == FILLER and tokens[last].text[:1].isalpha()


def counts_before(text: str) -> bool:
    """Whether the last words of a text make what follows the day from which things are counted: "the first visit"."""
    words = _WORDS.findall(_STOP.split(text[-_COUNTED_IN:])[-1].lower())
    return any(word in _COUNTING or word in _ORDINALS for word in words)


def _counts_from(tokens: Sequence[Token], first: int) -> bool:
    """Whether "since" at the token `first` tells from when things are counted: "the second visit since 2019"."""
    for i in range(first - 1, max(-1, first - 1 - _COUNT_REACH), -1):
        token = tokens[i]
        if token.cls in STOPS and not _abbreviates(tokens, i):
            return False
        if token.cls in _NUMBERED or token.text.lower() in _COUNTING:
            return True
    return False


def _abbreviates(tokens: Sequence[Token], i: int) -> bool:
    """Whether the token is the full stop of an initial, as in "U.S." within a sentence."""
    return tokens[i].cls == CLASS["dot"] and i > 0 and len(tokens[i - 1].text) == 1 and tokens[i - 1].text.isupper()


def _is_of_instrument(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the date is that of a treaty or law: "the Treaty of 1951", "an accord signed in 2014", "the 2001 Act"."""
    if first > 1 and tokens[first - 1].cls == CLASS["lpar"] and tokens[first - 2].text.isdigit():
        return True  # "Resolution 2570 (2021)"
    at = first if tokens[first].cls in _PREPOSITIONS else first - 1
    if at > 0 and tokens[at].cls in _PREPOSITIONS:
        made = at - (tokens[at - 1].text.lower() in _MAKING)
        if made and tokens[made - 1].text.lower() in _INSTRUMENTS and (made < at or tokens[at].cls == CLASS["of"]):
            return True
    if not (tokens[first].cls in _DETERMINERS or (first and tokens[first - 1].cls in _DETERMINERS)):
        return False
    for token in tokens[last : last + _NAME_REACH]:
        if token.cls != FILLER or token.text.lower() in _INSTRUMENTS:
            return token.cls == FILLER
    return False
