"""An official is found in any spelling, with the posts known and the engagements of the record."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from small_coder import Courtly, document, gate

from communique.errors import RecordError
from communique.pipeline.keeping import add_items
from communique.pipeline.officials import officials
from communique.pipeline.relinking import link
from communique.store import Record

DOCS = [
    document("a", "OMN visits SYR on 2020-07-08. [OMN: Salim Darvari, minister of defence]", published="2020-07-09"),
    document("b", "OMN visits SYR on 2020-07-08. [OMN: Saleem Darwari, defence minister]", outlet="Two"),
    document("c", "OMN meets IND on 2020-08-08. [OMN: Darvari]", published="2020-08-09"),
    document("d", "IND meets IRN on 2020-08-09. [IND: Karim Darvari]", published="2020-08-09"),
    document("e", "TUR visits IRN on 2017-10-02. [TUR: Hulusi Akar, former Chief of the General Staff]"),
]


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    with Record.create(tmp_path_factory.mktemp("officials") / "record") as made:
        add_items(made, DOCS, Courtly, gate=gate)
        link(made)
        yield made


def test_spellings_and_a_surname_are_one_person(record):
    """All spellings in one state are one person with every engagement; a namesake of another state is another."""
    (found,) = officials(record, "Salim Darwari")
    assert found.state == "OMN"
    assert {found.name, *found.spellings} == {"Salim Darvari", "Saleem Darwari", "Darvari"}
    assert [one.type for one in found.engagements] == ["visit", "meeting"]
    assert found.engagements[0].others == ("SYR",)
    assert [p.state for p in officials(record, "Darvari")] == ["OMN", "IND"]
    assert [p.state for p in officials(record, "Darvari", "IND")] == ["IND"]


def test_learned_posts_have_document_and_words(record):
    """A post that the documents tell names the document and its words, and claims no days beyond them."""
    (found,) = officials(record, "Salim Darvari")
    post = next(p for p in found.posts if p.source == "a")
    assert (post.learned, post.start, post.end, post.until) == (True, "2020-07-08", None, "2020-07-08")
    assert post.words == "OMN visits SYR on 2020-07-08"


def test_the_post_is_that_of_the_events_day(record):
    """A former chief was chief on the day: the register says so, with its source; what was told stays beside it."""
    (found,) = officials(record, "Hulusi Akkar")
    assert found.name == "Hulusi Akar"
    (visit,) = found.engagements
    assert visit.post == "Chief of the General Staff"
    assert visit.told == ("former Chief of the General Staff",)
    assert len(found.posts) > 1
    assert all("http" in post.source for post in found.posts)
    assert record.engagements(country="TUR")["level"].to_pylist() == ["chief_of_staff"]


def test_an_official_of_the_register_alone_has_no_engagements(record):
    """Posts are told though no document names the person."""
    (found,) = officials(record, "Mark Milley")
    assert found.engagements == ()
    assert found.posts


def test_nobody_is_an_error_with_the_nearest_name(record):
    """A name that nobody bears is refused, with the most similar one."""
    with pytest.raises(RecordError, match="did you mean 'Karim Darvari'"):
        officials(record, "Karim Darvaruvari")
    with pytest.raises(RecordError, match="no official 'Xyz'"):
        officials(record, "Xyz")
