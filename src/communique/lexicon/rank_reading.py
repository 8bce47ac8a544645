"""Finds ranks in a text by the words around them: "General Akar", "the general", but no "general election"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.lexicon.post_tables import WORD, plain
from communique.lexicon.ranks import Rank, RankForms

NAME_BEFORE = frozenset({"secretary", "director", "attorney", "consul", "governor", "inspector", "prosecutor", "solicitor", "adjutant", "surgeon", "quartermaster", "commandant", "comptroller", "auditor", "postmaster", "in", "estates", "judge", "advocate", "paymaster", "commissioner", "commander"})
"""words after which General is no rank ("Secretary General", "in general")"""
NAME_AFTER = frozenset({"staff", "assembly", "headquarters", "council", "secretariat", "dynamics", "electric", "motors", "directorate", "command", "secretary", "election", "elections", "officer", "intelligence", "department", "administration", "atomics", "budget", "license", "licence", "manager", "hospital", "political", "conference", "congress", "people's", "security", "fund", "mobilization", "commander", "director", "committee", "debate", "bureau", "office", "league", "organization", "area", "power", "generals", "non", "prosecutor", "of", "for", "agreement", "john's"})
"""words before which General, Major or Private is no rank ("General Staff", "Major General Staff" aside)"""
AFTER_ARTICLE = frozenset({"general", "admiral", "colonel", "commodore", "brigadier", "marshal", "major general", "lieutenant general", "rear admiral", "vice admiral", "brigadier general"})
"""small ranks that stand for a person after "the" ("the general said")"""
ARTICLES = frozenset({"the", "a", "an", "retired", "former", "his", "iranian", "senior", "top"})


@dataclass(frozen=True, slots=True)
class RankMatch:
    """A rank as the text gives it, with its canonical form, NATO grade and service."""

    start: int
    end: int
    text: str
    form: str
    grade: str
    service: str


def ranks_in(text: str, forms: RankForms) -> list[RankMatch]:
    """The ranks in the text, in text order and without overlaps, the longest spelling first."""
    spans = [(m.start(), m.end()) for m in WORD.finditer(plain(text))]
    small = [plain(text[start:end]) for start, end in spans]
    matches, i = [], 0
    while i < len(small):
        found = forms.titles.at(small, i)
        if found is None or not _is_rank(text, spans, small, i, found[0], forms.ranks[found[1]]):
            i += 1
            continue
        end, rank = found[0], forms.ranks[found[1]]
        start_at, end_at = spans[i][0], spans[end - 1][1]
        matches.append(RankMatch(start_at, end_at, text[start_at:end_at], rank.form, rank.grade, rank.service))
        i = end
    return matches


def _is_rank(
    text: str, spans: Sequence[tuple[int, int]], small: Sequence[str], start: int, end: int, rank: Rank
) -> bool:
    phrase = text[spans[start][0] : spans[end - 1][1]]
    if "\n\n" in phrase or phrase in ("MG", "Mg", "Marshall", "ACM", "Am") and not _name_at(text, spans, end):
        return False
    before, after = small[start - 1] if start else "", small[end] if end < len(small) else ""
    if before in NAME_BEFORE and small[end - 1] == "general" and end - start == 1:
        return False
    if after in NAME_AFTER and not (phrase[0].isupper() and after == "of" and end - start > 1):
        return False
    if not phrase[0].isupper():
        return phrase.lower().isascii() and before in ARTICLES and " ".join(small[start:end]) in AFTER_ARTICLE
    if _name_at(text, spans, end):
        return True
    return not rank.weak and _alone(small, start, end, before)


def _name_at(text: str, spans: Sequence[tuple[int, int]], i: int) -> bool:
    """Whether a capitalised word follows directly, as a person's name does after a rank."""
    if i >= len(spans) or "\n\n" in text[spans[i - 1][1] : spans[i][0]]:
        return False
    if text[spans[i][0]] == "(" and i + 2 < len(spans):  # "Brigadier General (Pilot) Naser"
        i = next((j + 1 for j in range(i, min(i + 5, len(spans) - 1)) if text[spans[j][0]] == ")"), i)
    word = text[spans[i][0] : spans[i][1]]
    return word[0].isupper() and (len(word) > 1 or text[spans[i][1] : spans[i][1] + 1] in ". ")


def _alone(small: Sequence[str], start: int, end: int, before: str) -> bool:
    """Whether a capitalised rank without a name is one: after an article, in several words, or in brackets."""
    return before in ARTICLES or end - start > 1 or before in ("(", ",")
