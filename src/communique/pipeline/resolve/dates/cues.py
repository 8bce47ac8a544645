"""What the words beside a date expression say of it: that it begins or ends something, or lies ahead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from communique.pipeline.resolve.dates.context import Tense
from communique.pipeline.resolve.dates.tokens import Token
from communique.pipeline.resolve.dates.vocabulary import CLASS, STOPS, TABLE

Cue = Literal["start", "end"]

_CUE_REACH, _TENSE_REACH, _FORWARD_REACH = 8, 10, 12
_NEXT_WORDS: Final = 3
_CUES: Final[dict[str, Cue]] = {
    **dict.fromkeys(TABLE["end_cues"], "end"),
    **dict.fromkeys(TABLE["start_cues"], "start"),
}
_FUTURE: Final = frozenset(TABLE["future_cues"]) | frozenset(TABLE["small"]["scheduled"])
_SAYING: Final = frozenset(TABLE["past_cues"])
_RESOLVING: Final = frozenset(TABLE["resolving_cues"])
_TELLING: Final = frozenset(TABLE["telling_cues"])
_BESIDE: Final = 2
_FORMS_OF_BE: Final = frozenset({"is", "are", "was", "were", "be", "been"})


def cue_before(tokens: Sequence[Token], first: int) -> Cue | None:
    """Whether the words before the token `first` make the date there a first or a last day."""
    for token in reversed(tokens[max(0, first - _CUE_REACH) : first + 1]):
        if token.cls in STOPS:
            return None
        cue = _CUES.get(token.text.lower())
        if cue is not None:
            return cue
    return None


def is_of_telling(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a verb of saying or denying stands right beside the tokens `first` to `last`: "denied on Monday"."""
    beside = [*tokens[max(0, first - _BESIDE) : first], *tokens[last : last + 1]]
    return any(token.text.lower() in _TELLING for token in beside)


def tense_hint(tokens: Sequence[Token], first: int, last: int) -> Tense | None:
    """The tense that the nearest telling word gives a date at the tokens `first` to `last`: "will ... on Monday" or
    "said on Monday"; None where no such word is near, or where it leaves both open ("agreed to meet on Monday").
    """
    words = [token.text.lower() for token in tokens]
    begin = first
    while begin > max(0, first - _TENSE_REACH) and tokens[begin - 1].cls not in STOPS:
        begin -= 1
    for i in range(first - 1, begin - 1, -1):
        hint = _hint_of(words, i)
        if hint is not None:
            open_end = words[i] in _RESOLVING and "to" in words[i:first]
            return None if open_end else hint
    opening = first <= 1 and last < len(tokens) and tokens[last].cls == CLASS["comma"]
    end = last + (_FORWARD_REACH if first <= 1 else _NEXT_WORDS)
    return _hint_forward(tokens, words, last + 1 if opening else last, min(end, len(words)))


def _hint_forward(tokens: Sequence[Token], words: Sequence[str], first: int, last: int) -> Tense | None:
    """The first hint after the date within its clause: "on Monday announced", "On Monday, the ministers will sign"."""
    for i in range(first, last):
        if tokens[i].cls in STOPS or tokens[i].cls == CLASS["and"]:
            return None
        hint = _hint_of(words, i)
        if hint is not None:
            return hint
    return None


def _hint_of(words: Sequence[str], i: int) -> Tense | None:
    word = words[i]
    if word in _FUTURE or (word in _FORMS_OF_BE and words[i + 1 : i + 2] == ["to"]):
        return "future"
    told = (word in _SAYING or word in _RESOLVING) and words[max(0, i - 1)] != "be"  # "to be held" tells no past
    return "past" if told else None
