"""Who may write, and the record opened for one change: what the pages and the API of review share."""

from __future__ import annotations

from collections.abc import Callable, Collection
from http.cookies import CookieError, SimpleCookie
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from fastapi import HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from communique.review.reviewers import reviewer_of
from communique.store import Record
from communique.web.rendering import reader_of

COOKIE = "communique_reviewer"
HEADER = "x-reviewer-token"
NEEDED = "writing needs a reviewer's token; `communique reviewer add NAME --record DIR` gives one"
MONTH = 30 * 24 * 3600
Answer = TypeVar("Answer")
Form = list[tuple[str, str]]


def token_of(request: Request) -> str | None:
    """The reviewer's token in the header, as Bearer, or in the cookie."""
    own = request.headers.get(HEADER)
    if own:
        return own.strip()
    told = request.headers.get("authorization", "")
    server = request.app.state.settings.token
    if told.startswith("Bearer ") and told[7:].strip() != server:
        return told[7:].strip()
    try:
        morsel = SimpleCookie(request.headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel is not None else None


def reviewer(request: Request) -> str | None:
    """The name of the reviewer who asks, None for a reader."""
    return reviewer_of(reader_of(request).people_of, token_of(request))


def needed(request: Request) -> str:
    """The name of the reviewer; answers 401 where there is none."""
    name = reviewer(request)
    if name is None:
        raise HTTPException(401, NEEDED)
    return name


def written(
    request: Request, change: Callable[[Record], Answer], about: Collection[str] = (), asking: bool = False
) -> Answer:
    """What a change gives: the record is opened for writing for it alone, by the library's own functions.

    `about` are the ids of documents that it speaks of; `asking` where it asks what is in the record (see
    `Reader.writing`).
    """
    with reader_of(request).writing(about, asking) as record:
        return change(record)


async def writing(request: Request, change: Callable[[Record], Answer]) -> Answer:
    """The same from a handler that waits for a body: other requests are answered meanwhile."""
    return await run_in_threadpool(written, request, change)


async def form_of(request: Request) -> Form:
    """The fields of a posted form in their order, empty ones too; offsets in a text count on newlines being \\n."""
    body = (await request.body()).decode("utf-8", "replace")
    return [(name, value.replace("\r\n", "\n")) for name, value in parse_qsl(body, keep_blank_values=True)]


def first(form: Form, name: str, usual: str = "") -> str:
    """The first value of a field."""
    return next((value for key, value in form if key == name), usual)


def go(path: str, **told: str | None) -> Response:
    """Sends the browser to a page of ours after a change."""
    query = urlencode({name: value for name, value in told.items() if value})
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        path = "/review"
    join = "&" if "?" in path else "?"
    return RedirectResponse(f"{path}{join}{query}" if query else path, status_code=303)
