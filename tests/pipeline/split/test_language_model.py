"""The language model is the pinned one."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import ModelError
from communique.pipeline.split import language_model
from communique.pipeline.split.language_model import PINNED, check_files, load_language_model


def test_it_is_loaded_once(coder: object) -> None:
    """Two calls give the same pipeline, with the parser and without lemmatizer and recogniser in line."""
    language = load_language_model()
    assert language is load_language_model()
    assert "parser" in language.pipe_names
    assert not {"lemmatizer", "ner"} & set(language.pipe_names)
    assert {"lemmatizer", "ner"} <= set(language.component_names)


def test_the_recogniser_reads_when_asked(coder: object) -> None:
    """A token's entity is what the recogniser in line would say; a paragraph that nobody asks about is not read."""
    language = load_language_model()
    text = "General Mark Milley flew from London to Oslo on Monday."
    asked, unasked = language.pipe([text, text])
    assert not asked.has_annotation("ENT_IOB")
    language.enable_pipe("ner")
    told = language(text)
    language.disable_pipe("ner")
    assert [token._.entity for token in asked] == [token.ent_type_ for token in told]
    assert {"PERSON", "GPE", "DATE"} <= {token._.entity for token in asked}
    assert not unasked.has_annotation("ENT_IOB")


def test_the_installed_files_are_the_pinned_ones() -> None:
    """The weights have the recorded hashes."""
    check_files(Path(load_language_model().path))


def test_other_files_are_refused(tmp_path: Path) -> None:
    """Another upload under the same name does not pass; the message names the file and the way out."""
    for name in PINNED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"other")
    with pytest.raises(ModelError, match=r"parser/model has sha256 .*reinstall with: pip install"):
        check_files(tmp_path)


def test_a_missing_model_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package the error names it and the command that installs it."""
    monkeypatch.setattr(language_model, "PACKAGE", "no_such_model")
    with pytest.raises(ModelError, match=r"'no_such_model' is not installed .*pip install"):
        language_model.load_language_model.__wrapped__()
