"""Text as communique compares it: folded names and hashes. Offsets count Unicode code points and never move."""

from __future__ import annotations

import hashlib
import unicodedata


def fold(name: str) -> str:
    """The name without case, accents, hyphens and superfluous white space, for comparing.

    >>> fold("Bashar  al-Assad")
    'bashar al assad'
    >>> fold("José MÚJICA")
    'jose mujica'
    """
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(kept.casefold().replace("-", " ").split())


# Generational suffixes, which are no surnames.
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def surname_of(name: str) -> str:
    """The folded last word of a name that is no suffix.

    >>> surname_of("Joseph R. Biden, Jr."), surname_of("Choi Sang-woo")
    ('biden', 'woo')
    """
    words = [w for w in fold(name).replace(",", " ").split() if w not in SUFFIXES]
    return words[-1] if words else ""


def content_hash(*parts: str) -> str:
    """Sixteen hexadecimal digits that are the same for the same parts, on every machine.

    >>> content_hash("a", "b") == content_hash("a", "b") != content_hash("ab")
    True
    """
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\x1f")
    return digest.hexdigest()[:16]
