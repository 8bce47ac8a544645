"""What is copied gives the same rows elsewhere."""

import shlex

import pytest
from typer.testing import CliRunner

from communique.cli import app
from communique.store import Record
from communique.web.address import Address
from communique.web.snippets import command, python, sql

QUERIES = (
    (), (("country", "irn"),), (("pair", "SYR-IRN"),), (("type", "visit"), ("type", "meeting"), ("country", "IRN")),
    (("since", "2020-08-01"), ("until", "2021-01-31")), (("outlet", "Two"),), (("witnesses", "2"),),
    (("documents", "e/f?g#h"),), (("camp", "unknown"),), (("domain", "maritime"), ("status", "occurred")),
    (("review", "accepted"),), (("place_country", "SYR"),), (("mode", "naval"),),
)  # fmt: skip


def ids(rows, unit):
    return [row[f"{unit[:-1]}_id"] for row in rows]


@pytest.mark.parametrize("chosen", QUERIES)
@pytest.mark.parametrize("unit", ["engagements", "reports"])
def test_sql_and_python_give_the_rows_of_the_page(record, folder, chosen, unit):
    address = Address.of(chosen).showing(unit=unit)
    shown = getattr(record, unit)(**address.filters().model_dump()).to_pylist()
    assert sorted(ids(record.sql(sql(unit, address.filters())).to_pylist(), unit)) == sorted(ids(shown, unit))
    told: dict = {}
    exec(python(folder, address), told)
    assert told["table"].to_pylist() == shown


def test_the_command_lists_the_same(record, folder):
    address = Address.of([("country", "IRN"), ("place_country", "SYR"), ("text", 'naval OR "senior officers"')])
    words = shlex.split(command(folder, address))
    result = CliRunner().invoke(app, [*words[1:], "-f", "jsonl"])
    assert result.exit_code == 0, result.output
    shown = record.engagements(**address.filters().model_dump()).to_pylist()
    assert [row["engagement_id"] in result.stdout for row in shown] == [True] * len(shown)
    assert len(result.stdout.splitlines()) == len(shown) == 1


def test_a_search_for_words_is_said_to_be_missing_from_sql(record):
    told = sql("engagements", Address.of([("text", "naval\n; DROP TABLE r")]).filters())
    assert told.splitlines()[0] == "-- without the search for naval ; DROP TABLE r: the command and Python have it"
    assert isinstance(record, Record)
    assert record.sql(told).num_rows == record.engagements().num_rows
