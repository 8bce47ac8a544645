"""The words around a place's name: what is cut off before the name is looked up, and what they say of the place."""

from __future__ import annotations

import re
from dataclasses import dataclass

SIDE = (
    r"(?:(?:north|south)(?:-?\s?(?:east|west))?|east|west)(?:ern|ernmost)?"
    r"|(?:north|south)-?(?:east|west)ern|central|upper|lower|mid|inner|outer|downtown"
)
LEADING = re.compile(
    rf"(?:(?:the|a|an|in|at|near|outside|inside|around|across|along|through|throughout|from|to|into|on|over|within|above"
    rf"|of|just|out|towards?|nearby|via|en|au|aux|à|la|le|les|de|del|du|des|el|los|las)\s+|d['’]|l['’]"
    rf"|(?P<side>{SIDE})(?:\s+and\s+(?:{SIDE}))?\s+(?:part\s+of\s+)?(?=\w)"
    rf"|(?P<area>(?:outskirts|suburbs?|vicinity|region|province|state|district|waters|coast|shores?|territory|borders?)\s+of\s+)"
    rf"|(?:port|city|town|village|capital\s+city|port\s+city|coastal\s+city|harbour|harbor)\s+(?:of\s+)?(?=\S))",
    re.IGNORECASE,
)
TRAILING = re.compile(
    r"\s+(?:(?P<area>provinces?|states?|regions?|governorates?|oblasts?|districts?|prefecture|county|area|island|islands|"
    r"peninsula|valley|coast|waters|territory|desert|outskirts|suburbs?|borders?|and\s+(?:the\s+|its\s+)?surround\w+(?:\s\w+)?)"
    r"|(?:city|town|village|port|harbou?r|airport|international\s+airport|air\s?base|air\s?field|naval\s+base|military\s+base|"
    r"base|barracks|cantonment|garrison|dockyard|shipyards?|seaport|camp))$",
    re.IGNORECASE,
)
OFF = re.compile(
    r"^(?:.*?\b)?off\s+(?:of\s+)?(?:(?:the\s+)?(?:\w+\s+)?(?:coasts?|shores?|waters|port)\s+(?:of\s+|off\s+)?)?"
    r"(?:the\s+)?(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
BEARING = re.compile(rf"^(?:.*\b)?(?P<side>{SIDE})\s+of\s+(?P<rest>.+)$", re.IGNORECASE | re.DOTALL)
OPEN_SEA = re.compile(
    r"^(?:(?:the|in|on|over)\s+)*(?:international\s+waters|high\s+seas|open\s+sea|international\s+airspace|at\s+sea)$",
    re.IGNORECASE,
)
CAPITAL = re.compile(
    r"^(?:in\s+)?(?:the\s+)?"
    r"(?:(?P<owner>.+?)(?:['’]s)?\s+capital(?:\s+city)?|capital(?:\s+city)?\s+of\s+(?P<of>.+))$",
    re.IGNORECASE,
)
ON_SOIL = re.compile(
    rf"(?:\s+(?:{SIDE}))?\s+(?:soil|territory|territorial\s+waters|waters|coast|coasts|airspace|shipyards?|ports?|cities"
    rf"|border|side|mainland|islands?)$",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"\b(?:embassy|ambassade|consulate|fleet|areas?\s+of\s+(?:operations?|responsibility)|approaches|flank)\b",
    re.IGNORECASE,
)
IN = re.compile(
    r"^(?P<inner>.+?)[\s,]+(?P<word>in|near|at|on|outside|of|en|à)\s+(?P<outer>.+)$", re.IGNORECASE | re.DOTALL
)
OWNER = re.compile(r"^(?P<outer>.+?)['’]s?\s+(?P<inner>.+)$", re.DOTALL)
LISTED = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s+et\s+|\s+y\s+")
ACRONYM = re.compile(r"\s+\([A-Z][A-Za-z. ]{0,10}[A-Z]\)$")
"""Line of Control (LoC)"""
QUOTES = " \t\n\"'“”‘’[].,;:"


@dataclass(frozen=True, slots=True)
class Core:
    """The bare name and whether the words told of an area (northern X, X province) rather than of the place itself."""

    name: str
    area: bool


def squeeze(text: str) -> str:
    """The text with single spaces and without outer quotes and stops (those of "D.C." stay).

    >>> squeeze(' the  Line of\\nControl (LoC).'), squeeze("Washington, D.C.")
    ('the Line of Control', 'Washington, D.C.')
    """
    plain = " ".join(text.split())
    dotted = plain.endswith(".") and re.search(r"\b\w\.\w\.$", plain) is not None
    plain = ACRONYM.sub("", plain.strip(QUOTES))
    return plain + "." if dotted else plain


def cores(text: str) -> list[Core]:
    """The names to look up, the fullest first: the text, then with leading and trailing words cut off step by step.

    >>> [core.name for core in cores("southern Sindh province")]
    ['southern Sindh province', 'Sindh province', 'southern Sindh', 'Sindh']
    """
    fronts, area, rest = [Core(text, False)], False, text
    while (match := LEADING.match(rest)) and match.end() < len(rest):
        area = area or match["side"] is not None or match["area"] is not None
        rest = rest[match.end() :]
        fronts.append(Core(rest, area))
    found = {core.name: core for core in fronts}
    for front in fronts:
        match = TRAILING.search(front.name)
        if match is not None and match.start() > 0:
            name = front.name[: match.start()]
            found.setdefault(name, Core(name, front.area or match["area"] is not None))
    return list(found.values())


def bare(words: str) -> str:
    """The words without an article before them."""
    return re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.IGNORECASE)
