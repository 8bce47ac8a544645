"""The words of date expressions with their classes, read once from data/words.yml and data/holidays.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

import yaml

Value = int | float | str | tuple[int, str] | None

# Every class has a name, for people and grammars, and one character, for regular expressions.
_NAMES: Final = """
    MONTH WEEKDAY WEEKDAYS SEASON NUM VAGUE NTHWORD NTH DAY SMALL YEAR OLDYEAR HOUR UDAY UWEEK UMONTH UYEAR
    ULONG HOURS USDAY USWEEK USMONTH USYEAR USLONG WEEKEND TOD DAYWORD OVERNIGHT LATELY PART EDGE HALF REL
    HEDGE FREQ EVERY TIMES LENGTH NUMERIC FY QN DECADE HOLIDAY PMONTH IMONTH the a of in on during for then
    to until and from between since by before after ago later earlier onwards fiscal now its scheduled long
    old part_of dash comma dot lpar rpar stop gap
"""
FILLER: Final = "x"
CLASS: Final[dict[str, str]] = {name: chr(0x100 + i) for i, name in enumerate(_NAMES.split())}
STOPS: Final = frozenset(CLASS[name] for name in ("comma", "dot", "stop", "gap"))
NAME: Final[dict[str, str]] = {char: name for name, char in CLASS.items()}
# The classes of which at least one is in every date expression.
CORE: Final = frozenset(
    CLASS[name]
    for name in [
        "MONTH",
        "WEEKDAY",
        "WEEKDAYS",
        "SEASON",
        "NTH",
        "YEAR",
        "HOUR",
        "UDAY",
        "UWEEK",
        "UMONTH",
        "UYEAR",
        "ULONG",
        "HOURS",
        "USDAY",
        "USWEEK",
        "USMONTH",
        "USYEAR",
        "USLONG",
        "WEEKEND",
        "TOD",
        "DAYWORD",
        "OVERNIGHT",
        "LATELY",
        "LENGTH",
        "NUMERIC",
        "FY",
        "QN",
        "DECADE",
        "HOLIDAY",
        "PMONTH",
        "IMONTH",
        "FREQ",
        "then",
    ]
)
_SETS: Final[dict[str, str]] = {
    "UNIT": "HOUR UDAY UWEEK UMONTH UYEAR ULONG",
    "UNITS": "HOURS USDAY USWEEK USMONTH USYEAR USLONG",
    "DAYNUM": "DAY NTH",
    "DIGITS": "DAY SMALL",
    "PREP": "in on during for",
    "x": "",
}
_UNIT_CLASS: Final = {"hour": "HOUR{}", "day": "U{}DAY", "week": "U{}WEEK", "month": "U{}MONTH", "year": "U{}YEAR"}
_WORD_TABLES: Final[dict[str, str]] = {
    "months": "MONTH",
    "month_abbreviations": "MONTH",
    "weekdays": "WEEKDAY",
    "weekday_abbreviations": "WEEKDAY",
    "weekdays_plural": "WEEKDAYS",
    "seasons": "SEASON",
    "numbers": "NUM",
    "vague_numbers": "VAGUE",
    "ordinals": "NTHWORD",
    "lengths": "LENGTH",
    "weekend": "WEEKEND",
    "parts_of_day": "TOD",
    "day_words": "DAYWORD",
    "overnight": "OVERNIGHT",
    "lately": "LATELY",
    "parts": "PART",
    "edges": "EDGE",
    "halves": "HALF",
    "relations": "REL",
    "hedges": "HEDGE",
    "frequency": "FREQ",
    "every": "EVERY",
    "times": "TIMES",
    "persian_months": "PMONTH",
}


def read_table(name: str) -> dict[str, Any]:
    """The content of one YAML file of this package's `data` folder."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # several times as fast, where libyaml is there
    return dict(yaml.load((files(__package__) / "data" / name).read_text(encoding="utf-8"), Loader=loader))


TABLE: Final = read_table("words.yml")


def compile_rule(rule: str, more: Mapping[str, str] = MappingProxyType({})) -> re.Pattern[str]:
    """The regular expression over class characters that a rule of class names (and the names in `more`) stands for."""

    def char(match: re.Match[str]) -> str:
        name = match.group()
        if name in more:
            return more[name]
        if name in _SETS:
            return "[" + "".join(CLASS[part] for part in _SETS[name].split()) + "]" if _SETS[name] else FILLER
        return CLASS[name]

    return re.compile("".join(re.sub(r"[A-Za-z_]+", char, rule).split()))


def _entries() -> Iterator[tuple[str, str, Value]]:
    for key, cls in _WORD_TABLES.items():
        words = TABLE[key]
        for word, value in words.items() if isinstance(words, dict) else ((w, w) for w in words):
            yield word, cls, tuple(value) if isinstance(value, list) else value
    for plural, key in (("", "units"), ("S", "units_plural")):
        for word, unit in TABLE[key].items():
            yield word, _UNIT_CLASS.get(unit, "U{}LONG").format(plural), unit
    for cls, words in TABLE["small"].items():
        for word in words:
            yield word, cls, word


@cache
def word_classes() -> dict[str, tuple[str, Value]]:
    """For each lower-case word its class character and value; the first table that names a word wins."""
    out: dict[str, tuple[str, Value]] = {}
    for word, cls, value in _entries():
        out.setdefault(str(word), (CLASS[cls], value))
    return out


@cache
def phrases() -> tuple[re.Pattern[str], frozenset[str], dict[str, tuple[str, Value]]]:
    """A pattern of the terms of several words, their lower-case first words, and each term's class and value."""
    terms: dict[str, tuple[str, Value]] = {str(k): (CLASS["IMONTH"], v) for k, v in TABLE["islamic_months"].items()}
    for row in read_table("holidays.yml")["days"]:
        terms |= {
            name.lower(): (CLASS["HOLIDAY"], f"{row['calendar']}-{row['month']}-{row['day']}") for name in row["names"]
        }
    longest_first = sorted(terms, key=len, reverse=True)
    body = "|".join(re.escape(t).replace("'", "['’]").replace(r"\ ", r"\s") for t in longest_first)
    first = frozenset(re.split(r"[\s'’-]", term)[0] for term in terms)
    return re.compile(rf"(?:{body})(?!\w)", re.IGNORECASE), first, terms
