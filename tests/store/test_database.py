"""Changes wait for each other, and those that a person waits for go ahead."""

import threading

import pytest

from communique.errors import RecordError
from communique.store import database
from communique.store.database import connect, transaction


@pytest.fixture
def path(record):
    return record.folder / database.FILE


def test_a_prompt_change_begins_when_the_other_ends(path):
    """It waits for a transaction that is open in another connection, is written, and the usual waiting holds again."""
    first, second, order = connect(path), connect(path), []
    opened = threading.Event()

    def hold():
        with transaction(first):
            opened.set()
            threading.Event().wait(0.2)
            order.append("first")

    holding = threading.Thread(target=hold)
    holding.start()
    opened.wait()
    with transaction(second, prompt=True):
        order.append("second")
        second.execute("INSERT INTO meta VALUES ('told', 'once')")
    holding.join()
    assert order == ["first", "second"]
    assert first.execute("SELECT value FROM meta WHERE key = 'told'").fetchall() == [("once",)]
    assert second.execute("PRAGMA busy_timeout").fetchone() == (1000 * database.BUSY_SECONDS,)


def test_a_prompt_change_gives_up_in_plain_words(path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    first, second = connect(path), connect(path)
    with transaction(first), pytest.raises(RecordError, match="is being written by another process"):  # noqa: SIM117
        with transaction(second, prompt=True):
            raise AssertionError("two write at once")


def test_what_fails_within_a_prompt_change_is_not_written(path):
    connection = connect(path)
    twice = "INSERT INTO meta VALUES ('a', 'b'), ('a', 'c')"
    with pytest.raises(RecordError, match="refused"), transaction(connection, prompt=True):
        connection.execute(twice)
    assert connection.execute("SELECT count(*) FROM meta WHERE key = 'a'").fetchone() == (0,)
