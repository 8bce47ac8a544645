"""The commands on a record: what is added is there, is found, is explained, and can be checked and copied."""

import csv
import io
import json
import shutil
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from small_coder import Mutated, SmallCoder

from communique.cli import app
from communique.cli import record as commands
from communique.pipeline.keeping import NamedCoder
from communique.store import Decision, Record

PADDING = "The ministry of defence said that the army and the navy had held military talks with their partners. "
OTHER = "Senior officers of the navy came together on Wednesday for consultations about military cooperation. "
ROWS = (
    {"id": "a", "outlet": "One", "published": "2020-07-09", "text": PADDING * 2 + "IRN visits SYR on 2020-07-08."},
    {"id": "b", "outlet": "Two", "published": "2020-07-10", "text": OTHER + "IRN visits SYR on 2020-07-08."},
    {"id": "c", "outlet": "Two", "published": "2021-01-06", "text": PADDING + "RUS meets IND on 2021-01-05."},
)


@pytest.fixture
def run(monkeypatch):
    """Runs a command with the coder of the small language."""
    monkeypatch.setattr(commands, "default_coder", SmallCoder)
    return lambda *args, **more: CliRunner().invoke(app, [str(arg) for arg in args], **more)


@pytest.fixture
def inputs(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return path


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A record of three documents, two of which tell one visit; not to be changed."""
    made = tmp_path_factory.mktemp("kept")
    (made / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "default_coder", SmallCoder)
        result = CliRunner().invoke(app, ["add", str(made / "in.jsonl"), "--record", str(made / "record")])
    assert result.exit_code == 0, result.output
    assert "3 inputs = 0 known + 3 coded + 0 gated + 0 quarantined; 3 reports" in result.stderr
    assert "linked 3 reports into 2 engagements" in result.stderr
    return made / "record"


@pytest.fixture
def folder(kept, tmp_path):
    """A copy of it, which may be changed."""
    return Path(shutil.copytree(kept, tmp_path / "record"))


def rows(result):
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def visit(run, folder):
    """The id of the engagement that two documents tell of."""
    return rows(run("list", "--record", folder, "--type", "visit"))[0]["engagement_id"]


def test_adding_again_changes_nothing(run, inputs, folder):
    """What the record has is known, nothing is coded or linked, and what cannot be read is accounted for."""
    (inputs.parent / "empty.txt").write_text("")
    result = run("add", inputs, inputs.parent / "empty.txt", "--record", folder)
    assert "4 inputs = 3 known + 0 coded + 0 gated + 1 quarantined; 0 reports" in result.stderr
    assert "linked" not in result.stderr
    assert "1 empty" in run("status", "--record", folder).stdout


def test_nothing_readable_is_status_1(run, tmp_path):
    """As with `code`, the status tells that no input could be read."""
    (tmp_path / "empty.txt").write_text("")
    assert run("add", tmp_path / "empty.txt", "--record", tmp_path / "r", "-q").exit_code == 1


def test_standard_input_is_added_with_its_options(run, tmp_path):
    """A text from a pipe bears the outlet and day of the options."""
    text = f"A title\n\n{PADDING}RUS meets IND."
    result = run("add", "-", "--record", tmp_path / "r", "--outlet", "Wire", "--published", "2021-01-06", input=text)
    assert result.exit_code == 0, result.output
    (row,) = rows(run("list", "--reports", "--record", tmp_path / "r"))
    assert (row["outlet"], row["published"]) == ("Wire", "2021-01-06")


def test_linking_can_wait(run, inputs, tmp_path):
    """With --no-link every report stands alone until `link --record`."""
    run("add", inputs, "--record", tmp_path / "r", "--no-link")
    assert len(rows(run("list", "--record", tmp_path / "r"))) == 3
    assert "linked 3 reports into 2 engagements" in run("link", "--record", tmp_path / "r").stderr
    assert len(rows(run("list", "--record", tmp_path / "r"))) == 2


def test_status_counts(run, kept):
    """The numbers are the record's, as text and as JSON."""
    told = json.loads(run("status", "--record", kept, "--json").stdout)
    assert [told[k] for k in ("documents", "coded", "reports", "engagements", "outlets")] == [3, 3, 3, 2, 2]
    assert "documents    3: 3 coded, 0 gated, 0 not coded, 0 superseded" in run("status", "--record", kept).stdout


def test_verify_tells_damage(run, folder):
    """An intact record is status 0; a published file that was changed is named, with status 1."""
    assert run("verify", "--record", folder).exit_code == 0
    shard = next(folder.rglob("*.parquet"))
    shard.write_bytes(shard.read_bytes()[:-1])
    result = run("verify", "--record", folder)
    assert result.exit_code == 1
    assert shard.name in result.stdout


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        (("--pair", "SYR-IRN"), {"a", "b"}),
        (("--type", "meeting", "--type", "visit"), {"a", "b", "c"}),
        (("--since", "2021-01-01"), {"c"}),
        (("--outlet", "Two", "--type", "visit"), {"b"}),
        (("--witnesses", "2"), {"a", "b"}),
        (("--text", "navy", "--domain", "maritime"), {"c"}),
        (("--limit", "1", "--offset", "2"), {"b"}),
        (("--status", "planned"), set()),
    ],
)
def test_filters_choose(run, kept, filters, documents):
    """Each filter takes the reports that fulfil it, newest first."""
    assert {row["doc_id"] for row in rows(run("list", "--reports", "--record", kept, *filters))} == documents


@pytest.mark.parametrize("unit", ["engagements", "reports"])
def test_the_pairs_of_a_list_weigh_as_much_as_its_rows(run, kept, tmp_path, unit):
    out, flags = tmp_path / "pairs.jsonl", ["--reports"] if unit == "reports" else []
    assert run("list", "--record", kept, *flags, "-f", "dyads", "-o", out).exit_code == 0
    pairs = [json.loads(line) for line in out.read_text().splitlines()]
    listed = rows(run("list", "--record", kept, *flags))
    assert sum(pair["weight"] for pair in pairs) == pytest.approx(sum(bool(row["actors"]) for row in listed))
    printed = run("list", "--record", kept, *flags, "-f", "dyads").stdout.splitlines()
    assert printed[0].startswith("source,target,pairing,weight,parties")
    assert len(printed) == len(pairs) + 1


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet", "txt"])
def test_a_list_is_written_as_its_ending_says(run, kept, tmp_path, suffix):
    """The engagements are in the file, in the format of its ending."""
    out = tmp_path / f"list.{suffix}"
    assert run("list", "--record", kept, "-o", out).exit_code == 0
    known = {row["engagement_id"] for row in rows(run("list", "--record", kept))}
    found = {
        "jsonl": lambda: {json.loads(line)["engagement_id"] for line in out.read_text().splitlines()},
        "csv": lambda: {row["engagement_id"] for row in csv.DictReader(io.StringIO(out.read_text()))},
        "parquet": lambda: set(pq.read_table(out)["engagement_id"].to_pylist()),
        "txt": lambda: {ident for ident in known if ident in out.read_text()},
    }[suffix]()
    assert found == known
    assert len(known) == 2


def test_a_table_shows_what_people_look_for(run, kept, monkeypatch):
    """The table has an engagement's days, type and parties, on a screen that has room for them."""
    monkeypatch.setenv("COLUMNS", "120")
    text = run("list", "--record", kept, "-f", "table", "--type", "visit").stdout
    assert [word for word in ("2020-07-08", "visit", "occurred", "IRN | SYR") if word not in text] == [], text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("list", "--pair", "IRN"), "no pair of actors"),
        (("list", "--since", "someday"), "filter since"),
        (("list", "--offset", "1"), "--limit"),
        (("list", "--country", "Iran"), "did you mean 'IRN'"),
        (("list", "--status", "occured"), "did you mean 'occurred'"),
        (("list", "--outlet", "Onee"), "did you mean 'One'"),
        (("add", "nothing.txt", "--model", "rulez"), "did you mean 'rules'"),
        (("recode", "--model", "learnt"), "did you mean 'learned'"),
        (("list", "-o", "list.docx"), "tells no format"),
        (("list", "-f", "jsonn"), "did you mean 'jsonl'"),
        (("list", "-f", "parquet"), "standard output"),
        (("sql", "SELECT nothing FROM reports"), "cannot be answered"),
    ],
)
def test_what_cannot_be_answered_is_one_clear_error(run, kept, arguments, words):
    """Status 2 and words that lead on; no traceback."""
    result = run(*arguments, "--record", kept)
    assert result.exit_code == 2
    assert words in result.stderr


@pytest.mark.parametrize("command", [("list",), ("recode",)])
def test_a_folder_without_a_record_is_refused(run, tmp_path, command):
    """Nothing is made where there is no record; the error tells how one is made."""
    result = run(*command, "--record", tmp_path)
    assert result.exit_code == 2
    assert "communique add" in result.stderr
    assert not list(tmp_path.iterdir())


def test_show_gives_the_words_and_why_the_reasons(run, folder):
    """An engagement shows each report with its evidence; --why adds why it was coded and linked so, and decisions."""
    ident = visit(run, folder)
    plain = run("show", ident, "--record", folder).stdout
    assert plain.count("“IRN visits SYR on 2020-07-08”") == 2
    assert "2 reports, 2 documents, 2 outlets; 2 independent tellings" in plain
    assert "small language" not in plain
    report = rows(run("list", "--reports", "--record", folder, "--doc", "a"))[0]["report_id"]
    with Record.open(folder) as record:
        record.decide(Decision(kind="accept", who="Ada", why="read it", report=report))
    told = run("show", ident, "--record", folder, "--why").stdout
    for words in ("coded: a sentence of the small language", "coded by small-1", "linked to report", "accept by Ada"):
        assert words in told


def test_show_as_json_and_of_other_ids(run, kept):
    """A document and a report are shown by their ids; the JSON holds report, document and link."""
    assert "document a" in run("show", "a", "--record", kept).stdout
    shown = json.loads(run("show", visit(run, kept), "--record", kept, "--json").stdout)
    assert shown["kind"] == "engagement"
    assert {part["document"]["id"] for part in shown["reports"]} == {"a", "b"}
    ident = shown["reports"][0]["report"]["report_id"]
    assert f"report {ident}" in run("show", ident, "--record", kept).stdout


def test_sql_answers(run, kept):
    """A query is answered as JSON Lines outside a terminal, or as asked."""
    query = "SELECT outlet, count(*) AS n FROM reports GROUP BY outlet ORDER BY outlet"
    assert rows(run("sql", query, "--record", kept)) == [{"outlet": "One", "n": 1}, {"outlet": "Two", "n": 2}]
    assert run("sql", query, "--record", kept, "-f", "csv").stdout == "outlet,n\nOne,1\nTwo,2\n"


def test_recoding_says_what_changed(run, folder, tmp_path, monkeypatch):
    """The same coder has nothing to do; another one's changes are counted and listed."""
    assert "0 documents coded again" in run("recode", "--record", folder).stdout
    assert "0 added, 0 dropped, 0 altered, 3 the same" in run("recode", "--record", folder, "--all").stdout
    monkeypatch.setattr(commands, "default_coder", Mutated)
    result = run("recode", "--record", folder, "-o", tmp_path / "changes.jsonl")
    assert result.exit_code == 0, result.output
    assert "3 documents coded again" in result.stdout
    changes = [json.loads(line) for line in (tmp_path / "changes.jsonl").read_text().splitlines()]
    assert changes
    assert {"change", "doc_id", "report_id", "type", "fields"} == set(changes[0])
    assert run("verify", "--record", folder).exit_code == 0


def test_a_coder_is_chosen_by_name(run, folder, monkeypatch):
    """`--model` codes with the coder of that name in place of the default one; equal names make one coder."""
    asked = []
    monkeypatch.setattr(NamedCoder, "__call__", lambda made: asked.append(made.model) or Mutated())
    assert "3 documents coded again" in run("recode", "--record", folder, "--model", "learned").stdout
    assert set(asked) == {"learned"}
    assert NamedCoder("learned") == NamedCoder("learned") != NamedCoder("rules")


def test_own_rows_of_a_record_choose_the_coder(run, folder, monkeypatch):
    """A folder `lexicon` in the record is coded with; changed rows are another coder, whose work is to be done."""
    made = []
    monkeypatch.setattr(NamedCoder, "__call__", lambda coder: made.append(coder) or SmallCoder())
    names = folder / "lexicon" / "names.csv"
    names.parent.mkdir()
    names.write_text("kind,id,name,form,source,licence,retrieved\nstate,NOR,Testway,,a page,CC0,2026-11-26\n")
    assert run("recode", "--record", folder, "--all").exit_code == 0
    names.write_text(names.read_text().replace("Testway", "Testweg"))
    assert run("recode", "--record", folder, "--all").exit_code == 0
    assert {coder.own_rows for coder in made} == {names.parent.resolve()}
    assert len({coder.state for coder in made}) == 2


def test_a_faulty_own_row_stops_before_anything_is_coded(run, folder):
    """The message names file, line, value and the way out."""
    (folder / "lexicon").mkdir()
    (folder / "lexicon" / "names.csv").write_text(
        "kind,id,name,form,source,licence,retrieved\nstate,NOX,Testway,,a page,CC0,2026-11-26\n"
    )
    result = run("recode", "--record", folder, "--all")
    assert result.exit_code == 2
    assert "names.csv, line 2: no state has the id 'NOX'; did you mean 'NOR'" in result.stderr


def test_reading_again_finds_the_same(run, folder):
    """Today's reader has nothing to do; with --all it reads all documents and finds them the same."""
    assert "0 documents read again" in run("reread", "--record", folder).stdout
    assert "3 documents read again: 3 the same" in run("reread", "--record", folder, "--all").stdout


def test_compacting_and_copying_keep_all(run, folder, tmp_path):
    """After `compact` and in a backup the list is the same and the record intact; a backup overwrites nothing."""
    before = rows(run("list", "--record", folder))
    assert run("compact", "--record", folder).exit_code == 0
    assert run("backup", tmp_path / "copy", "--record", folder).exit_code == 0
    for place in (folder, tmp_path / "copy"):
        assert rows(run("list", "--record", place)) == before
        assert run("verify", "--record", place).exit_code == 0
    assert run("backup", tmp_path / "copy", "--record", folder).exit_code == 2
