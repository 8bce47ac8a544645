"""Posts, ranks and ships of a user's own tables take part in what is coded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.lexicon import load_lexicon
from communique.pipeline.run import Coder
from communique.records import Document
from communique.store.levels import level_of, level_of_post

TABLES = {
    "posts.yml": (
        "source: a page\nlicence: CC0\nretrieved: 2026-11-26\n"
        "patterns: [{id: grand_vizier, level: minister, forms: [grand vizier], tail: [of], bare: always}]\n"
    ),
    "ranks.csv": (
        "form,aliases,grade,service,language,source,licence,retrieved\nHetman,,OF-9,army,en,a page,CC0,2026-11-26\n"
    ),
    "ship_prefixes.csv": (
        "prefix,state,meaning,weak,source,licence,retrieved\nTLNS,NOR,Testland Ship,,a page,CC0,2026-11-26\n"
    ),
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    folder = tmp_path_factory.mktemp("own")
    for file, content in TABLES.items():
        (folder / file).write_text(content, encoding="utf-8")
    return Coder("rules", lexicon=load_lexicon(folder))


@pytest.mark.parametrize(
    ("text", "party"),
    [
        (
            "Norwegian Grand Vizier Omar Testi met Egyptian Defence Minister Mohamed Zaki in Cairo on Monday.",
            ("NOR", "Omar Testi", "Grand Vizier", None, "minister"),
        ),
        (
            "Norway's Hetman Jan Testi met Egyptian Defence Minister Mohamed Zaki in Cairo on Monday.",
            ("NOR", "Jan Testi", None, "Hetman", None),
        ),
        ("TLNS Fridtjof arrived in Alexandria on Monday.", ("NOR", "TLNS Fridtjof", None, None, None)),
    ],
)
def test_own_titles_and_ships_are_coded(
    own: Coder, coder: Coder, document: Callable[..., Document], text: str, party: tuple[str | None, ...]
) -> None:
    """The party stands in the reports with post or rank and level; without the own tables it does not."""
    for with_rows in (True, False):
        used = own if with_rows else coder
        parties = [p for report in used.code(document(text)) for p in report.participants]
        told = {(p.actor, p.name, p.post, p.rank, level_of(p, used.lexicon)) for p in parties}
        assert (party in told) is with_rows, told


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (
            "Indian Foreign Secretary Vikram Testi met Egyptian Defence Minister Mohamed Zaki in Cairo on Monday.",
            "deputy",
        ),
        (
            "British Foreign Secretary David Testi met Egyptian Defence Minister Mohamed Zaki in Cairo on Monday.",
            "minister",
        ),
    ],
)
def test_a_mention_has_the_level_that_its_state_gives_the_title(coder: Coder, document, text: str, level: str) -> None:
    """So that the same words are a minister here and a civil servant there."""
    parties = [p for report in coder.code(document(text)) for p in report.participants]
    told = {level_of_post(p.post, coder.lexicon, p.actor) for p in parties if p.post and "Secretary" in p.post}
    assert told == {level}, parties
