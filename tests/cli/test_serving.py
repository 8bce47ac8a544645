"""The command that serves a record checks what it is given before anything listens."""

import socket

import pytest
from typer.testing import CliRunner

from communique.cli import app
from communique.store import Record


@pytest.fixture
def folder(tmp_path):
    Record.create(tmp_path / "record").close()
    return tmp_path / "record"


def run(*args):
    return CliRunner().invoke(app, ["serve", *map(str, args)])


def test_beyond_this_machine_it_needs_a_token(folder):
    result = run("--record", folder, "--host", "0.0.0.0", "--port", 0)
    assert result.exit_code == 2
    assert "--token" in result.stderr


def test_without_a_record_it_says_how_to_make_one(tmp_path):
    result = run("--record", tmp_path / "none")
    assert result.exit_code == 2
    assert "communique add" in result.stderr


def test_a_port_that_is_taken_is_named(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("--record", folder, "--port", port)
    assert result.exit_code == 2
    assert f"port {port}" in result.stderr


def test_it_serves_until_it_is_stopped(folder, monkeypatch):
    """The application is handed to the server with a socket that is bound to the address told."""
    import uvicorn

    seen = {}

    def served(self, sockets):
        seen["at"] = sockets[0].getsockname()
        seen["app"] = self.config.app

    monkeypatch.setattr(uvicorn.Server, "run", served)
    result = run("--record", folder, "--port", 0)
    assert result.exit_code == 0, result.output
    assert seen["at"][0] == "127.0.0.1"
    assert f"http://127.0.0.1:{seen['at'][1]}/" in result.stderr
