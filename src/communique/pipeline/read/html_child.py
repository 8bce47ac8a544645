"""Takes pages from standard input and writes their main text to standard output, one JSON line each.

It is a child process and imports nothing of communique: a hostile page may eat time and memory without end,
so the parent caps both. Each answer is {"text", "title", "byline", "outlet", "published", "url"} or {"error"}.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

# libxml2 drops what is nested deeper than 255 elements without a word; with huge_tree the limit is 2048, and logged.
TOO_DEEP = "ERR_RESOURCE_LIMIT"
# Where pages state their day, the surest first.
DATE_KEYS = [
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "article.published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "citation_publication_date",
    "citation_date",
    "originalpublicationdate",
    "date",
]
DATE_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
DAY = re.compile(r"((?:19|20)\d\d([-/])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01]))(?!\d)")
WAY_OUT = "save its text and read that"


def main(memory: int) -> None:
    """Answers until standard input ends."""
    limit_memory(memory)
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not break the protocol
    for line in sys.stdin.buffer:
        try:
            answer = extracted(json.loads(line)["html"])
        except MemoryError:
            answer = {"error": f"the page needs more than {memory // 2**20} MB; {WAY_OUT}"}
        except RecursionError:
            answer = {"error": f"the page is nested too deeply to be read; {WAY_OUT}"}
        except Exception as broken:  # whatever a page does to the parser is said of that page; the next one is read
            answer = {"error": f"the page broke the parser ({type(broken).__name__}: {broken}); {WAY_OUT}"}
        answers.write(json.dumps(answer).encode("ascii") + b"\n")
        answers.flush()


def limit_memory(memory: int) -> None:
    """Caps this process's address space, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows: there the time limit alone protects
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def extracted(html: str) -> dict[str, Any]:
    """The page's main text and metadata."""
    from lxml import etree  # type: ignore[import-untyped,unused-ignore]
    from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped,unused-ignore]
    from trafilatura import bare_extraction

    parser = HTMLParser(huge_tree=True, remove_comments=True, encoding="utf-8")
    try:
        tree = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as broken:
        return {"error": f"no page in it: {broken}"}
    if any(entry.type_name == TOO_DEEP for entry in parser.error_log):
        return {"error": f"nested deeper than 2048 elements, and the parser loses what is deeper; {WAY_OUT}"}
    published = stated_date(tree)  # before the extraction, which takes the tree apart
    page = bare_extraction(
        tree,
        include_comments=False,
        include_images=False,
        with_metadata=True,
    )
    if page is None or isinstance(page, dict) or not (page.text or "").strip():
        return {"error": f"no article text was found in the page; {WAY_OUT}"}
    return {
        "text": page.text,
        "title": page.title,
        "byline": page.author,
        "outlet": page.sitename,
        "published": published,
        "url": page.url,
    }


def stated_date(tree: Any) -> str | None:
    """The publication date that the page's metadata state to the day, as YYYY-MM-DD, or None.

    Date finders that guess are not asked: of "2020-07" they make a day in July.
    """
    named = {key.lower(): value for meta in tree.iter("meta") for key, value in meta_pairs(meta)}
    values = [named[key] for key in DATE_KEYS if key in named]
    values += [e.get("content") or e.get("datetime") or "" for e in tree.xpath("//*[@itemprop='datePublished']")]
    values += DATE_PUBLISHED.findall(" ".join(tree.xpath("//script[@type='application/ld+json']/text()")))
    values += [str(value) for value in tree.xpath("//time[@pubdate]/@datetime | //article//time/@datetime")]
    days = [match.group(1).replace("/", "-") for value in values if (match := DAY.match(value.strip())) is not None]
    return days[0] if days else None


def meta_pairs(meta: Any) -> list[tuple[str, str]]:
    """The names that a meta element bears, each with its content."""
    return [(meta.get(a), meta.get("content") or "") for a in ("property", "name") if meta.get(a)]


if __name__ == "__main__":
    main(int(sys.argv[1]))
