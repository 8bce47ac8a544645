"""`communique official` prints posts with their sources, and engagements."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from small_coder import Courtly, document, gate

from communique.cli import app
from communique.pipeline.keeping import add_items
from communique.pipeline.relinking import link
from communique.store import Record

DOCS = [
    document("a", "OMN visits SYR on 2020-07-08. [OMN: Salim Darvari, minister of defence]", published="2020-07-09"),
    document("b", "TUR visits IRN on 2017-10-02. [TUR: Hulusi Akar, former Chief of the General Staff]"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("official") / "record"
    with Record.create(made) as record:
        add_items(record, DOCS, Courtly, gate=gate)
        link(record)
    return made


def run(folder, *arguments):
    return CliRunner().invoke(app, ["official", *arguments, "--record", str(folder)])


def test_a_learned_post_stands_with_document_and_words(folder):
    """Days, level, reason, document and words of a post that a document tells; the engagement with its post."""
    text = run(folder, "Saleem Darwari").stdout
    for line in (
        "Salim Darvari, Oman (OMN)",
        "  on 2020-07-08 at least: minister of defence (minister)",
        "    learned: seen in office on 2020-07-08: 1 document; document a",
        "    “OMN visits SYR on 2020-07-08”",
        "1 engagement",
        "  2020-07-08: visit, occurred, as visitor with SYR; Damascus",
    ):
        assert line in text


def test_the_register_gives_the_post_of_the_day(folder):
    """A former chief was chief on the day of the visit."""
    text = run(folder, "Hulusi Akar").stdout
    assert "2015-08-18 to 2018-07: Chief of the General Staff (chief of staff)" in text
    assert "register: https://" in text
    assert "    Chief of the General Staff; 1 independent telling; engagement " in text


def test_json_and_a_country(folder):
    """The JSON is an array of persons; a state's code may be given in any case and must be one."""
    (person,) = json.loads(run(folder, "Akar", "--country", "tur", "--json").stdout)
    assert person["name"] == "Hulusi Akar"
    assert [one["type"] for one in person["engagements"]] == ["visit"]
    assert "did you mean 'TUR'" in run(folder, "Akar", "--country", "TURK").stderr


def test_nobody_is_status_2(folder):
    """A name that nobody bears is one clear error."""
    result = run(folder, "Bertil Xyzzy")
    assert result.exit_code == 2
    assert "no official" in result.stderr
