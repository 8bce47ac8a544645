"""Names of states in French: nouns, adjectives, capitals and bodies; forenames and small words are none."""

from __future__ import annotations

import pytest

from communique.lexicon import load_lexicon
from communique.lexicon.languages import load_language
from communique.pipeline.languages.names import NameTable


@pytest.fixture(scope="module")
def table():
    return NameTable(load_language("fr"), load_lexicon())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("les marines grecque et chypriote", ["GRC", "CYP"]),
        ("L’Arabie saoudite et les Émirats arabes unis", ["SAU", "ARE"]),
        ("un général nigérian, un colonel nigérien", ["NGA", "NER"]),
        ("La Havane et Le Caire", ["CUB", "EGY"]),
        ("l'OTAN et l’UE", ["NATO", "EUU"]),
        ("la Corée du Nord, la Corée du Sud", ["PRK", "KOR"]),
        ("la République démocratique du Congo", ["COD"]),
        ("Maurice Durand a lancé une grenade", []),
        ("à Maurice", ["MUS"]),
        ("il faut qu'il vienne", []),
    ],
)
def test_names_give_codes(table, text, codes):
    """Each name of the text gives its code, in order, and nothing else does."""
    assert [n.code for n in table.find(text)] == codes


def test_every_state_of_the_table_has_a_known_code():
    """No row names a state that the lexicon lacks, and only "congolais" stands under two states."""
    lexicon = load_lexicon()
    owners: dict[str, set[str]] = {}
    for row in load_language("fr").rows["states"]:
        lexicon.state(row["code"])
        for cell in ("name", "aliases", "masculine", "feminine", "capitals"):
            for form in filter(None, row[cell].split("|")):
                owners.setdefault(form, set()).add(row["code"])
    assert {form for form, codes in owners.items() if len(codes) > 1} == {"congolais", "congolaise"}
