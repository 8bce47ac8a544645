"""Reads a plain text: the first paragraph is its title, the rest its body."""

from __future__ import annotations

from communique.errors import InputError, UnreadableInput
from communique.pipeline.read.assemble import LONGEST_TEXT, Defaults, document_from_text
from communique.pipeline.read.decoding import decode
from communique.records import Document, Quarantined


def read_text(data: bytes, source: str, defaults: Defaults) -> Document | Quarantined:
    """The document of a plain text's bytes, or why it is none."""
    try:
        decoded = decode(data)
    except UnreadableInput as broken:
        return Quarantined(source=source, reason="encoding", detail=str(broken))
    if decoded.note is not None:
        defaults.note(f"{source}: {decoded.note}")
    if not any(c.isalnum() for c in decoded.text):
        return Quarantined(source=source, reason="no_text", detail="the file holds no letter and no digit")
    if len(decoded.text) > LONGEST_TEXT:
        detail = f"{len(decoded.text)} characters, over {LONGEST_TEXT}; split the file into its articles"
        return Quarantined(source=source, reason="too_large", detail=detail)
    try:
        return document_from_text(
            decoded.text, source=source, published=defaults.published, outlet=defaults.outlet, lang=defaults.lang
        )
    except InputError as broken:
        return Quarantined(source=source, reason="schema", detail=str(broken))
