"""A text as a row of word classes, one character a token, so that date grammars run on classes, not on letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from communique.pipeline.resolve.dates.vocabulary import CLASS, CORE, FILLER, TABLE, Value, phrases, word_classes

_PIECES: Final = re.compile(r"[^\W\d_]+|[$€£¥#+]?\d+|\n[ \t\r]*\n|\s+|_+|.", re.DOTALL)
_SENTENCE_END: Final = re.compile(r"(?<=[a-z\d)\]”’\"][.!?])\s+(?=[A-Z“‘\"])|\n[ \t\r]*\n\s*")
_FIGURES: Final = re.compile(r"\d{4}|\d[/.]\d|['’‘]\d0s")
_POSSESSIVE: Final = re.compile(r"['’]s?(?!\w)")
_FISCAL: Final = re.compile(r"FY\s?-?['’]?(\d{4}|\d{2})(?:\s?[-–/]\s?(\d{4}|\d{2}))?\b")
_QUARTER: Final = re.compile(r"[QH][1-4]\b")
_COMPOUND: Final = re.compile(r"-(one|two|three|four|five|six|seven|eight|nine)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(
    r"""
    (?P<numeric>\d{4}([-/.])\d{1,2}\2\d{1,2}(?![\w-])|\d{1,2}([/.])\d{1,2}\3(?:\d{4}|\d{2})(?![\w/]|\.\d))
  | (?P<clock>\d{1,2}(?::\d{2}){1,2}(?:\s?[ap]\.?m\b\.?)?|\d{1,2}(?:\.\d{2})?\s?(?:[ap]\.m\.|[ap]m\b|o['’]clock))
  | (?P<nine>9/11\b)
  | (?P<decade>(?:1[5-9]|20)\d0['’]?s\b)
  | (?P<nth>\d{1,2}(?:st|nd|rd|th)\b)
  | (?P<year>\d{4})(?![\w%]|[.,]\d|/\d{3}|/\d\d?/)
  | (?P<small>\d{1,3})(?![\w%]|[.,/:]\d)
  | (?P<other>[$€£¥#+]?\d[\w%]*(?:[.,/:]\d[\w%]*)*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SHORT_DECADE: Final = re.compile(r"['’‘]([2-9])0s\b")
_MARKS: Final[dict[str, str]] = {
    **dict.fromkeys("-–—−/", CLASS["dash"]),
    **dict.fromkeys("([", CLASS["lpar"]),
    **dict.fromkeys(")]", CLASS["rpar"]),
    **dict.fromkeys(";!?", CLASS["stop"]),
    ",": CLASS["comma"],
    ".": CLASS["dot"],
    "&": CLASS["and"],
}
_CAPITAL: Final = frozenset(CLASS[name] for name in ("MONTH", "WEEKDAY", "WEEKDAYS", "PMONTH", "IMONTH", "HOLIDAY"))
_NUMBERERS: Final = frozenset(TABLE["numberers"])
_BEFORE_DIGITS: Final = (
    frozenset(TABLE["parts"]) | {"end"} | frozenset(TABLE["months"]) | frozenset(TABLE["month_abbreviations"])
)
_ABBREVIATIONS: Final = (
    frozenset(TABLE["month_abbreviations"]) | frozenset(TABLE["weekday_abbreviations"])
) - frozenset(TABLE["months"])
_DOUBLED: Final = frozenset({"past", "last", "coming"})  # "this past week", "this coming Friday"
_AMOUNTS: Final = frozenset(TABLE["amounts"])


class Token(NamedTuple):
    """A stretch of text with its class character and value (a number, a name or None)."""

    start: int
    end: int
    cls: str
    value: Value
    text: str


@cache
def _spellings() -> dict[str, tuple[str, Value]]:
    """Each word as it may be written in a text (lower case, capitalised, capitals) with its class and value."""
    out: dict[str, tuple[str, Value]] = {}
    for word, entry in word_classes().items():
        spellings = {word.capitalize(), word.upper()} | (set() if entry[0] in _CAPITAL else {word})
        out.update(dict.fromkeys(spellings, entry))
    return out


@cache
def _special() -> frozenset[str]:
    """The spellings that may begin a term of several words or signs, which a look-up of one word would miss."""
    first = phrases()[1]
    tens = [word for word, number in TABLE["numbers"].items() if 20 <= number < 100]
    starts = {w.capitalize() for w in first} | {w.upper() for w in first} | {"FY", "Q", "H"}
    return frozenset(
        starts | {form for word in [*tens, *_ABBREVIATIONS] for form in (word, word.capitalize(), word.upper())}
    )


@cache
def _core_spellings() -> frozenset[str]:
    """The spellings of which at least one stands in every date that has no year, decade or date in figures."""
    single = {spelling for spelling, (cls, _) in _spellings().items() if cls in CORE}
    return frozenset(single | (_special() - _spellings().keys()))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The offsets of stretches of text that no date expression crosses: sentences and paragraphs, roughly."""
    start = 0
    for gap in _SENTENCE_END.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def scan(text: str, start: int = 0, stop: int | None = None) -> list[Token]:
    """The tokens of a stretch of the text in order, or none where no word of it can be of a date.

    What no date is made of has the filler class; offsets count into the whole text.
    """
    stop = len(text) if stop is None else stop
    pieces = _PIECES.findall(text, start, stop)
    if _core_spellings().isdisjoint(pieces) and _FIGURES.search(text, start, stop) is None:
        return []
    tokens: list[Token] = []
    spellings, special = _spellings(), _special()
    after = end = start
    for piece in pieces:
        here, after = after, after + len(piece)
        if here < end or piece == " ":
            continue
        entry = spellings.get(piece)
        if piece in special:
            tokens.append(_term(text, here, piece, entry))
        elif entry is not None:
            if entry[1] in _DOUBLED and tokens and tokens[-1].value == "this":
                tokens[-1] = tokens[-1]._replace(cls=CLASS["HEDGE"])
            tokens.append(Token(here, after, *entry, piece))
        elif piece[0].isalpha():
            tokens.append(Token(here, after, FILLER, None, piece))
        elif piece[-1].isdigit():
            tokens.append(_number(text, here, tokens))
        elif piece.isspace():
            if piece.count("\n") > 1:
                tokens.append(Token(here, after, CLASS["gap"], None, ""))
            continue
        else:
            _mark(text, here, piece, tokens)
        end = tokens[-1].end if tokens else 0
    return tokens


def _mark(text: str, start: int, piece: str, tokens: list[Token]) -> None:
    """Adds a mark, or lengthens the word before it by a possessive ending."""
    if piece in "'’‘":
        short = _SHORT_DECADE.match(text, start)
        if short is not None:
            tokens.append(Token(start, short.end(), CLASS["DECADE"], 1900 + 10 * int(short[1]), short.group()))
            return
        ending = _POSSESSIVE.match(text, start)
        if ending is not None and tokens and tokens[-1].end == start and tokens[-1].text[-1:].isalpha():
            tokens[-1] = tokens[-1]._replace(end=ending.end())
            return
    tokens.append(Token(start, start + 1, _MARKS.get(piece, FILLER), None, piece))


def _term(text: str, start: int, word: str, entry: tuple[str, Value] | None) -> Token:
    """A term that begins with a special word: "Eid al-Fitr", "FY2021", "twenty-five", "Sept."; else the word itself."""
    lower, end = word.lower(), start + len(word)
    phrase, first, terms = phrases()
    found = phrase.match(text, start) if lower in first else None
    if found is not None:
        return Token(
            start, found.end(), *terms[" ".join(found.group().lower().replace("’", "'").split())], found.group()
        )
    if word in {"FY", "Q", "H"}:
        found_code = _fiscal_or_quarter(text, start)
        if found_code is not None:
            return found_code
    cls, value = entry or (FILLER, None)
    compound = _COMPOUND.match(text, end) if cls == CLASS["NUM"] else None
    if compound is not None and isinstance(value, int):
        return Token(
            start, compound.end(), cls, value + int(TABLE["numbers"][compound[1].lower()]), text[start : compound.end()]
        )
    if lower in _ABBREVIATIONS and text[end : end + 1] == ".":
        return Token(start, end + 1, cls, value, word)
    return Token(start, end, cls, value, word)


def _fiscal_or_quarter(text: str, start: int) -> Token | None:
    fiscal = _FISCAL.match(text, start)
    if fiscal is not None:
        last = fiscal[2] or fiscal[1]
        year = int(last) if len(last) == 4 else 2000 + int(last)
        return Token(start, fiscal.end(), CLASS["FY"], year, fiscal.group())
    quarter = _QUARTER.match(text, start)
    if quarter is not None:
        return Token(start, quarter.end(), CLASS["QN"], quarter.group().lower(), quarter.group())
    return None


def _number(text: str, start: int, before: list[Token]) -> Token:
    match = _NUMBER.match(text, start)
    if match is None:  # a lone currency sign or a digit of another script
        return Token(start, start + 1, FILLER, None, text[start])
    kind, words, end = match.lastgroup, match.group(), match.end()
    cls, value = _number_class(str(kind), words)
    joined = start > 0 and (
        text[start - 1].isalpha() or (text[start - 1] == "/" and not text[start - 2 : start - 1].isdigit())
    )
    if kind in {"year", "small"} and (joined or _numbers_something(before) or _is_designation(before, start)):
        cls, value = FILLER, None
    return Token(start, end, cls, value, words)


def _number_class(kind: str, words: str) -> tuple[str, Value]:
    if kind == "numeric":
        return CLASS["NUMERIC"], words
    if kind == "nine":
        return CLASS["HOLIDAY"], "fixed-2001-9-11"
    if kind == "decade":
        return CLASS["DECADE"], int(words[:4])
    if kind not in {"nth", "year", "small"}:
        return FILLER, None
    number = int(words[:-2]) if kind == "nth" else int(words)
    if kind == "nth":
        return (CLASS["NTH"], number) if 1 <= number <= 31 else (FILLER, None)
    if kind == "year" and 1500 <= number <= 2100:
        return CLASS["YEAR"], number
    if kind == "year" and 1300 <= number < 1500:
        return CLASS["OLDYEAR"], number
    return CLASS["DAY" if 1 <= number <= 31 else "SMALL"], number


def _numbers_something(before: list[Token]) -> bool:
    """Whether the words before a number say that it numbers a thing: "Resolution 2231", "No. 12", "article 5"."""
    for token in reversed(before[-2:]):
        if token.cls == CLASS["dot"]:
            continue
        return token.text.lower() in _NUMBERERS
    return False


def _is_designation(before: list[Token], start: int) -> bool:
    """Whether a word and a hyphen stand right before the number, as in "F-16" and "Aman-2021"; not in "mid-2015"."""
    if len(before) < 2 or before[-1].text != "-" or before[-1].end != start or before[-2].end != before[-1].start:
        return False
    return before[-2].text[-1:].isalpha() and before[-2].text.lower() not in _BEFORE_DIGITS


def is_amount(token: Token) -> bool:
    """Whether the token is a word that makes the number before it an amount ("2000 troops")."""
    return token.text.lower() in _AMOUNTS
