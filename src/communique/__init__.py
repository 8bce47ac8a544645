"""communique reads open reporting on defence diplomacy and turns it into records that can be counted and checked.

>>> import communique
>>> reports = communique.code("Oslo, 3 May 2021. Norway and Chile signed a defence agreement on Monday.")
>>> [report.type for report in reports]
['agreement']
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.codebook import Codebook, load_codebook
    from communique.errors import CommuniqueError
    from communique.lexicon import Lexicon, load_lexicon
    from communique.pipeline.read import document_from_text, read
    from communique.pipeline.run import Coder, Run, code_stream
    from communique.records import DateInterval, Document, Participant, Place, Quarantined, Report, Span, Voice

_HOMES = {
    "Codebook": "communique.codebook",
    "Coder": "communique.pipeline.run",
    "CommuniqueError": "communique.errors",
    "DateInterval": "communique.records",
    "Document": "communique.records",
    "Lexicon": "communique.lexicon",
    "Participant": "communique.records",
    "Place": "communique.records",
    "Quarantined": "communique.records",
    "Report": "communique.records",
    "Run": "communique.pipeline.run",
    "Span": "communique.records",
    "Voice": "communique.records",
    "code_stream": "communique.pipeline.run",
    "document_from_text": "communique.pipeline.read",
    "load_codebook": "communique.codebook",
    "load_lexicon": "communique.lexicon",
    "read": "communique.pipeline.read",
}
"""Where each public name is defined; it is imported when first asked for, so that `import communique` is quick."""

__all__ = [
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


def code(
    document: Document | str,
    *,
    published: dt.date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    lang: str | None = None,
    model: str | None = None,
    coder: Coder | None = None,
) -> list[Report]:
    """The reports of one document or text, in the order of the text; empty where it tells of nothing to code.

    `published`, `outlet`, `title` and `lang` are for a text, and say what it does not say itself. `model` names the
    coder, which is loaded once per process, unless a loaded `coder` is given. Raises InputError for a text without
    words or one in a language that no coder reads.
    """
    from communique.errors import InputError
    from communique.pipeline.gate import set_aside_foreign
    from communique.pipeline.languages import decide
    from communique.pipeline.read import document_from_text

    if isinstance(document, str):
        if not document.strip():
            raise InputError("nothing to code: the text holds white space only; give the article's text")
        document = document_from_text(document, published=published, outlet=outlet, title=title, lang=lang)
    elif any(given is not None for given in (published, outlet, title, lang)):
        raise InputError("published, outlet, title and lang go with a text; a Document holds its own")
    foreign = set_aside_foreign(document)
    if foreign is not None:
        raise InputError(f"document {document.id!r}: {foreign.detail}")
    return (coder or _coder(model)).code(document) if decide(document).passed else []


@cache
def _coder(model: str | None) -> Coder:
    from communique.pipeline.run import Coder

    return Coder() if model is None else Coder(model)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'communique' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
