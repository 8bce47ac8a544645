"""The commands as a user meets them: what they print, write and return."""

import json
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from communique.cli import app
from communique.demo import demo_documents_path

ARTICLE = "Norway and Chile sign pact\n\nOSLO -- Norway and Chile signed a defence agreement on Monday, 3 May 2021.\n"
RUSSIAN = "Министр обороны встретился со своим коллегой в Берлине во вторник утром для переговоров.\n"
BAKERY = "The village bakery opened a second shop, and everybody came for the cardamom buns on Saturday. " * 8


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *args, **more: runner.invoke(app, [str(arg) for arg in args], **more)


def process(*args, **more):
    return subprocess.run(
        [sys.executable, "-c", "from communique.cli import main; main()", *map(str, args)],
        capture_output=True, text=True, timeout=120, check=False, **more,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """One article, one text without anything to code, and five inputs that cannot be coded."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "article.txt").write_text(ARTICLE)
    (made / "bakery.txt").write_text(BAKERY)
    (made / "binary.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (made / "empty.txt").write_text("")
    (made / "french.txt").write_text(RUSSIAN)
    (made / "rows.jsonl").write_text('{"title": "no text"}\n{"text": "x", "published": "someday"}\n')
    return made


def test_a_mixed_folder_is_accounted_for(run, folder, tmp_path):
    """Every input is coded, gated or quarantined with its reason; nothing else is among the reports."""
    out, gated, docs = tmp_path / "out.jsonl", tmp_path / "gated.jsonl", tmp_path / "docs.jsonl"
    result = run("code", folder, "-o", out, "--gated", gated, "--documents", docs)
    assert result.exit_code == 0
    quarantined = [json.loads(line) for line in (tmp_path / "out.quarantine.jsonl").read_text().splitlines()]
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    kept = [json.loads(line) for line in docs.read_text().splitlines()]
    assert sorted(row["reason"] for row in quarantined) == ["binary", "empty", "language", "schema", "schema"]
    assert "7 inputs = 1 coded + 1 gated + 5 quarantined (1 binary, 1 empty, 1 language, 2 schema)" in result.stderr
    assert len(gated.read_text().splitlines()) == len(kept) == 1
    assert {row["doc_id"] for row in rows} == {kept[0]["id"]}


def test_offsets_slice_the_kept_text(run, folder, tmp_path):
    """The evidence and mentions of every report are the words of the kept document."""
    run("code", folder / "article.txt", "-o", tmp_path / "out.jsonl", "--documents", tmp_path / "docs.jsonl")
    text = json.loads((tmp_path / "docs.jsonl").read_text())["text"]
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert rows
    for row in rows:
        assert all(text[span["start"] : span["end"]].strip() for span in row["evidence"])
        for party in row["participants"]:
            if party["span"] is not None:
                assert text[party["span"]["start"] : party["span"]["end"]] == party["mention"]


def test_a_pipe_gets_json_lines(run):
    """Standard input is coded, and outside a terminal the reports come as JSON Lines with the options' metadata."""
    result = run("code", "-", "--published", "2021-05-04", input=ARTICLE)
    agreements = [row for row in map(json.loads, result.stdout.splitlines()) if row["type"] == "agreement"]
    assert result.exit_code == 0
    assert {p["actor"] for p in agreements[0]["participants"]} == {"NOR", "CHL"}
    assert agreements[0]["date"]["start"] == "2021-05-03"


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.txt", "a.jsonl"])
def test_the_endings_decide(run, folder, tmp_path, name):
    """Each ending gives a file, and an empty quarantine file says that nothing was set aside."""
    assert run("code", folder / "article.txt", "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / name).stat().st_size > 100
    assert (tmp_path / "a.quarantine.jsonl").read_text() == ""


def test_dyads_weigh_one_a_report(run, folder):
    """The weights of the dyads add up to the number of reports."""
    dyads = run("code", folder / "article.txt", "-f", "dyads").stdout.splitlines()
    reports = run("code", folder / "article.txt", "-f", "jsonl").stdout.splitlines()
    weights = [float(line.split(",")[3]) for line in dyads[1:]]
    assert sum(weights) == pytest.approx(len(reports))


def test_reports_can_be_evaluated(run, tmp_path):
    """Coding a gold file and scoring the reports gives the figures that scoring the coder itself gives."""
    lines = open("gold/cases.jsonl", encoding="utf-8").readlines()[:12]  # noqa: PTH123, SIM115
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    gold.write_text("".join(lines), encoding="utf-8")
    assert run("code", gold, "-o", out).exit_code == 0
    from_file = run("evaluate", gold, out, "--bootstrap", "0", "--json")
    from_coder = run("evaluate", gold, "--bootstrap", "0", "--json")
    assert json.loads(from_file.stdout) == json.loads(from_coder.stdout)
    assert json.loads(from_file.stdout)["documents"] == 12


def test_evaluate_prints_a_table_and_errors(run):
    """Without --json the scores are a table with the breakdown and errors asked for."""
    result = run("evaluate", "gold/demo.jsonl", "gold/demo.jsonl", "--bootstrap", "0", "--by", "type")
    assert result.exit_code == 0
    assert "event" in result.stdout
    assert "1.000" in result.stdout
    assert "exercise" in result.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["code", "nowhere.txt"], "no file or folder 'nowhere.txt'"),
        (["code", "-", "-f", "tabel"], "did you mean 'table'?"),
        (["code", "-", "--published", "yesterday"], "published is 'yesterday'"),
        (["code", "-", "--model", "rule"], "did you mean 'rules'?"),
        (["codebook", "visitt"], "did you mean 'visit'?"),
        (["codebook", "visit", "--json"], "leave out 'visit'"),
        (["evaluate", "nowhere.jsonl", "x.jsonl"], "nowhere.jsonl"),
        (["evaluate", "gold/demo.jsonl", "gold/demo.jsonl", "--bootstrap", "0", "--by", "typ"], "did you mean 'type'?"),
        (["floors", "--note", "x"], "go with --raise"),
    ],
)
def test_errors_are_one_line(run, args, message):
    """What cannot be used ends with status 2 and one clear line on standard error."""
    result = run(*args, input="x")
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("communique: ")


def test_unknown_commands_are_corrected(run):
    """A mistyped command names the nearest one."""
    result = run("cod")
    assert result.exit_code == 2
    assert "code" in result.stderr


def test_nothing_readable_is_status_one(run, folder):
    """When every input is set aside the reason is shown and the status is 1."""
    result = run("code", folder / "binary.png")
    assert result.exit_code == 1
    assert "set aside: " in result.stderr
    assert "PNG" in result.stderr


def test_codebook(run):
    """The codebook shows all types, one type in full, or the schema."""
    assert "port_call" in run("codebook").stdout
    assert run("codebook", "visit").stdout.startswith("visit: Visit")
    assert json.loads(run("codebook", "--json").stdout)["$schema"]


def test_lexicon_find(run):
    """Names are shown with offsets, kind, code and form, as a table or as JSON Lines."""
    table = run("lexicon", "find", "A Turkish frigate in the Gulf of Aden").stdout
    assert "TUR" in table
    assert "Gulf of Aden" in table
    row = json.loads(run("lexicon", "find", "Norway", "--json").stdout)
    assert (row["start"], row["end"], row["readings"][0]["code"]) == (0, 6, "NOR")
    found = [
        json.loads(line)
        for line in run("lexicon", "find", "INS Tabar's defence minister", "--json").stdout.splitlines()
    ]
    assert [[(r["kind"], r["id"], r["code"]) for r in one["readings"]] for one in found] == [
        [("ship_prefix", "INS/IND", "IND"), ("ship_prefix", "INS/ISR", "ISR")],
        [("post", "minister_of_department", None)],
    ]
    assert run("lexicon", "find", "qqq").stdout == "no name that the lexicon knows\n"


def test_lexicon_check(run, monkeypatch):
    """Problems of the tables are listed, and the status tells whether there are any."""
    monkeypatch.setattr("communique.lexicon.check.check_lexicon", lambda: ["states.yml: two Suvas"])
    found = run("lexicon", "check")
    assert (found.exit_code, found.stdout) == (1, "states.yml: two Suvas\n")
    monkeypatch.setattr("communique.lexicon.check.check_lexicon", list)
    assert run("lexicon", "check").exit_code == 0


def test_own_rows_are_found_checked_and_coded_with(run, tmp_path):
    """`--lexicon` lays a folder over the packaged tables; its faults are listed, and refused where it is used."""
    own = tmp_path / "own"
    own.mkdir()
    rows = "kind,id,name,form,source,licence,retrieved\nstate,NOR,Testway,,a page,CC0,2026-11-26\n"
    (own / "names.csv").write_text(rows, encoding="utf-8")
    found = json.loads(run("lexicon", "find", "Testway", "--lexicon", str(own), "--json").stdout)
    assert found["readings"][0]["code"] == "NOR"
    assert run("lexicon", "check", "--lexicon", str(own)).exit_code == 0
    article = tmp_path / "article.txt"
    text = "Testway's defence minister visited Iran on 8 July 2020 for military talks with his Iranian counterpart."
    article.write_text(f"A visit\n\n{text}", encoding="utf-8")
    given = ["code", str(article), "--model", "rules", "--published", "2020-07-09", "-f", "jsonl"]
    coded = [json.loads(line) for line in run(*given, "--lexicon", str(own)).stdout.splitlines()]
    assert "NOR" in {party["actor"] for report in coded for party in report["participants"]}
    assert all("+" in report["versions"]["lexicon"] for report in coded)
    (own / "names.csv").write_text(rows.replace("NOR", "NOX"), encoding="utf-8")
    checked = run("lexicon", "check", "--lexicon", str(own))
    assert checked.exit_code == 1
    assert "names.csv, line 2: no state has the id 'NOX'; did you mean 'NOR'" in checked.stdout
    refused = run(*given, "--lexicon", str(own))
    assert refused.exit_code == 2
    assert "names.csv, line 2" in refused.stderr


def test_demo(run, tmp_path, monkeypatch):
    """The demo shows six briefs as restated after their outlets, then totals and what became of all of them."""
    briefs = demo_documents_path().read_text(encoding="utf-8").splitlines(keepends=True)[:8]
    (tmp_path / "briefs.jsonl").write_text("".join(briefs), encoding="utf-8")
    monkeypatch.setattr("communique.cli.demo.demo_documents_path", lambda: tmp_path / "briefs.jsonl")
    result = run("demo")
    assert result.exit_code == 0
    assert "restated after Tehran Times" in result.stdout
    assert "Reports by type" in result.stdout
    assert "2 more briefs: communique demo --all" in result.stdout
    assert result.stdout.count("restated after") == 6
    assert "8 inputs = 8 coded + 0 gated + 0 quarantined" in result.stderr


def test_version(run):
    """--version names the program and its version."""
    name, version = run("--version").stdout.split()
    assert name == "communique"
    assert version[0].isdigit()


def test_help_loads_nothing_heavy():
    """`communique --help` starts without spaCy, pyarrow, pydantic or rich tables, so that it answers at once."""
    watch = "import sys; from communique.cli import app\ntry: app(['--help'])\nexcept SystemExit: pass\n"
    watch += "print([m for m in ('spacy', 'pyarrow', 'pydantic', 'trafilatura', 'yaml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", watch], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_closed_pipe_ends_quietly(folder):
    """When the reader closes the pipe the command ends with status 141 and without a traceback."""
    done = subprocess.run(
        f"{sys.executable} -c 'from communique.cli import main; main()' codebook --json | head -c 5; "
        'echo "${PIPESTATUS[0]}"',
        shell=True, executable="/bin/bash", capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send there")
def test_ctrl_c_ends_cleanly(tmp_path):
    """Ctrl-C while input is awaited ends with status 130 and one line, and leaves no half-written file."""
    command = [sys.executable, "-c", "from communique.cli import main; main()", "code", "-", "-o", tmp_path / "a.jsonl"]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert said.splitlines()[-1].startswith("communique: stopped")
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_a_file_with_no_terminal_has_no_bar():
    """Outside a terminal nothing but the summary goes to standard error, and --quiet silences that too."""
    assert "input" in process("code", "-", input=ARTICLE).stderr
    assert "input" not in process("code", "-", "--quiet", input=ARTICLE).stderr


def test_ctrl_c_behind_another_error(run, monkeypatch):
    """A library that turns Ctrl-C into an error of its own while it loads ends the command in the same way."""

    def stopped() -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as stop:
            raise ImportError("half loaded") from stop

    monkeypatch.setattr("communique.lexicon.check.check_lexicon", stopped)
    result = run("lexicon", "check")
    assert result.exit_code == 130
    assert result.stderr.startswith("communique: stopped")


def test_ctrl_c_lost_in_another_error(run, monkeypatch):
    """The same where the error does not tell that Ctrl-C is behind it."""
    monkeypatch.setattr("communique.lexicon.check.check_lexicon", lambda: 1 / 0)
    monkeypatch.setattr("communique.cli.commands.Commands.pressed", True)
    assert run("lexicon", "check").exit_code == 130


def test_our_own_faults_are_not_hidden(run, monkeypatch):
    """An error that nobody foresaw is not dressed up as the user's."""
    monkeypatch.setattr("communique.lexicon.check.check_lexicon", lambda: 1 / 0)
    assert isinstance(run("lexicon", "check").exception, ZeroDivisionError)
