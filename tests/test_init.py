"""The library's front door."""

import subprocess
import sys

import pytest

import communique
from communique.errors import InputError


def test_public_names_are_frozen():
    """The package's public names are these, and each can be had: a change here is a change for users."""
    assert communique.__all__ == [
        "Codebook",
        "Coder",
        "CommuniqueError",
        "DateInterval",
        "Document",
        "Lexicon",
        "Participant",
        "Place",
        "Quarantined",
        "Report",
        "Run",
        "Span",
        "Voice",
        "code",
        "code_stream",
        "document_from_text",
        "load_codebook",
        "load_lexicon",
        "read",
    ]
    assert all(callable(getattr(communique, name)) for name in communique.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        communique.__getattr__("nothing")


def test_import_is_quick():
    """`import communique` loads no parser and no models."""
    watch = "import sys, communique; print([m for m in ('spacy', 'pydantic', 'pyarrow') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", watch], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"


def test_code_takes_a_text_or_a_document():
    """A text with its date and the same as a document give the same reports."""
    text = "Norway and Chile sign pact\n\nNorway and Chile signed a defence agreement on Monday."
    from_text = communique.code(text, published="2021-05-04")
    doc = communique.document_from_text(text, published="2021-05-04")
    assert from_text == communique.code(doc)
    assert from_text[0].date.start.isoformat() == "2021-05-03"


def test_nothing_to_code_is_an_empty_list():
    """A text that tells of nothing in defence or security gives no reports."""
    assert communique.code("The village bakery opened a second shop and sold cardamom buns on Saturday. " * 10) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("  \n", "white space"),
        ("Министр обороны встретился со своим коллегой в Берлине во вторник утром.", "Russian is not coded yet"),
    ],
)
def test_what_cannot_be_coded_is_said(text, message):
    """An empty text or one in another language raises InputError with the reason."""
    with pytest.raises(InputError, match=message):
        communique.code(text)


def test_metadata_go_with_a_text():
    """Metadata beside a Document, which has its own, are refused rather than ignored."""
    with pytest.raises(InputError, match="hold"):
        communique.code(communique.document_from_text("x"), outlet="y")
