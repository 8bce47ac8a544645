"""The reader reads sentences as it was trained to, and refuses files that are not its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pytest

from communique.errors import ModelError
from communique.pipeline.drafts import Mention, Reading
from communique.pipeline.learned import load_reader
from communique.pipeline.learned.pieces import pieces_of
from communique.pipeline.learned.reader import checked, gelu, softmax
from communique.pipeline.run import Coder, to_read
from communique.records import Document

TEXT = "Norway and Tonga sign pact\n\nThe defence ministers of Norway and Tonga signed an agreement in Oslo on Monday."


@pytest.fixture(scope="module")
def read(coder: Coder, document: Callable[..., Document]) -> tuple[str, Sequence[Mention], Reading]:
    """The second sentence of TEXT: its text, its mentions and its reading."""
    parsed, page, dates = coder.page_of(document(TEXT))
    mentions, marked = to_read(page, dates)
    return TEXT, mentions[1], load_reader().read(parsed.sentences, mentions, marked)[1]


def test_the_trigger_is_found(read: tuple[str, Sequence[Mention], Reading]) -> None:
    """Of all types and words the reader thinks most of the agreement that "signed" or "agreement" tells."""
    _, _, reading = read
    best = max(reading.triggers, key=lambda kind: float(reading.triggers[kind].max()))
    assert best == "agreement"
    assert float(reading.triggers["agreement"].max()) > 0


def test_the_parties_are_found(read: tuple[str, Sequence[Mention], Reading]) -> None:
    """Both states are parties, and the shares of a mention's roles sum to one."""
    _, mentions, reading = read
    roles = reading.roles_at(int(reading.triggers["agreement"].argmax()), "agreement")
    codes = {c for m in mentions for c in m.codes if roles[m.start, m.end]["party"] > 0.5}
    assert codes == {"NOR", "TON"}
    assert all(sum(by_role.values()) == pytest.approx(1, abs=1e-4) for by_role in roles.values())


def test_a_word_that_is_not_read_tells_nothing(read: tuple[str, Sequence[Mention], Reading]) -> None:
    """Outside the sentence the log odds are the lowest there are."""
    assert read[2].tells(10_000, "visit") == -8.0


def test_words_slice_the_document(coder: Coder, document: Callable[..., Document]) -> None:
    """The offsets of the pieces' words give back the words, and each mention reaches over its own."""
    parsed, page, _ = coder.page_of(document(TEXT))
    for sentence in parsed.sentences:
        mentions = page.mentions.of(sentence.index)
        pieces = pieces_of(sentence, mentions)
        assert [TEXT[a:b] for a, b in pieces.words] == list(pieces.texts)
        assert len(pieces.ids) == len(pieces.kinds) == len(pieces.shapes)
        assert all(span is not None and span[0] <= span[1] for span in pieces.mentions)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    """A model of other bytes is not loaded; the message names the file and the way out."""
    with as_file(files("communique.pipeline.learned").joinpath("data")) as folder:
        shutil.copytree(folder, tmp_path / "data")
    held = checked(tmp_path / "data")
    assert sum(map(len, held.values())) < 40_000_000
    (tmp_path / "data" / "heads.npz").write_bytes(held["heads.npz"][:-1])
    with pytest.raises(ModelError, match=r"heads\.npz.*--model rules"):
        checked(tmp_path / "data")


def test_small_functions() -> None:
    """softmax gives shares; gelu is nought at nought and the line far to the right."""
    assert softmax(np.array([[0.0, 0.0]], dtype=np.float32)).tolist() == [[0.5, 0.5]]
    assert gelu(np.array([0.0, 10.0], dtype=np.float32)).tolist() == pytest.approx([0.0, 10.0])
