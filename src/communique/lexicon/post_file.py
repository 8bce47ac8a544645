"""Reading of a posts file: every fault is named with the pattern or section; and own sections over packaged ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from communique.errors import LexiconError, did_you_mean
from communique.lexicon.matcher import form_key
from communique.lexicon.post_tables import BARE, FLAGS, LEVELS, SLOT, SLOTS, Grammar, Sections, grammar_of, words_of
from communique.lexicon.states import read_yaml
from communique.lexicon.tables import PROVENANCE, Record

POSTS = "posts.yml"
POST = "post"
PACKAGED = Path(__file__).parent / "data" / POSTS
FIELDS = ("id", "level", "levels", "tail_level", "body_kind", "forms", "tail", "bare", *FLAGS)
STATE_CODE = re.compile(r"[A-Z]{3}")
BY_KIND = ("departments", "services")
"""sections that hold lists of words by kind of body"""
LISTS = ("joint", "institutions", "leads", "tail_words", "states")
MODIFIERS = {
    "inside": ("acting", "deputy"),
    "outside": ("former", "incoming", "then"),
    "after": ("incoming",),
}
NO_RANKS = ("after", "before", "articles", "alone")
SECTIONS = (*PROVENANCE, *BY_KIND, *LISTS, "modifiers", "no_ranks", "patterns")


def read_grammar(path: Path) -> Grammar:
    """The grammar of a whole posts file; a LexiconError names the pattern and field that cannot be read."""
    return grammar_of(read_sections(path))


@lru_cache(maxsize=1)
def packaged_posts() -> Sections:
    """The sections of the packaged file."""
    return read_sections(PACKAGED)


def read_sections(path: Path, *, whole: bool = True) -> Sections:
    """The checked sections of a posts file; one that is laid over another need not be `whole`."""
    content = read_yaml(path)
    check_sections(path.name, content, SECTIONS if whole else PROVENANCE)
    for name in content.keys() & set(LISTS):
        check_texts(path.name, name, content[name])
    for name in content.keys() & set(BY_KIND):
        check_lists(path.name, name, content[name])
    if "modifiers" in content:
        check_parts(path.name, "modifiers", content["modifiers"], tuple(MODIFIERS), whole)
        for place, lists in content["modifiers"].items():
            check_lists(path.name, f"modifiers.{place}", lists)
            for name in lists:
                known_name(path.name, f"modifier in {place}", name, MODIFIERS[place])
    if "no_ranks" in content:
        check_parts(path.name, "no_ranks", content["no_ranks"], NO_RANKS, whole)
        check_lists(path.name, "no_ranks", content["no_ranks"])
    check_patterns(path.name, content.get("patterns", []))
    return dict(content)


def check_sections(file: str, content: Any, needed: Iterable[str]) -> None:
    """Raises LexiconError for what is no mapping of sections, for an unknown section and one that is missing."""
    if not isinstance(content, dict):
        raise LexiconError(f"{file}: holds {type(content).__name__}, not the sections {', '.join(SECTIONS)}")
    for name in content:
        known_name(file, "section", name, SECTIONS)
    for name in needed:
        if name not in content:
            raise LexiconError(f"{file}: no section {name!r}; add it")
    for name in PROVENANCE:
        if not content[name]:
            raise LexiconError(f"{file}: no {name}; name where its facts come from")


def known_name(file: str, what: str, name: Any, known: Sequence[str]) -> None:
    """Raises LexiconError for a name that is none of the known ones."""
    if name not in known:
        raise LexiconError(f"{file}: unknown {what} {name!r}; {did_you_mean(str(name), known)}")


def check_parts(file: str, section: str, held: Any, parts: Sequence[str], whole: bool) -> None:
    """Raises LexiconError where a section is no mapping, has an unknown part, or lacks one and is to be whole."""
    if not isinstance(held, dict):
        raise LexiconError(f"{file}: {section} is {held!r}; write it as a mapping of {', '.join(parts)}")
    for name in held:
        known_name(file, f"part of {section}", name, parts)
    for name in parts if whole else ():
        if name not in held:
            raise LexiconError(f"{file}: {section} has no {name!r}; add it")


def check_lists(file: str, section: str, held: Any) -> None:
    """Raises LexiconError for what is no mapping of names to lists of texts."""
    if not isinstance(held, dict):
        raise LexiconError(f"{file}: {section} is {held!r}; write it as a mapping of names to lists")
    for name, values in held.items():
        check_texts(file, f"{section}.{name}", values)


def check_texts(file: str, where: str, values: Any) -> None:
    """Raises LexiconError for what is no list of texts that hold words."""
    if not isinstance(values, list):
        raise LexiconError(f"{file}: {where} is {values!r}; write it as a list: [...]")
    for value in values:
        if not isinstance(value, str):
            raise LexiconError(f"{file}: {where} holds {value!r}, which is no text; put it in quotes")
        if not words_of(value):
            raise LexiconError(f"{file}: {where} holds {value!r}, which has no words; take it out")


def check_patterns(file: str, rows: Any) -> None:
    """Raises LexiconError for a pattern that cannot be read, or one whose id stands twice."""
    if not isinstance(rows, list):
        raise LexiconError(f"{file}: patterns is {rows!r}; write it as a list of patterns")
    seen: set[str] = set()
    for row in rows:
        check_pattern(file, row)
        if row["id"] in seen:
            raise LexiconError(f"{file}: pattern {row['id']!r} stands there twice; merge them")
        seen.add(row["id"])


def check_pattern(file: str, row: Any) -> None:
    """Raises LexiconError for one pattern that cannot be read."""
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or "level" not in row or not row.get("forms"):
        raise LexiconError(f"{file}: pattern {row!r} needs id, level and forms")
    where = f"pattern {row['id']!r}"
    for name in row:
        if name not in FIELDS:
            raise LexiconError(f"{file}: {where} has unknown field {name!r}; {did_you_mean(str(name), FIELDS)}")
    for name, allowed in (("level", LEVELS), ("tail_level", LEVELS), ("bare", BARE)):
        if name in row and row[name] not in allowed:
            raise LexiconError(f"{file}: {where} has {name} {row[name]!r}; {did_you_mean(str(row[name]), allowed)}")
    check_levels(file, where, row.get("levels", {}))
    for name in row.keys() & set(FLAGS):
        if not isinstance(row[name], bool):
            raise LexiconError(f"{file}: {where} has {name} {row[name]!r}; write yes or no")
    if not isinstance(row.get("body_kind", ""), str):
        raise LexiconError(f"{file}: {where} has body_kind {row['body_kind']!r}; write a kind of body, or leave it out")
    check_texts(file, f"{where}, forms", row["forms"])
    check_texts(file, f"{where}, tail", row.get("tail", []))
    for form in row["forms"]:
        for slot in SLOT.finditer(form):
            if slot[1] not in SLOTS:
                raise LexiconError(f"{file}: {where} has slot {slot[0]}; {did_you_mean(slot[1], SLOTS)}")


def check_levels(file: str, where: str, levels: Any) -> None:
    """Raises LexiconError for what is no mapping of states' codes to levels."""
    if not isinstance(levels, dict):
        raise LexiconError(
            f"{file}: {where} has levels {levels!r}; write a mapping of states to levels: {{IND: deputy}}"
        )
    for state, level in levels.items():
        if not isinstance(state, str) or not STATE_CODE.fullmatch(state):
            raise LexiconError(f"{file}: {where} has levels of {state!r}; write the three capitals of a state's code")
        if level not in LEVELS:
            meant = did_you_mean(str(level), LEVELS)
            raise LexiconError(f"{file}: {where} has level {level!r} in {state}; {meant}")


def level_records(file: str, sections: Sections) -> Iterator[Record]:
    """The states that patterns give a level of their own, as records for the check of their codes."""
    for row in sections.get("patterns", ()):
        for state in row.get("levels", {}):
            yield Record(POST, row["id"], state, row["id"], "strong", None, {}, (), f"{file}: pattern {row['id']!r}")


def forms_of(sections: Sections) -> dict[str, set[str]]:
    """The normalised forms of each pattern, by id."""
    return {row["id"]: {form_key(form) for form in row["forms"]} for row in sections.get("patterns", ())}


def posts_over(
    packaged: Sections, own: Sections, more: Mapping[str, Sequence[str]], less: Mapping[str, set[str]]
) -> Sections:
    """The packaged sections with the own ones before them, so that an own word or form keeps its meaning.

    An own pattern takes the place of the packaged one of its id. `more` and `less` are forms that are given to
    packaged patterns or withdrawn, normalised, by id; the empty form withdraws the pattern.
    """
    laid: dict[str, Any] = {**packaged}
    for name in LISTS:
        laid[name] = [*own.get(name, ()), *packaged[name]]
    for name in (*BY_KIND, "no_ranks"):
        laid[name] = lists_over(packaged[name], own.get(name, {}))
    more_modifiers = own.get("modifiers", {})
    laid["modifiers"] = {
        place: lists_over(held, more_modifiers.get(place, {})) for place, held in packaged["modifiers"].items()
    }
    replaced = {row["id"] for row in own.get("patterns", ())}
    kept = [row for row in packaged["patterns"] if row["id"] not in replaced]
    laid["patterns"] = [*own.get("patterns", ()), *patterns_with(kept, more, less)]
    return laid


def lists_over(packaged: Mapping[str, list[str]], own: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Lists by name, the own words of each first."""
    names = dict.fromkeys((*own, *packaged))
    return {name: [*own.get(name, ()), *packaged.get(name, ())] for name in names}


def patterns_with(
    rows: Sequence[Mapping[str, Any]], more: Mapping[str, Sequence[str]], less: Mapping[str, set[str]]
) -> Iterator[Mapping[str, Any]]:
    """The patterns with forms given and withdrawn; those given stand before all others, for a form's first keeps it."""
    for row in rows:
        if row["id"] in more:
            yield {**row, "forms": list(more[row["id"]])}
    for row in rows:
        gone = less.get(row["id"], set())
        forms = [form for form in row["forms"] if form_key(form) not in gone]
        if forms and "" not in gone:
            yield {**row, "forms": forms}
