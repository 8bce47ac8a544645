"""Every file, line and item of the inputs becomes a document or a row with its reason, in a fixed order."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.errors import InputError
from communique.pipeline.read import read
from communique.records import Document, Quarantined

STORY = "Ministers meet\n\nThe ministers met in Cairo."
LINE = json.dumps({"id": "a", "title": "Ministers meet", "text": STORY}).encode()


def summary(items: object) -> list[str]:
    return [i.reason if isinstance(i, Quarantined) else "doc" for i in items]  # type: ignore[attr-defined]


def test_a_missing_path_stops_at_once() -> None:
    """The error comes from the call, not from the first document, and names the path."""
    with pytest.raises(InputError, match="no-such-file"):
        read(["no-such-file.txt"])
    with pytest.raises(InputError, match="nothing to read"):
        read([])


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", STORY.encode(), ["doc"]),
        ("a.txt", STORY.encode("utf-16"), ["doc"]),
        ("a.txt", b"", ["empty"]),
        ("a.txt", b" \n ", ["empty"]),
        ("a.txt", b"%PDF-1.4 ...", ["binary"]),
        ("a.html", b"\x89PNG\r\n\x1a\n", ["binary"]),
        ("a.jsonl", LINE + b"\n\nbroken\n" + LINE.replace(b'"a"', b'"b"'), ["doc", "json", "doc"]),
        ("a.jsonl", b"\xef\xbb\xbf" + LINE, ["doc"]),
        ("a.jsonl", LINE.decode().encode("utf-16"), ["doc"]),
        ("a.jsonl.gz", gzip.compress(LINE), ["doc"]),
        ("a.txt.gz", gzip.compress(STORY.encode()), ["doc"]),
        ("a.jsonl.gz", gzip.compress(os.urandom(90_000).hex().encode())[:60_000], ["unreadable"]),
        ("a.jsonl.gz", b"no archive", ["unreadable"]),
        ("a.json", b"[" + LINE + b"]", ["doc"]),
        ("a.json", LINE, ["doc"]),
        ("a.json", LINE + b"\n" + LINE.replace(b'"a"', b'"b"'), ["doc", "doc"]),
        ("a.ndjson", LINE, ["doc"]),
        ("noextension", LINE, ["doc"]),
        ("noextension", STORY.encode(), ["doc"]),
        ("noextension", b"[" + LINE + b"]", ["doc"]),
        ("a.jsonl", b'{"text": "' + b"x" * 10_000_000 + b'"}', ["too_large"]),
        ("a.jsonl", b"\n" * 70_000 + LINE + b"\n{", ["doc", "json"]),
        ("a.jsonl.gz", gzip.compress(LINE * 50, 0)[:9] + b"\xff\xff\xff" * 50, ["unreadable"]),
        ("a.csv", b"text\nx", ["format"]),
        ("a.txt", b"x" * 10_000_000, ["too_large"]),
        ("a.jsonl", b"x" * 10_000_000, ["json"]),
    ],
)
def test_each_kind_of_file(tmp_path: Path, name: str, data: bytes, expected: list[str]) -> None:
    """The kind is told by the extension, else by the first bytes; nothing raises."""
    (tmp_path / name).write_bytes(data)
    assert summary(read([tmp_path / name])) == expected


def test_truncated_archives_keep_what_came_before(tmp_path: Path) -> None:
    """The lines before the damage are documents, and the damage is a row."""
    lines = b"".join(json.dumps({"text": f"Talks {n}. {os.urandom(200).hex()}"}).encode() + b"\n" for n in range(900))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-100_000])
    got = summary(read([tmp_path / "a.jsonl.gz"]))
    assert got.count("doc") > 100
    assert got[-1] == "unreadable"


def test_folders_are_walked_in_order_and_counted(tmp_path: Path) -> None:
    """Each file that is not hidden gives at least one item, in order of names, the same each time."""
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.txt", "b/m.txt", ".hidden"):
        (tmp_path / name).write_text(f"{STORY} {name}", "utf-8")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "broken-link").symlink_to(tmp_path / "gone")
    first, second = list(read([tmp_path])), list(read([tmp_path]))
    assert [Path(i.source or "").name for i in first] == ["a.txt", "broken-link", "pipe", "z.txt", "m.txt"]
    assert summary(first) == ["doc", "unreadable", "unreadable", "doc", "doc"]
    assert first == second


def test_linked_folders_are_said(tmp_path: Path) -> None:
    """A link to a folder is not followed, since it may lead in a circle, and that is a row."""
    (tmp_path / "loop").symlink_to(tmp_path)
    assert summary(read([tmp_path])) == ["unreadable"]


def test_zstd_archives_are_read(tmp_path: Path) -> None:
    """A .zst file is unpacked; a damaged one is a row."""
    zstandard = pytest.importorskip("zstandard")
    packed = zstandard.compress(LINE)
    (tmp_path / "a.jsonl.zst").write_bytes(packed)
    (tmp_path / "b.jsonl.zst").write_bytes(packed[:8] + b"\xff" * 20)
    assert summary(read([tmp_path])) == ["doc", "unreadable"]


def test_line_numbers_count_blank_lines(tmp_path: Path) -> None:
    """A bad line is named by its number in the file."""
    (tmp_path / "a.jsonl").write_bytes(b"\n" * 70_000 + b"{")
    (item,) = read([tmp_path])
    assert item.source is not None
    assert item.source.endswith("a.jsonl:70001")


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    """A folder without files is one row."""
    assert summary(read([tmp_path])) == ["empty"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_forbidden_file_is_set_aside(tmp_path: Path) -> None:
    """A file without permission is one row and stops nothing."""
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "a.txt").chmod(0)
    assert summary(read([tmp_path])) == ["unreadable"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [(LINE, ["doc"]), (STORY.encode(), ["doc"]), (b"", ["empty"]), (b"  " + LINE + b"\nx", ["doc", "json"])],
)
def test_standard_input_is_sniffed(data: bytes, expected: list[str]) -> None:
    """ "-" reads JSON Lines where the first character is a brace, else text."""
    assert summary(read(["-"], stdin=io.BytesIO(data))) == expected


def test_a_document_given_twice_is_counted_once(tmp_path: Path) -> None:
    """The second of the same id is a row that names the first, whether the text is the same or not."""
    (tmp_path / "a.jsonl").write_bytes(LINE + b"\n" + LINE.replace(b"Cairo", b"Rome") + b"\n" + LINE)
    items = list(read([tmp_path / "a.jsonl"]))
    assert summary(items) == ["doc", "duplicate", "duplicate"]
    assert "another text" in items[1].detail  # type: ignore[union-attr]
    assert "the same text" in items[2].detail  # type: ignore[union-attr]


def test_defaults_fill_only_what_is_lacking(tmp_path: Path) -> None:
    """Outlet, date and language given to read() are for documents that do not say theirs."""
    import datetime as dt

    lines = [{"text": "x"}, {"text": "y", "outlet": "Own", "published": "2020-01-01", "lang": "fr"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    one, two = read([tmp_path / "a.jsonl"], outlet="Given", published=dt.date(2021, 1, 1), lang="en")
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert (one.outlet, one.published, one.lang) == ("Given", dt.date(2021, 1, 1), "en")
    assert (two.outlet, two.published, two.lang) == ("Own", dt.date(2020, 1, 1), "fr")


def test_notes_go_where_the_caller_wants(tmp_path: Path) -> None:
    """Unused keys reach the `note` that was given."""
    (tmp_path / "a.jsonl").write_bytes(LINE.replace(b'"id"', b'"events": [], "id"'))
    notes: list[str] = []
    note: Callable[[str], None] = notes.append
    list(read([tmp_path / "a.jsonl"], note=note))
    assert len(notes) == 1
    assert "events" in notes[0]
