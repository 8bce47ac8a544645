import pytest

from communique.codebook import load_codebook
from communique.codebook.describe import describe_codebook, describe_type
from communique.errors import CodebookError


def test_all_types_modes_roles_statuses_and_domains_are_listed_at_a_glance() -> None:
    words = set(describe_codebook().replace(",", " ").split())
    book = load_codebook()
    for event in book.types.values():
        assert {event.name, *event.modes, *event.roles} <= words
    assert {*book.statuses, *book.domains} <= words


@pytest.mark.parametrize("name", [*load_codebook().types])
def test_a_type_is_described_in_full_within_the_width_of_a_terminal(name: str) -> None:
    text, event = describe_type(name), load_codebook().type(name)
    flowing = " ".join(text.split())
    assert max(len(line) for line in text.splitlines()) <= 100
    for told in [*event.roles.values(), *event.modes.values(), *event.details.values()]:
        assert told.name in flowing
        assert told.definition in flowing
    assert all(ruling in flowing for ruling in event.rulings)
    assert all(example.text in flowing for example in event.examples)


def test_an_unknown_type_names_the_nearest() -> None:
    with pytest.raises(CodebookError, match="did you mean 'deployment'"):
        describe_type("deployments")
