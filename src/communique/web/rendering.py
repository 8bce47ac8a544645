"""Templates with what all pages share: everything is escaped, and a name that a page was not given is an error."""

from __future__ import annotations

from importlib.resources import files
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from communique.export.phrases import detail_phrase
from communique.records import Report
from communique.text import content_hash
from communique.web import wording
from communique.web.address import Address, pages_around
from communique.web.links import official_path
from communique.web.reader import Reader

PLACES = (
    ("/", "Overview"), ("/explore", "Explore"), ("/countries", "Countries"), ("/officials", "Officials"),
    ("/exercises", "Exercises"), ("/agreements", "Agreements"), ("/transfers", "Transfers"),
    ("/documents", "Documents"), ("/review", "Review"), ("/codebook", "Codebook"),
)  # fmt: skip
"""The pages of the bar at the top, in their order."""
HOME = files("communique.web")


def environment() -> Environment:
    """The templates' surroundings."""
    made = Environment(
        loader=FileSystemLoader(str(HOME / "templates")), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals |= {
        "w": wording, "places": PLACES, "pages_around": pages_around, "static": static, "Address": Address,
        "signing_in": signing_in, "official": official_path, "details": details,
        "explore": lambda **chosen: Address.of(pairs_of(chosen)).link(),
    }  # fmt: skip
    made.filters["host"] = host
    made.filters["thousands"] = lambda number: f"{number:,}"
    return made


def details(report: Report) -> list[tuple[str, str]]:
    """Names and values of the details that a report tells."""
    found = [(name, detail_phrase(value)) for name, value in (report.details or {}).items() if value]
    return [(name, told) for name, told in found if told.strip(" ,")]


def host(name: str) -> str:
    """The host of an address, another name as it is.

    >>> host("https://www.example.org/news/1"), host("Dawn")
    ('example.org', 'Dawn')
    """
    return (urlsplit(name).hostname or name).removeprefix("www.") if "://" in name else name


def pairs_of(chosen: dict[str, Any]) -> list[tuple[str, str]]:
    """Keyword arguments as pairs of a query string; lists give one pair for each value."""
    return [
        (name, str(one))
        for name, value in chosen.items()
        for one in (value if isinstance(value, list | tuple) else [value])
    ]


def static(name: str) -> str:
    """The address of a static file, which changes when the file does."""
    path = HOME / "static" / name
    return f"/static/{name}?v={content_hash(path.read_bytes().decode('utf-8', 'replace'))[:8]}"


def signing_in(request: Request) -> str:
    """Where a reviewer signs in and is led back to the page that asks."""
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return "/review/sign-in?" + urlencode({"back": back})


def reader_of(request: Request) -> Reader:
    """The record of the application that a request came to."""
    found: Reader = request.app.state.reader
    return found


def render(request: Request, template: str, code: int = 200, /, **context: Any) -> HTMLResponse:
    """The page of a template."""
    page = request.app.state.templates.get_template(template)
    told = {"request": request, "record_name": reader_of(request).name, "here": request.url.path, **context}
    return HTMLResponse(page.render(told), status_code=code)
