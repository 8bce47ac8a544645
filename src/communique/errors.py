"""Every error that communique raises on purpose, as one tree.

CommuniqueError
├── InputError            a document, file or option that cannot be used as given
│   ├── UnreadableInput   the bytes are no text we can read (binary, wrong encoding, broken JSON)
│   └── UnusableOption    an option's value is not one of the allowed ones
├── CodebookError         the codebook's data files contradict themselves or are asked for something they lack
├── LexiconError          the lexicon's data files contradict themselves or a row is malformed
├── ModelError            a language model's files are missing or not the ones that were pinned
├── EvaluationError       gold and predictions cannot be compared, or a floor was broken
└── RecordError           a record folder is damaged, locked or of another version

A message names the thing, the value and the way out.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CommuniqueError(Exception):
    """Any failure that communique foresees."""


class InputError(CommuniqueError):
    """A document, file or option cannot be used as given."""


class UnreadableInput(InputError):
    """The bytes are no text that can be read."""


class UnusableOption(InputError):
    """An option's value is not one of the allowed ones."""


class CodebookError(CommuniqueError):
    """The codebook's data contradict themselves or lack what was asked for."""


class LexiconError(CommuniqueError):
    """The lexicon's data contradict themselves or a row is malformed."""


class ModelError(CommuniqueError):
    """A language model's files are missing or are not the pinned ones."""


class EvaluationError(CommuniqueError):
    """Gold and predictions cannot be compared, or a floor was broken."""


class RecordError(CommuniqueError):
    """A record folder is damaged, locked or of another version."""


def did_you_mean(value: str, allowed: Iterable[str]) -> str:
    """The end of an error message: the nearest allowed value, or all of them when none is near.

    >>> did_you_mean("visitt", ["visit", "meeting"])
    "did you mean 'visit'?"
    >>> did_you_mean("xyz", ["visit", "meeting"])
    'use one of: meeting, visit'
    """
    choices = sorted(allowed)
    near = difflib.get_close_matches(value, choices, n=1)
    return f"did you mean {near[0]!r}?" if near else "use one of: " + ", ".join(choices)
