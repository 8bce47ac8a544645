import shutil
from pathlib import Path

import pytest

from communique.codebook import load_codebook
from communique.codebook.load import DATA
from communique.errors import CodebookError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the codebook's data to be spoilt."""
    target = tmp_path / "data"
    shutil.copytree(DATA, target)
    return target


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


SPOILT = {
    "an unknown key": (
        "events/visit.yml",
        "symmetric:",
        "symetric:",
        "unknown key 'symetric'; did you mean 'symmetric'",
    ),
    "a missing side": ("events/visit.yml", "{side: A, label", "{label", r"roles.visitor: the key 'side' is missing"),
    "a wrong side": ("events/visit.yml", "side: A", "side: C", r"roles.visitor: 'side' is 'C'; use one of: A, B, P"),
    "a doubled mode": (
        "events/visit.yml",
        "  study:",
        "  delegation:",
        r"visit.yml: 'delegation' stands twice .*line \d+",
    ),
    "a row without codes": ("events/visit.yml", 'cameo: "036", plover: AGREE', 'cameo: "036"', "'plover' is missing"),
    "a null without reason": ("events/visit.yml", ', why: "A denied', ', mode: "A denied', "must say 'why'"),
    "a status without codes": (
        "events/visit.yml",
        "  proposed: {cameo",
        "  ongoing: {cameo",
        "no codes for status 'prop",
    ),
    "a code in numerals": ("events/visit.yml", '"042"', "042", "'cameo' must be a text, found 34"),
    "an unknown CAMEO code": ("events/visit.yml", '"042"', '"0421"', "no CAMEO code '0421'; did you mean '042'"),
    "an unknown PLOVER type": ("events/visit.yml", "CONSULT, mode", "CONSULTS, mode", "no PLOVER type 'CONSULTS'"),
    "an unknown PLOVER mode": (
        "events/visit.yml",
        "mode: visit}",
        "mode: vist}",
        "mode of CONSULT 'vist'; did you mean 'visit'",
    ),
    "an unknown condition": (
        "events/meeting.yml",
        "when: has_host",
        "when: has_hosts",
        "no condition 'has_hosts'; did you",
    ),
    "an unknown role": (
        "events/visit.yml",
        "actor: [visitor]",
        "actor: [visitors]",
        "no role of the crosswalk 'visitors'",
    ),
    "a wrong example": ("events/visit.yml", "host: TUR}", "host: TRU}", "names no known actor by 'TRU'"),
    "a mode of no type": (
        "events/visit.yml",
        "mode: official\n",
        "mode: offical\n",
        "no mode 'offical'; did you mean 'official'",
    ),
    "an asymmetric party": (
        "events/meeting.yml",
        "party: {side: P",
        "party: {side: A",
        "has side 'A', but symmetric is true",
    ),
    "a file under another name": ("events/visit.yml", "name: visit", "name: visits", "the type is named 'visits'"),
    "a number taken twice": ("events/visit.yml", "order: 1\n", "order: 2\n", "order 2 is taken by 'meeting'"),
    "broken YAML": ("events/visit.yml", "modes:", "modes: [", r"events/visit.yml: line \d+: this is no valid YAML"),
    "a claim unknown to the records": ("claims.yml", "largest:", "biggest:", "'biggest', 'largest'. are not in both"),
    "an unknown status": ("statuses.yml", "occurred:", "happened:", "agreement.yml: crosswalk: unknown key 'occurred'"),
    "a code taken twice": ("actors.csv", "SCO,", "NATO,", "actors.csv: line 9: the code 'NATO' is taken already"),
    "a state's code": ("actors.csv", "SCO,", "FRA,", "the code 'FRA' is taken already"),
    "an alias taken twice": ("actors.csv", "igo,AU\n", "igo,EU\n", "the alias 'EU' of '.*' is taken; drop it"),
    "an unknown kind": ("actors.csv", "Union,igo,AU", "Union,ogi,AU", "kind is 'ogi'; use one of igo, armed, other"),
    "a cell too many": ("actors.csv", "Union,igo,AU", "Union,of,igo,AU", "not as many cells as the header"),
    "a missing column": (
        "actors.csv",
        "code,name,kind,aliases",
        "code,name,kind,alias",
        "columns .'aliases'. are missing",
    ),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_a_fault_in_the_data_stops_with_file_value_and_way_out(folder: Path, fault: str) -> None:
    file, old, new, message = SPOILT[fault]
    spoil(folder, file, old, new)
    with pytest.raises(CodebookError, match=message):
        load_codebook(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "domains.yml").unlink()
    with pytest.raises(CodebookError, match=r"domains\.yml: the codebook's file .* cannot be read"):
        load_codebook(folder)


def test_no_event_types_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="no event types in"):
        load_codebook(tmp_path)


def test_more_actors_are_read_from_a_second_file(folder: Path) -> None:
    (folder / "actors_more.csv").write_text(
        "# more codes\ncode,name,kind,aliases\nADMM,ASEAN Defence Ministers' Meeting,igo,ADMMPLUS\n", encoding="utf-8"
    )
    book = load_codebook(folder)
    assert book.canonical_actor("ADMMPLUS") == "ADMM"
    assert book.actors["NATO"].kind == "igo"


def test_the_coders_keys_are_kept_as_they_stand(folder: Path) -> None:
    path = folder / "events" / "visit.yml"
    plain = path.read_text(encoding="utf-8").split("\ntriggers:")[0].split("\ncues:")[0]
    path.write_text(
        plain + "\ntriggers: {verb: [travel, {lemma: call, with: at}]}\ncues: {official: [minister]}\n",
        encoding="utf-8",
    )
    visit = load_codebook(folder).type("visit")
    assert visit.triggers == {"verb": ["travel", {"lemma": "call", "with": "at"}]}
    assert visit.cues == {"official": ["minister"]}


def test_the_version_changes_with_the_data_and_only_then(folder: Path) -> None:
    before = load_codebook(folder).version
    load_codebook.cache_clear()
    assert load_codebook(folder).version == before == load_codebook().version
    spoil(folder, "domains.yml", "Navies, coast guards", "Coast guards, navies")
    load_codebook.cache_clear()
    assert load_codebook(folder).version != before


def test_loading_twice_gives_the_same_object() -> None:
    assert load_codebook() is load_codebook()


def test_all_twelve_types_come_in_the_codebooks_order() -> None:
    assert list(load_codebook().types) == [
        *("visit", "meeting", "agreement", "exercise", "transfer", "training"),
        *("deployment", "cooperation", "membership", "appointment", "incident", "statement"),
    ]


def test_every_mode_role_and_type_is_written_up() -> None:
    for event in load_codebook().types.values():
        assert len(event.examples) >= 2, event.name
        assert event.rulings, event.name
        assert all(text.endswith(".") for text in (event.definition, *event.rulings, *event.crosswalk.notes)), (
            event.name
        )
        assert all(mode.definition.endswith(".") and mode.example.endswith(".") for mode in event.modes.values())
