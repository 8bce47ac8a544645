"""Answers that are kept."""

import pytest

from communique.pipeline.llm.cache import AnswerCache


def test_an_answer_comes_back_under_its_key_only(tmp_path):
    """What was put is got, by another cache on the same folder too."""
    AnswerCache(tmp_path).put("ab12", "ответ", model="m")
    assert AnswerCache(tmp_path).get("ab12") == "ответ"
    assert AnswerCache(tmp_path).get("ab13") is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"key": "other", "answer": "x"}', b'{"key": "ab12"}', b"\xff"])
def test_a_damaged_file_counts_as_none(tmp_path, content):
    """A cut or foreign file is asked for anew rather than believed."""
    cache = AnswerCache(tmp_path)
    cache.put("ab12", "x")
    cache.path("ab12").write_bytes(content)
    assert cache.get("ab12") is None


def test_without_a_folder_nothing_is_kept():
    """No folder, no answer and no error."""
    cache = AnswerCache(None)
    cache.put("ab12", "x")
    assert cache.get("ab12") is None
