"""A state's file is read strictly, and its lists become forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import LexiconError
from communique.lexicon.assembly import DATA
from communique.lexicon.states import read_state, state_records

GOOD = """\
code: XXA
name: Testland
names: {strong: [Republic of Testland], weak: [Test]}
adjectives: [Testish, {text: Testic, weak: true}]
metonyms: [{text: Testburg, kind: capital}]
loaded: [{text: Test regime, note: used by its neighbour}]
source: a test
licence: CC0
retrieved: 2026-11-26
"""


def write(folder: Path, content: str) -> Path:
    path = folder / "XXA.yml"
    path.write_text(content, encoding="utf-8")
    return path


def test_lists_become_forms_with_their_marks(tmp_path: Path) -> None:
    """The name is strong unless it stands among the weak names; a metonym's kind is its subkind."""
    read = list(state_records(read_state(write(tmp_path, GOOD)), "XXA.yml"))
    assert [(r.form, r.spellings, r.subkind, dict(r.attributes)) for r in read] == [
        ("strong", ("Testland", "Republic of Testland"), None, {}),
        ("weak", ("Test",), None, {}),
        ("adjective", ("Testish",), None, {}),
        ("adjective", ("Testic",), None, {"weak": "yes"}),
        ("loaded", ("Test regime",), None, {"note": "used by its neighbour"}),
        ("metonym", ("Testburg",), "capital", {}),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name:", "nam:", r"XXA.yml: unknown field 'nam'; did you mean 'name'"),
        ("source: a test\n", "", r"XXA.yml: no source"),
        ("code: XXA", "code: XXB", r"XXA.yml: code is 'XXB'; name the file XXB.yml"),
        ("weak: [Test]", "feeble: [Test]", r"unknown list of names 'feeble'"),
        ("kind: capital", "kind: town", r"metonym 'Testburg' has kind 'town'"),
        ("note:", "remark:", r"unknown field 'remark'"),
        ("[Testish,", "[no,", r"adjective form False is no text; quote it"),
        ("metonyms: [", "codes: {cov: 1}\nmetonyms: [", r"unknown code list 'cov'; did you mean 'cow'"),
        ("code: XXA", "code: [XXA", r"XXA.yml: no valid YAML"),
    ],
)
def test_a_fault_is_refused_with_its_place_and_a_way_out(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        list(state_records(read_state(write(tmp_path, GOOD.replace(old, new))), "XXA.yml"))


@pytest.mark.parametrize("path", sorted((DATA / "states").glob("*.yml")), ids=lambda path: path.stem)
def test_every_packaged_state_has_a_surely_read_name_and_a_two_letter_code(path: Path) -> None:
    state = read_state(path)
    forms = {record.form for record in state_records(state, path.name)}
    assert forms & {"strong", "weak"}
    assert len(state["iso2"]) == 2
