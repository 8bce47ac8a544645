"""The codebook's triggers, compiled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from communique.errors import CodebookError
from communique.pipeline.extract.patterns import compile_patterns, read_mode, read_row


def test_every_type_has_verbs_or_nouns(coder: Any) -> None:
    """Each type of the codebook can be told, and each pattern stands under the last word of its lemma."""
    book = coder.book
    types = {p.type for table in (book.verbs, book.nouns) for patterns in table.values() for p in patterns}
    assert types == set(coder.codebook.types)
    for table, verbal in ((book.verbs, True), (book.nouns, False)):
        for key, patterns in table.items():
            assert all(p.lemma[-1] == key and p.verbal is verbal for p in patterns)
            assert [len(p.lemma) for p in patterns] == sorted((len(p.lemma) for p in patterns), reverse=True)


def test_slots_give_roles_of_the_type(coder: Any) -> None:
    """A pattern puts words into roles that its type has; "either" and "item" are settled later."""
    for table in (coder.book.verbs, coder.book.nouns):
        for pattern in (p for patterns in table.values() for p in patterns):
            allowed = {*coder.codebook.type(pattern.type).roles, "either", "item"}
            assert {role for _, role in pattern.slots} <= allowed, pattern.id()


def test_modes_are_the_types(coder: Any) -> None:
    """Patterns and mode rules give only modes that their type has."""
    for name, event_type in coder.codebook.types.items():
        modes = {r.mode for r in coder.book.modes[name]} | {coder.book.default_modes.get(name)} - {None}
        assert modes <= set(event_type.modes), name
    for patterns in coder.book.verbs.values():
        assert all(p.mode is None or p.mode in coder.codebook.type(p.type).modes for p in patterns)


def test_statuses_are_the_codebooks(coder: Any) -> None:
    """A pattern that sets a status sets one that exists."""
    given = {p.status for t in (coder.book.verbs, coder.book.nouns) for patterns in t.values() for p in patterns}
    assert given - {None} <= set(coder.codebook.statuses)


def test_a_row_gives_a_pattern_for_each_lemma() -> None:
    """Lemmas share slots, conditions and weight; a name tells type, kind and words."""
    row = {
        "lemmas": ["visit", "port call"],
        "slots": {"subject|poss": "visitor"},
        "weight": 0.7,
        "needs": {"object": ["place"]},
    }
    single, double = read_row("visit", row, True)
    assert (single.lemma, double.lemma) == (("visit",), ("port", "call"))
    assert single.slots == ((("subject", "poss"), "visitor"),)
    assert double.id() == "visit:verb:port call"


def test_a_noun_takes_the_subject_beside_it() -> None:
    """The subject that stands beside a noun in a prepositional phrase is a party of talks, not of an attack."""
    row = {"lemmas": ["x"], "slots": {"subject": "party"}, "weight": 0.7}
    assert read_row("meeting", row, False)[0].slots[0][0] == ("subject", "beside")
    assert read_row("incident", row, False)[0].slots[0][0] == ("subject",)
    assert read_row("meeting", row, True)[0].slots[0][0] == ("subject",)


def test_unknown_keys_are_refused() -> None:
    """A misspelt key stops the compiler with the type, the key and the way out."""
    with pytest.raises(CodebookError, match=r"events/visit.yml: .*'slot'.*did you mean 'slots'"):
        read_row("visit", {"lemmas": ["x"], "weight": 1, "slot": {}}, True)
    with pytest.raises(CodebookError, match=r"events/visit.yml: .*'modes'.*did you mean 'mode'"):
        read_mode("visit", {"modes": "official"})


def test_a_wrong_codebook_does_not_compile(coder: Any) -> None:
    """The error comes at loading, not in the middle of a batch."""
    visit = coder.codebook.type("visit")
    broken = replace(visit, triggers={"verbs": [{"lemmas": ["x"], "weight": 1, "wieght": 1}]})
    with pytest.raises(CodebookError, match="wieght"):
        compile_patterns(replace(coder.codebook, types={"visit": broken}))
