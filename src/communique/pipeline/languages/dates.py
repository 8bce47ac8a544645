"""Dates of another language: its words are put into English piece by piece, and the one date reader reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from communique.lexicon.languages import LanguageData
from communique.pipeline.resolve.dates import DateExpression, find_dates

# A letter of a rule that stands for a day of the month, a year or a number.
FIGURES = {"D": r"(\d{1,2})(?:er|º)?", "Y": r"((?:19|20)\d\d)", "#": r"(\d{1,3})"}
LETTER = re.compile(r"(?<![\w\\])([A-Z#])(?![\w])")


@dataclass(frozen=True, slots=True)
class Rule:
    """Words of the language as an expression, the letters of its groups, and what they say in English."""

    expression: re.Pattern[str]
    letters: tuple[str, ...]
    english: str


class DateWords:
    """The date words of one language, compiled."""

    def __init__(self, data: LanguageData) -> None:
        raw = data.tables["dates"]
        self.tables: Mapping[str, Mapping[str, str]] = raw["tables"]
        self.rules = [self._compiled(words, english) for words, english in raw["rules"]]

    def _compiled(self, words: str, english: str) -> Rule:
        plain = re.sub(r" ?\(Y\)\?", r"(?: (?:de )?Y)?", words).replace("(Y)", "Y")
        letters = tuple(LETTER.findall(plain))
        spaced = plain.replace(")? ", ")?\\s*").replace(" ", r"\s+")
        pattern = LETTER.sub(lambda m: self._group(m.group(1)), spaced)
        return Rule(re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), letters, english)

    def _group(self, letter: str) -> str:
        if letter in FIGURES:
            return FIGURES[letter]
        return "(" + "|".join(sorted(map(re.escape, self.tables[letter]), key=len, reverse=True)) + ")"

    def find(self, text: str) -> list[DateExpression]:
        """The date expressions of the text in order, the longest at each place; offsets count in the text given."""
        hits = [(m, rule) for rule in self.rules for m in rule.expression.finditer(text)]
        kept: list[DateExpression] = []
        for match, rule in sorted(hits, key=lambda h: (h[0].start() - h[0].end(), h[0].start())):
            if any(match.start() < k.end and k.start < match.end() for k in kept):
                continue
            expression = self._read(match, rule, text)
            if expression is not None:
                kept.append(expression)
        return sorted(kept, key=lambda e: e.start)

    def _read(self, match: re.Match[str], rule: Rule, text: str) -> DateExpression | None:
        found = find_dates(rule.english.format_map(_Blank(self._values(match, rule.letters))))
        if not found:
            return None
        return replace(found[0], start=match.start(), end=match.end(), text=text[match.start() : match.end()])

    def _values(self, match: re.Match[str], letters: Sequence[str]) -> dict[str, str]:
        """What stands in the groups, in English, under the letter and its number ("D1", "D2")."""
        values: dict[str, str] = {}
        for letter, told in zip(letters, match.groups(), strict=True):
            if told is not None:
                number = 1 + sum(key.startswith(letter) for key in values)
                values[f"{letter}{number}"] = self.tables.get(letter, {}).get(told.lower(), told)
        return values


class _Blank(dict[str, str]):
    """What is not told is left out."""

    def __missing__(self, key: str) -> str:
        return ""
