"""The application: pages, API and static files on one record, behind the guard."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from communique.errors import CodebookError, CommuniqueError, InputError, RecordError
from communique.store.asking import TimedOut
from communique.web import api
from communique.web.looking_ahead import look_ahead
from communique.web.pages import ROUTERS, review_api
from communique.web.reader import Reader
from communique.web.rendering import HOME, environment, render
from communique.web.security import Guard
from communique.web.settings import Settings

HEADINGS = {
    400: "This cannot be", 401: "A reviewer's token is needed", 404: "Not found", 405: "Not allowed",
    409: "Changed meanwhile", 503: "This takes too long",
}  # fmt: skip


def create_app(folder: str | Path, settings: Settings | None = None) -> FastAPI:
    """The Observatory on a record folder. Raises RecordError where there is no record.

    The guard is part of it: what is mounted by uvicorn or a test client passes the same checks.
    """
    chosen = settings or Settings()
    reader = Reader(Path(folder), chosen.seconds)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        threading.Thread(
            target=look_ahead, args=(reader, app.state.templates), name=look_ahead.__name__, daemon=True
        ).start()
        yield
        reader.close()

    app = FastAPI(
        title="communique Observatory", version=version("communique"), docs_url=None, redoc_url=None,
        openapi_url="/api/v1/openapi.json", lifespan=lifespan,
        description="The record as JSON: the same filters as on the pages, stable ids, an ETag on every answer.",
    )  # fmt: skip
    app.state.reader = reader
    app.state.settings = chosen
    app.state.templates = environment()
    app.mount("/static", StaticFiles(directory=str(HOME / "static")), name="static")
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
    app.include_router(api.router)
    app.include_router(review_api.router)
    app.add_exception_handler(CommuniqueError, told)
    app.add_exception_handler(HTTPException, refused)
    app.add_middleware(Guard, settings=chosen)
    return app


def status_of(error: CommuniqueError) -> int:
    """The status of an error that the library foresees."""
    if isinstance(error, TimedOut):
        return 503
    if isinstance(error, RecordError | CodebookError):
        return 404
    return 400 if isinstance(error, InputError) else 500


async def told(request: Request, error: Exception) -> Response:
    """The answer to a request that the library refuses, in its words."""
    assert isinstance(error, CommuniqueError)
    return failure(request, status_of(error), str(error))


async def refused(request: Request, error: Exception) -> Response:
    """The answer to a request for what is not there."""
    assert isinstance(error, HTTPException)
    words = f"no page {request.url.path}" if error.status_code == 404 else str(error.detail)
    return failure(request, error.status_code, words)


def failure(request: Request, status: int, words: str) -> Response:
    """An error as a page, or as JSON to the API."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": words}, status_code=status)
    heading = HEADINGS.get(status, "This did not work")
    refused = request.method == "POST" and request.url.path.startswith("/review/")
    back = page_before(request.headers.get("referer", "")) if refused else None
    return render(request, "failure.html", status, heading=heading, words=words, back=back)


def page_before(referer: str) -> str:
    """The path and query of the page from which a form was sent; the guard has seen that it is one of ours.

    >>> page_before("http://localhost:8321/review/add?doc=a"), page_before("")
    ('/review/add?doc=a', '/review')
    """
    parts = urlsplit(referer)
    path = parts.path if parts.path.startswith("/review") else "/review"
    return f"{path}?{parts.query}" if parts.query else path
