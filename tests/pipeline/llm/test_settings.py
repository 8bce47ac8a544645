"""Where the model is, and what it may cost."""

import pytest

from communique.errors import UnusableOption
from communique.pipeline.llm.settings import LlmSettings, cache_folder, settings_from

TOLD = {"COMMUNIQUE_LLM_URL": "http://localhost:8000/v1", "COMMUNIQUE_LLM_MODEL": "qwen"}


def test_options_come_before_the_environment():
    """An option that is given wins, one that is None does not; numbers are read."""
    found = settings_from(TOLD | {"COMMUNIQUE_LLM_TOKENS": "5000"}, url="https://example.org/v1", model=None)
    assert (found.url, found.model, found.tokens) == ("https://example.org/v1", "qwen", 5000)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"COMMUNIQUE_LLM_URL": ""}, "COMMUNIQUE_LLM_URL or --llm-url"),
        ({"COMMUNIQUE_LLM_MODEL": ""}, "COMMUNIQUE_LLM_MODEL or --llm-model"),
        ({"COMMUNIQUE_LLM_URL": "file:///etc/passwd"}, "give an address"),
        ({"COMMUNIQUE_LLM_URL": "localhost:8000"}, "give an address"),
        ({"COMMUNIQUE_LLM_TOKENS": "many"}, "give a number"),
        ({"COMMUNIQUE_LLM_CONCURRENCY": "0"}, "above zero"),
        ({"COMMUNIQUE_LLM_COST": "1"}, "PRICE_IN"),
        ({"COMMUNIQUE_LLM_FORMAT": "xml"}, "use one of"),
        ({"COMMUNIQUE_LLM_MODLE": "x"}, "did you mean 'COMMUNIQUE_LLM_MODEL'"),
        ({"COMMUNIQUE_LLM_EXTRA": "{"}, "JSON object"),
        ({"COMMUNIQUE_LLM_EXTRA": '{"tools": []}'}, "without"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_way_out(changes, words):
    """A setting that is missing, misspelt or out of range names itself."""
    with pytest.raises(UnusableOption, match=words):
        settings_from(TOLD | changes)


def test_the_key_is_never_shown():
    """A settings object that lands in a log or traceback does not carry the key."""
    assert "s3cret" not in repr(settings_from(TOLD | {"COMMUNIQUE_LLM_KEY": "s3cret"}))


def test_answers_are_kept_where_told(tmp_path):
    """A folder, none, or the user's cache folder."""
    at = {"url": "http://h/v1", "model": "m"}
    assert cache_folder(LlmSettings(**at, cache="off"), {}) is None
    assert cache_folder(LlmSettings(**at, cache=str(tmp_path)), {}) == tmp_path
    assert cache_folder(LlmSettings(**at), {"XDG_CACHE_HOME": str(tmp_path)}) == tmp_path / "communique" / "llm"
