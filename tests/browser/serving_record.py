"""A server of the Observatory in this process."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from communique.web import Settings, create_app
from communique.web.serving import bound


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server on a record, in a thread of its own."""
    with bound(Settings(port=0)) as listening:
        app = create_app(folder, Settings(port=listening.getsockname()[1], seconds=120))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server ended before it began"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)
