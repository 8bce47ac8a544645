"""Which outlet a printed name or a web address means, and whose voice it is.

An outlet is printed in many ways: "AFP (via Gulf Times)", "The White House (US)", "en.ndtv.com", "XIN agency". Such a
name is read from the whole to its parts, and the first reading that names one outlet alone counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from communique.lexicon.entries import Entry

ORGANS = ("body", "igo")
"""kinds of entries that publish in their own name, as ministries and navies do"""
VOICES: Mapping[str, str | None] = {
    "state": "state", "state-affiliated": "state", "government": "government", "intergovernmental": "government",
    "public": "public", "private": "private", "independent": "independent", "party": "party", "armed-group": None,
}  # fmt: skip
"""For each affiliation of the table the one that camps are counted by; None where no camp fits."""
_BRACKET = re.compile(r"^(.*\S)\s*\(([^()]*)\)\s*$")
_VIA = re.compile(r"\s*[,;]?\s+via\s+.*$", re.IGNORECASE)
_GENERIC = re.compile(r"\s+(?:(?:news ?)?agency|news ?wire|newspaper|web ?site|site|online)$", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[/:?#]\S*)?$", re.IGNORECASE)
_NAME, _ALIAS, _WEAK = range(3)


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind an outlet; None where that is unknown."""

    owner: str | None
    country: str | None
    """ISO 3166 alpha-3, or the code of the organisation that publishes"""
    affiliation: str | None
    """state, government, public, private, independent or party"""


class OutletNames:
    """The names and addresses of all outlets."""

    def __init__(self, spellings: Iterable[tuple[str, Entry]]) -> None:
        """Outlets by each of their spellings."""
        self._names: dict[str, dict[str, tuple[int, Entry]]] = {}
        self._hosts: dict[str, dict[str, tuple[int, Entry]]] = {}
        for spelling, entry in spellings:
            key = name_key(spelling)
            tier = _NAME if key == name_key(entry.name) else _WEAK if entry.weak else _ALIAS
            _keep(self._names, key, tier, entry)
            host = host_of(entry.attributes.get("url", ""))
            if host:
                _keep(self._hosts, host, _NAME, entry)
                _keep(self._hosts, host.partition(".")[0], _ALIAS, entry)

    def named(self, printed: str, country: str | None = None) -> Entry | None:
        """The outlet that the printed name means, else None; `country` decides between outlets of one name."""
        for reading in readings(printed):
            found = self._by_address(reading, country) if _ADDRESS.match(reading) else None
            found = found or _choose(self._names.get(name_key(reading), {}), country)
            found = found or (_choose(self._hosts.get(reading.lower(), {}), country) if reading.isalnum() else None)
            if found is not None:
                return found
        return None

    def _by_address(self, address: str, country: str | None) -> Entry | None:
        host = host_of(address)
        while "." in host:
            found = _choose(self._hosts.get(host, {}), country)
            if found is not None:
                return found
            host = host.partition(".")[2]
        return None


def _keep(index: dict[str, dict[str, tuple[int, Entry]]], key: str, tier: int, entry: Entry) -> None:
    known = index.setdefault(key, {}).get(entry.id)
    if key and (known is None or tier < known[0]):
        index[key][entry.id] = (tier, entry)


def _choose(found: Mapping[str, tuple[int, Entry]], country: str | None) -> Entry | None:
    """The surest of the readings that are of the country; without one, the only surest reading.

    Of an outlet and its own parts under one address, the outlet counts.
    """
    home = [reading for reading in found.values() if country is not None and reading[1].code == country]
    pool = home or list(found.values())
    if not pool:
        return None
    surest = min(tier for tier, _ in pool)
    best = [entry for tier, entry in pool if tier == surest]
    names = {entry.name for entry in best}
    best = [entry for entry in best if entry.attributes.get("owner") not in names] or best
    foreign = country is not None and not home and surest == _WEAK and best[0].code is not None
    return best[0] if len(best) == 1 and not foreign else None


def readings(printed: str) -> Iterator[str]:
    """The name as printed and what is left of it without additions, the surest first, each once.

    >>> list(readings("AFP (via Gulf Times)"))
    ['AFP (via Gulf Times)', 'AFP', 'Gulf Times']
    >>> list(readings("XIN agency"))
    ['XIN agency', 'XIN']
    """
    whole = " ".join(printed.split())
    bracket = _BRACKET.match(whole)
    bare = bracket.group(1) if bracket else whole
    found = [whole, bare, _VIA.sub("", bare), *_parts(bare)]
    found += [_GENERIC.sub("", reading) for reading in found]
    if bracket:
        found += [part for part in re.split(r"\s*[,;]\s*", re.sub(r"^via\s+", "", bracket.group(2))) if part]
    yield from dict.fromkeys(reading for reading in found if reading)


def _parts(name: str) -> list[str]:
    """What stands before a colon, and between strokes."""
    head = name.partition(":")[0].strip() if ": " in name else ""
    strokes = [part.strip() for part in name.split(" / ")]
    return [head, *(strokes if len(strokes) > 1 else ())]


def name_key(name: str) -> str:
    """The name without case, accents, punctuation and a leading "the".

    >>> name_key("The Hürriyet Daily-News")
    'hurriyet daily news'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    return re.sub(r"\W+", " ", plain.replace("'", "").replace("’", "")).strip().removeprefix("the ")


def host_of(address: str) -> str:
    """The host of a web address without www, or an empty text.

    >>> host_of("https://www.tasnimnews.com/en")
    'tasnimnews.com'
    """
    parted = urlsplit(address if "//" in address else f"//{address}")
    return (parted.hostname or "").removeprefix("www.")


def behind_entry(entry: Entry) -> Behind:
    """Who stands behind an outlet of the table, or behind a body that publishes in its own name."""
    if entry.kind in ORGANS:
        return Behind(entry.name, entry.code, "government")
    return Behind(entry.attributes.get("owner"), entry.code, VOICES.get(entry.subkind or ""))
