"""What is copied runs elsewhere as it is, and gives the rows of the page."""

import json
import shlex
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from communique.cli import app
from communique.web.address import Address
from communique.web.snippets import command, python, snippets, sql

QUERIES = (
    (), (("country", "irn"),), (("pair", "SYR-IRN"),), (("type", "visit"), ("type", "meeting"), ("country", "IRN")),
    (("since", "2020-08-01"), ("until", "2021-01-31")), (("outlet", "Two"),), (("witnesses", "2"),),
    (("documents", "e/f?g#h"),), (("camp", "unknown"),), (("domain", "maritime"), ("status", "occurred")),
    (("review", "accepted"),), (("place_country", "SYR"),), (("mode", "naval"),), (("level", "minister"),),
    (("text", 'naval OR "senior officers"'),), (("text", "naval\n'; DROP TABLE r"),),
    (("text", "officer*"), ("country", "IRN"), ("place_country", "SYR")), (("text", "nowhere"),),
)  # fmt: skip


def ids(rows, unit):
    return [row[f"{unit[:-1]}_id"] for row in rows]


def told(arguments):
    """The rows that a command prints as JSON Lines."""
    result = CliRunner().invoke(app, [*arguments, "-f", "jsonl"])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def plain(rows):
    return json.loads(json.dumps(rows, default=str))


@pytest.mark.parametrize("chosen", QUERIES)
@pytest.mark.parametrize("unit", ["engagements", "reports"])
def test_command_sql_and_python_give_the_rows_of_the_page(record, folder, chosen, unit):
    """Each is run as it is copied: the command by its words, SQL by `communique sql` and by the library."""
    address = Address.of(chosen).showing(unit=unit)
    shown = getattr(record, unit)(**address.filters().model_dump()).to_pylist()
    words = shlex.split(command(folder, address))
    assert words[0] == "communique"
    assert told(words[1:]) == plain(shown)
    query = sql(unit, address.filters())
    assert sorted(ids(record.sql(query).to_pylist(), unit)) == sorted(ids(shown, unit))
    assert sorted(ids(told(["sql", query, "--record", str(folder)]), unit)) == sorted(ids(shown, unit))
    held: dict = {}
    exec(python(folder, address), held)
    assert held["table"].to_pylist() == shown


def test_the_selections_are_not_all_empty_or_whole(record):
    """What the tests above compare differs from query to query."""
    numbers = [record.engagements(**Address.of(chosen).filters().model_dump()).num_rows for chosen in QUERIES]
    assert len(set(numbers)) >= 4
    assert sum(0 < number < max(numbers) for number in numbers) >= 10


def test_the_lines_of_python_run_in_a_process_of_their_own(record, folder):
    """Pasted into a file they need nothing but communique."""
    address = Address.of([("text", "officer*"), ("country", "IRN"), ("since", "2020-07-01"), ("witnesses", "1")])
    script = snippets(folder, address)["Python"] + "print(table.num_rows)\n"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    assert int(done.stdout) == record.engagements(**address.filters().model_dump()).num_rows > 0
