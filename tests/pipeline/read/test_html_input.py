"""Pages become documents in a capped child process, whatever the page holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from communique.pipeline.read.assemble import Defaults
from communique.pipeline.read.html_input import PageReader, read_page
from communique.records import Document, Quarantined

BODY = "".join(
    f"<p>The defence ministers of Norland and Sudland met on day {n} in Portville and agreed on exercises.</p>"
    for n in range(6)
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Ministers meet | Example Times</title>
<meta property="og:site_name" content="Example Times"><meta property="og:title" content="Ministers meet in Portville">
<meta property="article:published_time" content="2020-07-16T09:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Ministers meet in Portville</h1>{BODY}</article><footer>All rights reserved</footer></body></html>"""


@pytest.fixture(scope="module")
def pages() -> Iterator[PageReader]:
    with PageReader() as reader:
        yield reader


def test_a_page_gives_title_body_and_metadata(pages: PageReader) -> None:
    """Title, blank line, one paragraph per line; outlet and date from the page's own metadata."""
    doc = read_page(PAGE.encode(), "f", Defaults(), pages)
    assert isinstance(doc, Document)
    assert doc.text.startswith("Ministers meet in Portville\n\nThe defence ministers of Norland")
    assert doc.text.count("\n\n") == 6
    assert "Home" not in doc.text
    assert (doc.title, doc.outlet, str(doc.published)) == ("Ministers meet in Portville", "Example Times", "2020-07-16")


def test_a_page_nested_too_deeply_is_set_aside(pages: PageReader) -> None:
    """300 nested elements, which the parser's default loses without a word, are read; 3000 are set aside and said."""

    def nested(n: int) -> bytes:
        return (
            PAGE.replace("<article>", "<article>" + "<div>" * n)
            .replace("</article>", "</div>" * n + "</article>")
            .encode()
        )

    readable = read_page(nested(300), "f", Defaults(), pages)
    assert isinstance(readable, Document)
    assert "on day 5" in readable.text
    refused = read_page(nested(3000), "f", Defaults(), pages)
    assert isinstance(refused, Quarantined)
    assert (refused.reason, "nested deeper" in refused.detail) == ("html_extraction", True)


def test_a_page_without_an_article_is_set_aside(pages: PageReader) -> None:
    """No text is a row, not an empty document."""
    item = read_page(b"<html><body></body></html>", "f", Defaults(), pages)
    assert isinstance(item, Quarantined)
    assert item.reason == "html_extraction"


def test_time_is_capped_and_the_next_page_is_read() -> None:
    """A page that takes too long costs its time limit and no other page."""
    slow = b"<html><body>" + b"<p>They met. </p>" * 200_000
    with PageReader(seconds=1.5) as reader:
        item = read_page(slow, "f", Defaults(), reader)
        assert isinstance(item, Quarantined)
        assert "no answer within 1.5 s" in item.detail
        reader.seconds = 60  # the next page's reader is a new process, which takes its time on a busy machine
        assert isinstance(read_page(PAGE.encode(), "f", Defaults(), reader), Document)


def test_memory_is_capped() -> None:
    """A page that needs more memory than allowed is set aside."""
    with PageReader(memory=150 * 2**20) as reader:
        item = read_page(b"<html><body>" + b"<p>They met. </p>" * 200_000, "f", Defaults(), reader)
    assert isinstance(item, Quarantined)
    assert item.reason == "html_extraction"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("", None),
        ('<meta name="date" content="2020">', None),
        ('<meta name="date" content="2020-07">', None),
        ('<meta name="date" content="2020/07/16">', "2020-07-16"),
        ('<script type="application/ld+json">{"datePublished": "2020-07-16T10:00:00+02:00"}</script>', "2020-07-16"),
        ('<meta itemprop="datePublished" content="2020-07-16">', "2020-07-16"),
    ],
)
def test_a_date_is_never_made_more_exact(pages: PageReader, head: str, published: str | None) -> None:
    """The day comes from metadata that state the day; a year or a month alone gives none."""
    page = pages.page(f"<html><head>{head}</head><body><article>{BODY}</article>© 2019</body></html>")
    assert page["published"] == published


def test_what_the_caller_says_wins(pages: PageReader) -> None:
    """A given outlet goes before the page's own name."""
    doc = read_page(PAGE.encode(), "f", Defaults(outlet="Other"), pages)
    assert isinstance(doc, Document)
    assert doc.outlet == "Other"
