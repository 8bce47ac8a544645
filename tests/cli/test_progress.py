"""How many documents the bar expects."""

from communique.cli.progress import Screen, count_inputs


def test_counts_lines_and_files(tmp_path):
    """A JSON Lines file counts its lines and any other file one; what must be unpacked first is not counted."""
    (tmp_path / "a.jsonl").write_text("{}\n{}\n")
    (tmp_path / "b.txt").write_text("x\ny\n")
    assert count_inputs([str(tmp_path)]) == 3
    assert count_inputs([str(tmp_path / "a.jsonl")]) == 2
    (tmp_path / "c.txt.gz").write_bytes(b"")
    assert count_inputs([str(tmp_path)]) is None
    assert count_inputs(["-"]) is None


def test_following_passes_every_item_on():
    """The bar changes nothing about what passes through it."""
    assert list(Screen(quiet=True).following(range(5), "x", 2)) == [0, 1, 2, 3, 4]
