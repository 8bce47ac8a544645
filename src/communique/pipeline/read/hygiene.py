"""Cleans texts of doubtful origin before offsets are fixed: mojibake, invisible characters, spaces, wrapped lines."""

from __future__ import annotations

import re
import unicodedata

import ftfy

# Quotation marks and dashes stay as the outlet set them: they are evidence of quotations and datelines.
REPAIR = ftfy.TextFixerConfig(uncurl_quotes=False, fix_latin_ligatures=True, normalization="NFC", explain=False)
INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x180E, 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0x200B, 0x2010), *range(0x202A, 0x202F)]
)
SPACES = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r"\n{3,}")
LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u0085\x0b\x0c]")
# Hard-wrapped prose: lines of a letter or a terminal are this long, and most do not end a sentence.
WRAP_WIDTH = range(45, 101)
SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$")


def clean(text: str) -> str:
    """The text with repaired encoding, "\\n" line breaks, one kind of space, and paragraphs on one line each.

    >>> clean("\\ufeffSyria\\u00a0and  Iran\\r\\nco\\u00adoperate\\u200b.")
    'Syria and Iran\\ncooperate.'
    """
    repaired = ftfy.fix_text(LINE_BREAKS.sub("\n", text.replace("\u2029", "\n\n")), REPAIR)
    visible = "".join(c for c in repaired.translate(INVISIBLE) if c in "\n\t" or unicodedata.category(c) != "Cc")
    lines = "\n".join(SPACES.sub(" ", line).strip() for line in visible.split("\n"))
    return "\n\n".join(unwrap(block) for block in BLANK_LINES.sub("\n\n", lines).strip("\n").split("\n\n"))


def unwrap(block: str) -> str:
    """A paragraph broken into lines of similar width as one line; other blocks, such as lists, unchanged."""
    lines = block.split("\n")
    inner = lines[:-1]
    if not inner or any(len(line) not in WRAP_WIDTH for line in inner):
        return block
    open_ended = sum(SENTENCE_END.search(line) is None for line in inner)
    return " ".join(lines) if 2 * open_ended > len(inner) else block
