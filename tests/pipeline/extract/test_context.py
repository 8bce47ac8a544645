"""Mode, domains, claims and whether a report sums up."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.extract.context import around, claims_of


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "mode"),
    [
        ("Two Chilean frigates visited Suva.", "visit", "visited", "port_call"),
        ("A Chilean frigate called at the port of Suva.", "visit", "called", "port_call"),
        ("Oman's defence minister visited Tonga.", "visit", "visited", "official"),
        ("A Chilean military delegation visited Tonga.", "visit", "visited", "delegation"),
        ("Oman's defence minister met his Tongan counterpart.", "meeting", "met", "bilateral"),
        ("Chile, Fiji and Peru held a joint naval exercise.", "exercise", "exercise", "naval"),
        ("Chile donated two patrol boats to Peru.", "transfer", "donated", "donation"),
        ("Chile sold missiles to Peru.", "transfer", "sold", "sale"),
        ("Chile withdrew its troops from Mali.", "deployment", "withdrew", "withdrawal"),
        ("Chile brought its troops home from Mali.", "deployment", "brought", "withdrawal"),
        ("Chile ended the escort mission of its frigates in Somalia.", "deployment", "ended", "withdrawal"),
        ("Pirates attacked a Greek tanker in the Gulf of Guinea.", "incident", "attacked", "piracy"),
        ("Chile condemned Peru for the attack.", "statement", "condemned", "condemn"),
    ],
)
def test_mode(read: Any, text: str, kind: str, trigger: str, mode: str) -> None:
    """The words and parties of the clause give the mode."""
    assert read(text).one(kind, trigger).mode == mode


@pytest.mark.parametrize(
    ("text", "trigger", "mode"),
    [
        ("Chile and Peru put their signatures to a defence pact after talks on its draft.", "put", "signed"),
        ("Chile and Peru signed a defence pact that was negotiated for years.", "signed", "signed"),
        ("Chile and Peru initialled a defence pact.", "initialled", "negotiated"),
    ],
)
def test_what_was_signed_is_signed_though_it_was_negotiated(read: Any, text: str, trigger: str, mode: str) -> None:
    """The verb says more than the words around it."""
    assert read(text).one("agreement", trigger).mode == mode


def test_modes_and_domains_are_the_codebooks(read: Any, cases: Any, coder: Any) -> None:
    """No sentence gives a mode that its type lacks or a domain that the codebook lacks."""
    for case in [*cases("parties"), *cases("status"), *cases("localities")]:
        for draft in read(case["text"]).drafts:
            assert draft.mode is None or draft.mode in coder.codebook.type(draft.type).modes
            assert draft.domains <= set(coder.codebook.domains)


@pytest.mark.parametrize(
    ("text", "kind", "domain"),
    [
        ("Chile and Peru agreed to fight terrorism together.", "cooperation", "counterterrorism"),
        ("Chile and Peru held a joint naval exercise.", "exercise", "maritime"),
        ("Pirates attacked a Greek tanker.", "incident", "piracy"),
        ("Chile sold missiles to Peru.", "transfer", "missile"),
    ],
)
def test_domain(read: Any, text: str, kind: str, domain: str) -> None:
    """The words of the clause give its domains."""
    assert domain in {x for d in read(text).of(kind) for x in d.domains}


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "aggregate"),
    [
        ("The visits of Oman's defence minister to Tonga, Fiji, Chile and Peru bore fruit.", "visit", "visits", True),
        ("Oman's defence minister visited Tonga, Fiji, Chile and Peru.", "visit", "visited", True),
        ("Oman's defence minister visited Tonga.", "visit", "visited", False),
        ("Chile's attacks on Peru went on.", "incident", "attacks", True),
        ("Chile's attack on Peru ended.", "incident", "attack", False),
    ],
)
def test_aggregate(read: Any, text: str, kind: str, trigger: str, aggregate: bool) -> None:
    """A plural or a list of hosts sums up several events; a single visit does not."""
    assert read(text).one(kind, trigger).aggregate is aggregate


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("the first visit since the war", "first"),
        ("the largest exercise so far", "largest"),
        ("an unprecedented exercise", "unprecedented"),
    ],
)
def test_claims(words: str, kind: str) -> None:
    """A superlative is kept with its words, which stand in the text."""
    found = claims_of(words)
    assert kind in {c.kind for c in found}
    assert all(c.text in words for c in found)


def test_plain_words_claim_nothing() -> None:
    """Without superlative or count there is no claim."""
    assert claims_of("the visit to Oman") == []


def test_a_claim_ends_at_the_comma() -> None:
    """The words after a claim end with its phrase."""
    words = "the first visit since the war, which ended"
    assert around(words, 4, 9) == "first visit since the war"


def test_what_is_held_again_and_again_is_no_part_of_one_event(code: Any) -> None:
    """It sums up events; the one told keeps its own date."""
    text = "Russia and Mongolia held the exercise Selenga in May 2021. The exercise has been held annually since 2008."
    dates = [(str(r.date.start), r.aggregate) for r in code(text) if r.type == "exercise" and r.date is not None]
    assert ("2021-05-01", False) in dates
    assert not [aggregate for start, aggregate in dates if start < "2020" and not aggregate]
