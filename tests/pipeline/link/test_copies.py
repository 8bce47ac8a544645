"""Near-copies are found whatever their order, and agencies are read from credits."""

from __future__ import annotations

import random

import pytest

from communique.pipeline.link.copies import are_copies, copy_groups, sketch, wire_credit

WORDS = [f"word{n}" for n in range(400)]


def text(seed: int, length: int = 220) -> str:
    """An invented text."""
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def test_near_copies_group_and_others_do_not() -> None:
    """A text with changed words, one cut short and one with other capitals are copies of it; another text is not."""
    original = text(1)
    words = original.split()
    changed = " ".join("other" if n % 40 == 0 else w for n, w in enumerate(words))
    groups = copy_groups(
        {
            "a": sketch(original),
            "b": sketch(changed),
            "c": sketch(" ".join(words[:170])),
            "d": sketch(original.upper()),
            "e": sketch(text(2)),
        }
    )
    assert groups["a"] == groups["b"] == groups["c"] == groups["d"]
    assert "e" not in groups


def test_order_of_documents_does_not_matter() -> None:
    """The same texts give the same groups in any order."""
    sketches = {f"d{n}": sketch(text(n // 3)) for n in range(12)}
    backwards = dict(reversed(sketches.items()))
    assert copy_groups(sketches) == copy_groups(backwards)
    assert len(set(copy_groups(sketches).values())) == 4


def test_short_texts_are_copies_only_when_equal() -> None:
    """Two short notes that share stock phrases are not one text."""
    a, b = sketch("The ministers met in the capital on Monday."), sketch("The ministers met in the capital on Tuesday.")
    assert not are_copies(a, b)
    assert are_copies(a, sketch("The ministers met in the capital on Monday"))


@pytest.mark.parametrize(
    ("body", "outlet", "agency"),
    [
        ("TEHRAN (MNA) – The navies met.", None, "Mehr News Agency"),
        ("WASHINGTON (Reuters) - The ministers met.", "Bay Herald", "Reuters"),
        ("MOSCOW, December 10. /TASS/. The bombers landed.", None, "TASS"),
        ("The ministers met.\nBy Associated Press", None, "Associated Press"),
        ("The ministers met.", "AFP (via Gulf Times)", "Agence France-Presse"),
        ("The ministers met.", "The Associated Press (via Toronto Star)", "Associated Press"),
        ("The ministers met (on Monday) in Ankara.", "Bay Herald", None),
        ("Reuters reported that the ministers met.", "Bay Herald", None),
    ],
)
def test_wire_credit(body: str, outlet: str | None, agency: str | None) -> None:
    """A credit in dateline, end or outlet names the agency; a mention in the text does not."""
    assert wire_credit(body, outlet) == agency
