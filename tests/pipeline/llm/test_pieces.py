"""Long documents in pieces."""

from hypothesis import given
from hypothesis import strategies as st

from communique.pipeline.llm.pieces import Piece, halves, pieces_of

TEXTS = st.text(alphabet="ab. \n—é", max_size=600)


@given(TEXTS, st.integers(20, 200), st.integers(0, 3))
def test_pieces_cover_the_text_and_stay_short(text, longest, overlap):
    """Every character but line breaks at the start lies in a piece; no piece is longer than asked; each goes on."""
    pieces = pieces_of(text, longest, overlap)
    covered = {i for p in pieces for i in range(p.start, p.end)}
    assert {i for i, c in enumerate(text) if c != "\n"} <= covered
    assert all(0 < len(p.of(text)) <= longest or p.of(text).strip("\n") != p.of(text) for p in pieces)
    assert [p.end for p in pieces] == sorted({p.end for p in pieces})


def test_neighbours_share_paragraphs():
    """The last paragraphs of a piece begin the next one."""
    text = "\n\n".join(f"Paragraph {n} tells of the ships." for n in range(12))
    first, second, *_ = pieces_of(text, 200, 1)
    assert second.start < first.end
    assert second.of(text).startswith("Paragraph")


def test_a_short_text_is_one_piece():
    """What fits is not cut."""
    assert pieces_of("One.\n\nTwo.", 100, 2) == [Piece(0, 10)]


def test_halves_are_shorter_and_cover_the_piece():
    """A piece that is too long for the model comes in shorter ones; a tiny one is not cut."""
    text = "x" * 50 + "\n\n" + "\n\n".join("The frigate sailed to Suva again." for _ in range(30))
    parts = halves(Piece(52, len(text)), text, 1)
    assert len(parts) >= 2
    assert (parts[0].start, parts[-1].end) == (52, len(text))
    assert halves(Piece(0, 40), text, 1) == [Piece(0, 40)]
