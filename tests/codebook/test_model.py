import dataclasses

import pytest

from communique.codebook import Codebook, load_codebook
from communique.errors import CodebookError


@pytest.fixture
def book() -> Codebook:
    return load_codebook()


@pytest.mark.parametrize(
    ("code", "expected"),
    [("EU", "EUU"), ("EUU", "EUU"), ("UN", "UNO"), ("unsc", "UNO"), ("FRA", "FRA"), ("XKX", "XKX"), ("TWN", "TWN"),
     ("PSE", "PSE"), ("ISKP", "ISIL"), ("UNKNOWN", "UNKNOWN")],
)  # fmt: skip
def test_an_actor_goes_by_one_code(book: Codebook, code: str, expected: str) -> None:
    assert book.canonical_actor(code) == expected


@pytest.mark.parametrize("code", ["", "EU ", "FR", "AU2", "PTI", "USSR"])
def test_an_unknown_actor_is_refused_with_the_way_out(book: Codebook, code: str) -> None:
    with pytest.raises(CodebookError, match=r"no actor .*(did you mean|use an ISO 3166)"):
        book.canonical_actor(code)


def test_an_alias_is_no_canonical_code(book: Codebook) -> None:
    assert book.is_actor("EUU")
    assert not book.is_actor("EU")


def test_every_code_and_alias_leads_to_a_canonical_code(book: Codebook) -> None:
    for code in [*book.actors, *book.states, *book.aliases]:
        assert book.is_actor(book.canonical_actor(code))


def test_the_states_are_iso_3166_and_kosovo(book: Codebook) -> None:
    assert len(book.states) == 250
    assert book.actor("FRA").alpha2 == "FR"
    assert len({state.alpha2 for state in book.states.values()}) == 250


@pytest.mark.parametrize(
    ("event", "role", "side"),
    [("visit", "visitor", "A"), ("visit", "host", "B"), ("meeting", "host", "P"), ("exercise", "host", "P"),
     ("deployment", "host", "B"), ("deployment", "target", "B"), ("incident", "perpetrator", "A"),
     ("membership", "body", "B"), ("agreement", "party", "P")],
)  # fmt: skip
def test_a_role_has_its_side(book: Codebook, event: str, role: str, side: str) -> None:
    assert book.role_side(event, role) == side


def test_the_symmetric_types_are_the_four_without_sides(book: Codebook) -> None:
    assert {e.name for e in book.types.values() if e.symmetric} == {"meeting", "agreement", "exercise", "cooperation"}


def test_an_unknown_type_or_role_is_refused_with_the_nearest(book: Codebook) -> None:
    with pytest.raises(CodebookError, match="did you mean 'exercise'"):
        book.type("exercises")
    with pytest.raises(CodebookError, match=r"no role 'visiter' in event type 'visit'; did you mean 'visitor'"):
        book.role_side("visit", "visiter")


def test_the_codebook_cannot_be_changed(book: Codebook) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        book.version = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        book.types["visit"] = book.types["meeting"]  # type: ignore[index]
