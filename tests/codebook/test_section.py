import pytest

from communique.codebook.section import Section, read_yaml
from communique.errors import CodebookError


def test_a_doubled_key_is_refused_at_any_depth() -> None:
    with pytest.raises(CodebookError, match=r"f\.yml: 'b' stands twice in one mapping \(line 3\); keep one"):
        read_yaml("a:\n  b: 1\n  b: 2\n", "f.yml")


@pytest.mark.parametrize("text", ["", "- 1\n- 2\n", "plain\n"])
def test_a_file_that_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(CodebookError, match=r"f\.yml: expected a mapping"):
        read_yaml(text, "f.yml")


def test_a_key_that_is_no_text_is_refused() -> None:
    with pytest.raises(CodebookError, match="the key True is no text; put it in quotation marks"):
        read_yaml("yes: 1\n", "f.yml")


SECTION = Section(
    "f.yml", "top", {"text": "words", "blank": " ", "yes": True, "one": 1, "list": ["a", "a"], "map": {"k": 1}}
)


@pytest.mark.parametrize(
    ("method", "key", "message"),
    [
        ("text", "none", "'none' is missing"),
        ("text", "blank", "must be a text"),
        ("text", "one", "must be a text, found 1"),
        ("flag", "one", "must be true or false"),
        ("number", "yes", "must be a whole number, found True"),
        ("texts", "list", "'a' stands twice"),
        ("texts", "text", "must be a list of texts"),
        ("sections", "map", "must be a list"),
        ("section", "text", r"\.text: expected a mapping"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_its_place(method: str, key: str, message: str) -> None:
    with pytest.raises(CodebookError, match=rf"f\.yml: top.*{message}"):
        getattr(SECTION, method)(key)


def test_missing_optional_values_read_as_nothing() -> None:
    assert SECTION.text_or_none("none") is None
    assert SECTION.texts("none") == ()
    assert SECTION.sections("none") == []
    assert SECTION.entries("none") == []
    assert SECTION.free("none") == {}
