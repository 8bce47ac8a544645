"""What every request passes before a page sees it, and the headers that every answer bears.

Pure ASGI, so that nothing is buffered: host allow-list, token, origin check on writes, caps on address and body.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from communique.web.settings import Settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "communique_token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_ADDRESS = 8_000
SIGN_IN = "this server asks for its token: sign in at /sign-in, or send Authorization: Bearer TOKEN"
OPEN_PATHS = ("/static/", "/sign-in")
"""Paths that are answered without the token: they hold nothing of the record."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class TooLarge(Exception):
    """The body of a request is longer than allowed."""


class Guard:
    """The application behind its checks."""

    def __init__(self, app: App, settings: Settings) -> None:
        """The application to guard, and what is allowed."""
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request that is refused itself; passes the others on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refused = self.refusal(scope, headers)
        if refused == (401, SIGN_IN) and scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
            await answer(send, 303, SIGN_IN, [(b"location", b"/sign-in")])
            return
        if refused is not None:
            await answer(send, *refused)
            return
        await self.pass_on(scope, receive, send)

    def refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        """Status and words of a refusal, None for a request that may pass."""
        host = host_of(headers.get("host", ""))
        if host not in self.settings.allowed_hosts:
            return 421, f"{host or 'no host'} is no name of this server; start it with --allow-host to add one"
        if len(scope["path"]) + len(scope.get("query_string", b"")) > LONGEST_ADDRESS:
            return 414, f"the address is longer than {LONGEST_ADDRESS} characters; choose fewer values"
        told = headers.get("content-length", "0")
        if not told.isdigit() or int(told) > self.settings.body:
            return 413, f"the body is longer than {self.settings.body:,} bytes"
        if scope["method"] not in SAFE and not same_origin(headers):
            return 403, "this request was sent by another site and was refused"
        if not self.known(scope["path"], headers):
            return 401, SIGN_IN
        return None

    def known(self, path: str, headers: dict[str, str]) -> bool:
        """Whether the request bears the token, where one is asked for."""
        token = self.settings.token
        if token is None or path.startswith(OPEN_PATHS):
            return True
        given = headers.get("authorization", "").removeprefix("Bearer ").strip() or cookie_of(headers)
        return secrets.compare_digest(given.encode("utf-8"), token.encode("utf-8"))

    async def pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Runs the application with a counted body, and adds the headers to its answer."""
        read, begun = 0, False

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.settings.body:
                raise TooLarge
            return message

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = with_headers(message.get("headers", []))
            await send(message)

        try:
            await self.app(scope, counted, guarded)
        except TooLarge:
            if not begun:
                await answer(send, 413, f"the body is longer than {self.settings.body:,} bytes")


def host_of(told: str) -> str:
    """The name in a Host header, without its port.

    >>> host_of("LOCALHOST:8321"), host_of("[::1]:80"), host_of("evil.example")
    ('localhost', '[::1]', 'evil.example')
    """
    told = told.strip().lower()
    if told.startswith("["):
        return told.partition("]")[0] + "]"
    return told.partition(":")[0]


def same_origin(headers: dict[str, str]) -> bool:
    """Whether a write comes from one of our own pages, or from a program that bears a token of its own accord.

    Browsers tell where a write comes from; a request that tells nothing is let through only with an Authorization
    header, which no foreign page can make a browser send.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    if origin is not None:
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
    return site is not None or "authorization" in headers


def cookie_of(headers: dict[str, str]) -> str:
    """The token in the cookie, empty for none."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except Exception:  # a cookie that cannot be read is none
        return ""
    return morsel.value if morsel is not None else ""


def with_headers(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with ours; nothing of a record is kept by caches other than the browser's own."""
    names = {name.lower() for name, _ in headers}
    own = [(name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in names]
    if b"cache-control" not in names:
        own.append((b"cache-control", b"private, no-cache"))
    return [*headers, *own]


async def answer(send: Send, status: int, words: str, more: list[tuple[bytes, bytes]] | None = None) -> None:
    """Sends a refusal in plain text."""
    body = f"{words}\n".encode()
    headers = with_headers([
        (b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), *(more or []),
    ])  # fmt: skip
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
