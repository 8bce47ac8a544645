"""Signing in with the server's token, where it asks for one."""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from communique.web.security import COOKIE
from communique.web.settings import Settings

router = APIRouter()
WEEK = 7 * 24 * 3600


@router.get("/sign-in")
def ask(request: Request) -> HTMLResponse:
    """The form; it tells nothing of the record."""
    return form(request)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Keeps the right token in a cookie that no script can read and no other site can make the browser send."""
    settings: Settings = request.app.state.settings
    fields = parse_qs((await request.body()).decode("utf-8", "replace"))
    given = fields.get("token", [""])[0].strip()
    if settings.token is None or not secrets.compare_digest(given.encode(), settings.token.encode()):
        return form(request, "This is not the token.", 403)
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(COOKIE, given, max_age=WEEK, httponly=True, samesite="strict")
    return answer


def form(request: Request, words: str = "", code: int = 200) -> HTMLResponse:
    """The form with what was wrong."""
    template = request.app.state.templates.get_template("sign_in.html")
    return HTMLResponse(template.render(words=words), status_code=code)
