"""The reader reads windows of sentences as it was trained to, and refuses files that are not its own."""

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
from communique.pipeline.learned.pieces import WINDOW, windows_of
from communique.pipeline.learned.reader import TAKEN, checked, gelu, softmax
from communique.pipeline.run import Coder
from communique.records import Document

TEXT = "Norway and Tonga sign pact\n\nThe defence ministers of Norway and Tonga signed an agreement in Oslo on Monday."


@pytest.fixture(scope="module")
def read(coder: Coder, document: Callable[..., Document]) -> tuple[str, Sequence[Mention], Reading]:
    """The second sentence of TEXT: its text, its mentions and its reading."""
    parsed, page, dates = coder.page_of(document(TEXT))
    mentions, marked, hints = coder.to_read(parsed, page, dates)
    return TEXT, mentions[1], load_reader().read(parsed.sentences, mentions, marked, hints)[1]


def surest(reading: Reading, kind: str) -> int:
    """The row of the word that is most likely to tell an event of a type."""
    return max(range(len(reading.triggers[kind])), key=reading.triggers[kind].__getitem__)


def test_the_trigger_is_found(read: tuple[str, Sequence[Mention], Reading]) -> None:
    """Of all types and words the reader thinks most of the agreement that "signed" or "agreement" tells."""
    _, _, reading = read
    best = max(reading.triggers, key=lambda kind: max(reading.triggers[kind]))
    assert best == "agreement"
    assert max(reading.triggers["agreement"]) > 0


def test_the_parties_are_found(read: tuple[str, Sequence[Mention], Reading]) -> None:
    """Both states are parties; no share of allowed roles passes that of taking part, nor one role's that of all."""
    _, mentions, reading = read
    parts = reading.roles_at(surest(reading, "agreement"), "agreement", {"party", "host"})
    codes = {c for m in mentions for c in m.codes if parts[m.start, m.end].role == "party"}
    assert codes == {"NOR", "TON"}
    assert all(0 <= p.share <= p.fitting <= p.party + 1e-4 <= 1 + 2e-4 for p in parts.values())


def test_words_asked_together_are_read_as_if_alone(coder: Coder, document: Callable[..., Document]) -> None:
    """Asking some words of a sentence at once gives each the same parts, dates and places as asking it alone."""
    parsed, page, dates = coder.page_of(document(TEXT))
    alone, together = (load_reader().read(parsed.sentences, *coder.to_read(parsed, page, dates))[1] for _ in range(2))
    wanted = [(row, kind) for row in (3, 7) for kind in ("agreement", "meeting")]
    together.ask(wanted)
    for row, kind in wanted:
        one, other = (reading.roles_at(row, kind, {"party", "host"}) for reading in (alone, together))
        assert {span: part.role for span, part in one.items()} == {span: part.role for span, part in other.items()}
        assert [p.fitting for p in one.values()] == pytest.approx([p.fitting for p in other.values()], abs=1e-5)
        assert alone.marks_at(row, kind) == pytest.approx(together.marks_at(row, kind), abs=1e-5)


def test_a_word_that_is_not_read_tells_nothing(read: tuple[str, Sequence[Mention], Reading]) -> None:
    """Outside the sentence the log odds are the lowest there are."""
    assert read[2].tells(10_000, "visit") == -8.0


def test_a_date_and_a_place_are_the_events_own(read: tuple[str, Sequence[Mention], Reading]) -> None:
    """The date and the town of the sentence belong to the signing, the names of the parties do not."""
    text, _, reading = read
    marks = reading.marks_at(surest(reading, "agreement"), "agreement")
    assert {text[a:b] for (a, b, _), share in marks.items() if share > 0.5} == {"on Monday", "Oslo"}


def test_a_headline_and_its_sentence_tell_one_event(coder: Coder, document: Callable[..., Document]) -> None:
    """ "sign" in the headline and "signed" below it are read together and taken for one event."""
    parsed, page, dates = coder.page_of(document(TEXT))
    readings = load_reader().read(parsed.sentences, *coder.to_read(parsed, page, dates))
    verbs = [next(t.i for t in s.tokens if t.lower_ in ("sign", "signed")) for s in parsed.sentences]
    odds, unread = readings[1].same_at(readings[1].words[verbs[1]], "agreement", [(0, verbs[0]), (7, 0)])
    assert odds is not None
    assert odds > 0
    assert unread is None


def test_windows_read_every_word_once(coder: Coder, document: Callable[..., Document]) -> None:
    """However long a text, its windows read each word once, and words and extents slice the document."""
    text = TEXT + "".join(
        f" On {day} May the two ministers met again in Oslo." for day in [*range(1, 31), *range(1, 31)]
    )
    parsed, page, dates = coder.page_of(document(text))
    mentions, marked, hints = coder.to_read(parsed, page, dates)
    windows = list(windows_of(parsed.sentences, mentions, marked, hints))
    assert len(windows) > 1
    read = [word for window in windows for word in window.words]
    told = [(s.begin_of(t), s.end_of(t)) for s in parsed.sentences for t in s.tokens if not t.is_space]
    assert read == told
    names = {(m.start, m.end) for held in mentions.values() for m in held}
    for window in windows:
        assert {len(getattr(window, name)) for name in TAKEN} == {len(window.ids)}
        assert len(window.ids) <= WINDOW
        assert all(0 < e.first <= e.last < len(window.ids) for e in window.extents)
        assert all((e.start, e.end) in names for e in window.extents if e.what not in ("date", "place"))


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


def test_a_text_that_names_nobody_is_read(coder: Coder, document: Callable[..., Document]) -> None:
    """Without a mention, a date or a place a word has no parties, and nothing fails."""
    parsed, page, dates = coder.page_of(document("They signed it and met again."))
    reading = load_reader().read(parsed.sentences, *coder.to_read(parsed, page, dates))[0]
    assert reading.roles_at(1, "agreement", {"party"}) == {}
    assert reading.marks_at(1, "agreement") == {}
