"""A folder of own tables is read whole, and each fault in it names file, row, value and way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import LexiconError
from communique.lexicon import load_lexicon
from communique.lexicon.load import overlay_problems
from communique.lexicon.overlay import is_bare, overlay_hash, read_overlay

BODIES = "id,name,aliases,native,kind,actor,parent,source,licence,retrieved\n"
PLACES = "id,name,aliases,kind,country,lat,lon,precision,weak,source,licence,retrieved\n"
OFFICIALS = "id,person,aliases,state,post,level,body_kind,start,end,rank,source,licence,retrieved\n"
RANKS = "form,aliases,grade,service,language,source,licence,retrieved\n"
PREFIXES = "prefix,state,meaning,weak,source,licence,retrieved\n"
POSTS = "source: a page\nlicence: CC0\nretrieved: 2026-11-26\n"
NAMES = "kind,id,name,form,source,licence,retrieved\n"
REMOVED = "kind,id,name,why\n"
CITIES = "alias,geoname_id,source,licence,retrieved\n"
TOLD = ",a page,CC0,2026-11-26\n"

FAULTS = [
    ("bodies_states.csv", f"{BODIES}x,Test Navy,,,nvay,IRN,{TOLD}", "line 2: kind 'nvay' is unknown; did you mean"),
    ("bodies_states.csv", f"{BODIES}x,Test Navy,,,navy,IRR,{TOLD}", "line 2: 'x' names 'IRR', no state and no actor"),
    ("bodies_states.csv", f"{BODIES}x,Test Navy,,,navy,IRN,ir-nvy{TOLD}", "line 2: 'x' has parent 'ir-nvy'"),
    ("bodies_states.csv", f"{BODIES}x,Test Navy,,,navy,IRN,,,CC0,2026-11-26\n", "line 2: no source; name where"),
    ("bodies_states.csv", "id,name\nx,Test Navy\n", "line 1: no column 'aliases'; add it to the header"),
    ("places_special.csv", f"{PLACES}x,Test Bay,,gulf,,north,1,1,{TOLD}", "line 2: lat is 'north'; write a number"),
    ("officials.csv", f"{OFFICIALS}x,Ana Test,,IRN,minister,minster,,2020,,{TOLD}", "line 2: level 'minster' is"),
    ("officials.csv", f"{OFFICIALS}x,Ana Test,,IRN,minister,minister,,2020,,{TOLD}", "line 2: '2020' is no date"),
    ("officials.csv", f"{OFFICIALS}x,Ana Test,,QQQ,minister,minister,,2020-01,,{TOLD}", "line 2: 'x' names 'QQQ'"),
    ("names.csv", f"{NAMES}state,IRR,Testland,{TOLD}", "line 2: no state has the id 'IRR'"),
    ("names.csv", f"{NAMES}nation,IRN,Testland,{TOLD}", "line 2: kind 'nation' is unknown"),
    ("names.csv", f"{NAMES}state,IRN,Testland,stong{TOLD}", "line 2: form 'stong' is unknown"),
    ("removed.csv", f"{REMOVED}state,IRN,Testland,wrong\n", "line 2: state 'IRN' has no name 'Testland' to remove"),
    ("removed.csv", f"{REMOVED}body,no-such-body,,wrong\n", "line 2: no body has the id 'no-such-body'"),
    ("removed.csv", f"{REMOVED}state,IRN,Persia,\n", "line 2: no why; every row needs one"),
    ("removed.csv", "kind,id\nstate,IRN\n", "line 1: its header is 'kind,id'; write kind,id,name,why"),
    ("removed.csv", f"{REMOVED}official,TUR:hulusi-akar,Hulusi Akar,x\n", "the name that 'TUR:hulusi-akar'"),
    ("bodys_states.csv", BODIES, "no table that can be laid over; did you mean 'bodies_states.csv'"),
    ("cities_aliases.csv", f"{CITIES}Testtown,12{TOLD}", "line 2: no city has the geoname_id 12; the table holds"),
    ("cities_aliases.csv", f"{CITIES}Testtown,Baghdad{TOLD}", "line 2: geoname_id is 'Baghdad'; write the number"),
    ("cities_aliases.csv", f"{CITIES}Testtown,{10**20}{TOLD}", "write the number that geonames.org shows"),
    ("cities_aliases.csv", f"{CITIES},98182{TOLD}", "line 2: no alias; every row needs one"),
    ("ranks.csv", "form\n", "ranks.csv, line 1: no column 'aliases'"),
    ("ranks.csv", f"{RANKS}Hetman,,OF-11,army,en{TOLD}", "ranks.csv, line 2: grade 'OF-11' is unknown"),
    ("ranks.csv", f"{RANKS}Hetman,,OF-9,army,en{TOLD}Hetman,,OF-8,army,en{TOLD}",
     "ranks.csv, line 3: rank 'Hetman' has another grade or service in ranks.csv, line 2"),
    ("ship_prefixes.csv", f"{PREFIXES}TLNS,QQQ,Test Ship,{TOLD}", "ship_prefixes.csv, line 2: 'TLNS/QQQ' names 'QQQ'"),
    ("ship_prefixes.csv", f"{PREFIXES}TLNS,,Test Ship,{TOLD}", "ship_prefixes.csv, line 2: no state"),
    ("posts.yml", f"{POSTS}patterns: [{{id: vizier, level: minster, forms: [vizier]}}]\n",
     "posts.yml: pattern 'vizier' has level 'minster'; did you mean 'minister'?"),
    ("posts.yml", "patterns: []\n", "posts.yml: no section 'source'; add it"),
    ("posts.yml", "patterns: [\n", "posts.yml: no valid YAML"),
    ("names.csv", f"{NAMES}post,prime_ministr,Vizier,{TOLD}", "no post has the id 'prime_ministr'; did you mean"),
    ("names.csv", f"{NAMES}post,prime_minister,Vizier,demonym{TOLD}", "a post has no names of form 'demonym'"),
    ("names.csv", f"{NAMES}ship_prefix,USS/USA,USSX,{TOLD}", "a prefix of ships has no other names; give it a row"),
    ("removed.csv", f"{REMOVED}post,prime_minister,vizier,wrong\n", "post 'prime_minister' has no name 'vizier' to"),
    ("removed.csv", f"{REMOVED}ship_prefix,USS,,wrong\n", "no ship_prefix has the id 'USS'; did you mean 'USS/USA'?"),
    ("exercises.csv", "\udcff", "no CSV file in UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "content", "told"), FAULTS, ids=lambda value: str(value)[-40:])
def test_a_fault_is_told_by_the_check_and_keeps_the_lexicon_from_loading(
    tmp_path: Path, file: str, content: str, told: str
) -> None:
    """A faulty row stops the work before anything is coded with half of the user's knowledge."""
    (tmp_path / file).write_text(content, encoding="utf-8", errors="surrogateescape")
    problems = overlay_problems(tmp_path)
    assert len([problem for problem in problems if told in problem]) == 1, problems
    with pytest.raises(LexiconError) as refused:
        load_lexicon(tmp_path)
    assert told in str(refused.value)
    assert str(tmp_path) in str(refused.value)


def test_faults_of_several_files_are_all_listed_and_counted(tmp_path: Path) -> None:
    """The check goes on behind the first; the refusal says how many more there are and how to see them."""
    (tmp_path / "names.csv").write_text("kind\n", encoding="utf-8")
    (tmp_path / "removed.csv").write_text("kind\n", encoding="utf-8")
    (tmp_path / "stats").mkdir()
    assert {problem.partition(":")[0] for problem in overlay_problems(tmp_path)} == {
        "stats", "names.csv, line 1", "removed.csv, line 1",
    }  # fmt: skip
    with pytest.raises(LexiconError, match="and 2 more; `communique lexicon check --lexicon"):
        load_lexicon(tmp_path)


def test_a_name_that_another_actor_has_is_told_but_can_be_used(tmp_path: Path) -> None:
    """Two actors of one name are a matter of judgement: the check names both, the lexicon holds both."""
    (tmp_path / "bodies_states.csv").write_text(f"{BODIES}x,Norway,,,navy,IRN,{TOLD}", encoding="utf-8")
    (problem,) = overlay_problems(tmp_path)
    assert "'norway' is a strong name of IRN, NOR" in problem
    assert {entry.code for entry in load_lexicon(tmp_path).find("Norway")[0].entries} == {"IRN", "NOR"}


def test_the_hash_changes_with_any_table_and_not_with_notes(tmp_path: Path) -> None:
    """Notes may lie beside the tables; with notes alone the folder is bare and the lexicon the packaged one."""
    (tmp_path / "notes.txt").write_text("ask the attaché", encoding="utf-8")
    assert is_bare(tmp_path)
    assert load_lexicon(tmp_path) is load_lexicon()
    hashes = {overlay_hash(tmp_path)}
    for file, content in (("removed.csv", REMOVED), ("names.csv", NAMES), ("names.csv", NAMES + "\n")):
        (tmp_path / file).write_text(content, encoding="utf-8")
        hashes.add(overlay_hash(tmp_path))
    assert len(hashes) == 4


def test_a_faulty_file_does_not_hide_the_sound_ones(tmp_path: Path) -> None:
    """What the other files hold is read."""
    (tmp_path / "bodies_states.csv").write_text(f"{BODIES}x,Test Navy,,,navy,IRN,{TOLD}", encoding="utf-8")
    (tmp_path / "names.csv").write_text("kind\n", encoding="utf-8")
    overlay = read_overlay(tmp_path)
    assert [record.name for record in overlay.records] == ["Test Navy"]
    assert len(overlay.problems) == 1
