"""Runs the application in this process until it is stopped."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from communique.errors import InputError
from communique.web.app import create_app
from communique.web.settings import Settings


def serve_record(folder: Path, settings: Settings, *, open_browser: bool, say: Callable[[str], None]) -> None:
    """Serves the record until Ctrl-C. Raises RecordError without a record, InputError where it cannot listen."""
    app = create_app(folder, settings)
    with bound(settings) as listening:
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        address = f"http://{host}:{listening.getsockname()[1]}/"
        say(f"{folder}: {address} (Ctrl-C ends it)")
        if open_browser:
            webbrowser.open(address)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, date_header=True, proxy_headers=False,
            limit_concurrency=200, timeout_keep_alive=30,
        )  # fmt: skip
        uvicorn.Server(config).run(sockets=[listening])


def bound(settings: Settings) -> socket.socket:
    """A socket that is bound to the address; InputError where it is taken or not ours.

    Named as TCP, so that the server sends the end of an answer without the 40 ms that it would wait otherwise.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((settings.host, settings.port))
    except OSError as error:
        made.close()
        raise InputError(
            f"cannot listen on {settings.host} port {settings.port}: {error.strerror}; choose another --port"
        ) from error
    return made
