import pytest
import spacy
from spacy.language import Language

from communique.demo import demo_documents_path
from communique.pipeline.read import read
from communique.pipeline.split.language_model import PACKAGE, load_language_model
from communique.pipeline.split.speech import PartsOfSpeech, values


@pytest.fixture(scope="module")
def whole() -> Language:
    """spaCy's own pipeline, its attribute ruler in line."""
    return spacy.load(PACKAGE, exclude=["senter", "lemmatizer", "ner"])


def test_parts_of_speech_are_those_of_the_ruler_itself(whole: Language) -> None:
    """What is remembered for one token holds for all like it: no token of a corpus gets another part of speech."""
    ours = load_language_model()
    for doc in list(read([demo_documents_path()]))[:12]:
        for paragraph in filter(None, doc.text.split("\n")):
            mine, theirs = ours(paragraph), whole(paragraph)
            assert [(t.text, t.pos_) for t in mine] == [(t.text, t.pos_) for t in theirs]


def test_the_ruler_is_asked_only_for_tokens_of_a_new_kind() -> None:
    """A text whose kinds of tokens are known does not go through the ruler again."""
    language = load_language_model()
    remembered = language.get_pipe("parts_of_speech")
    assert isinstance(remembered, PartsOfSpeech)
    language("The frigate left the port.")
    known = dict(remembered._known)
    language("The frigate left the port.")
    assert remembered._known == known


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ("then", ["then"]),
        ({"IN": ["is", "are"]}, ["is", "are"]),
        ({"NOT_IN": ["det"]}, ["det"]),
        ({"REGEX": "^n"}, []),
        (None, []),
    ],
)
def test_a_rule_names_the_words_that_it_looks_at(condition: object, named: list[str]) -> None:
    """Words allowed and words ruled out both tell tokens apart."""
    assert values(condition) == named
