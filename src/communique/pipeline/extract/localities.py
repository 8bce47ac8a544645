"""Where things are said to happen: towns, bases, seas and states after a preposition of place, or in a dateline."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from communique.lexicon.cities import City, doubted
from communique.pipeline.drafts import Mention, Sentence
from communique.pipeline.extract.mentions import MentionMap
from communique.pipeline.extract.names import Name, NameMap
from communique.pipeline.extract.persons import NOT_NAMES

PREPOSITIONS = frozenset(
    {
        "in",
        "at",
        "off",
        "near",
        "to",
        "into",
        "from",
        "for",
        "around",
        "outside",
        "through",
        "over",
        "on",
        "across",
        "along",
        "of",
        "aboard",
        "within",
        "via",
        "toward",
        "towards",
    }
)
LOCAL = frozenset(
    {"in", "at", "off", "near", "around", "outside", "over", "on", "across", "along", "through", "within"}
)
PLACE_NOUNS = frozenset(
    {
        "base",
        "port",
        "harbour",
        "harbor",
        "airport",
        "airfield",
        "island",
        "islands",
        "province",
        "region",
        "city",
        "town",
        "coast",
        "waters",
        "camp",
        "range",
        "barracks",
        "shipyard",
        "academy",
        "district",
        "strait",
        "river",
        "lake",
        "mountain",
        "mountains",
        "valley",
        "desert",
        "field",
        "station",
        "garrison",
        "village",
        "palace",
        "house",
        "hotel",
        "headquarters",
        "center",
        "centre",
        "area",
        "peninsula",
        "sea",
        "ocean",
        "gulf",
        "bay",
        "capital",
        "border",
    }
)


@dataclass(frozen=True, slots=True)
class Locality:
    """A place named in a sentence: its words, the token range, the preposition before it and the country if known."""

    sentence: int
    first: int
    last: int
    start: int
    end: int
    text: str
    name: str
    preposition: str
    country: str | None
    sea: bool
    state_name: bool
    region: bool = False
    """a continent or the like, without a point of its own"""


def find_localities(
    sentences: Sequence[Sentence],
    names: NameMap,
    mentions: MentionMap,
    cities: Callable[[str], tuple[City, ...]],
    favoured: frozenset[str],
) -> dict[int, list[Locality]]:
    """The places of each sentence in order. A town homonymous in several countries is read in a favoured one first."""
    return {s.index: narrowed(list(localities_of(s, names, mentions, cities, favoured))) for s in sentences}


def narrowed(found: list[Locality]) -> list[Locality]:
    """The places of a sentence without the continents and regions that a country or town in it makes more exact."""
    exact = any(loc.country for loc in found)
    return [loc for loc in found if not (exact and loc.region)]


def localities_of(
    sentence: Sentence,
    names: NameMap,
    mentions: MentionMap,
    cities: Callable[[str], tuple[City, ...]],
    favoured: frozenset[str],
) -> Iterator[Locality]:
    """The places of one sentence."""
    doc, stop, i = sentence.tokens.doc, sentence.tokens.end, sentence.tokens.start
    while i < stop:
        name = names.at(sentence, i)
        name = as_place(name) if name is not None else None
        if name is not None and name.first == i and (capital := capital_of(sentence, name)) is not None:
            yield locality(sentence, i, capital, name.entry.code)
            i = capital + 1
            continue
        if (
            name is not None
            and name.first == i
            and name.entry.kind in ("place", "state")
            and name.entry.form not in ("adjective", "demonym")
        ):
            last = widen(sentence, i, name.last)
            yield named(sentence, name, last)
            i = last + 1
            continue
        if (
            name is None
            and is_capital(doc[i].text)
            and doc[i].text not in DAYS
            and preposition_before(sentence, i)
            and not any(m.kind == "person" for m in mentions.at(sentence.paragraph, i))
        ):
            last = run_end(sentence, names, i)
            found = read_run(sentence, names, i, last, cities, favoured)
            if found is not None:
                yield found
                i = found.last + 1
                continue
        i += 1


def as_place(name: Name) -> Name:
    """A group of states as the region that bears its name, where one does."""
    place = next((e for e in name.entries if e.kind == "place"), None) if name.entry.kind == "group" else None
    return name if place is None else replace(name, entry=place)


def capital_of(sentence: Sentence, name: Name) -> int | None:
    """The token of "capital" right behind a state's name ("the Syrian capital", "Syria's capital"), after a preposition
    of place; None where it is not so."""
    if name.entry.kind != "state" or not preposition_before(sentence, name.first):
        return None
    doc, at = sentence.tokens.doc, name.last + 1
    if at < sentence.tokens.end and doc[at].text in ("'s", "’s"):
        at += 1
    return at if at < sentence.tokens.end and doc[at].lower_ == "capital" else None


# "On Wednesday, Sweden announced": a day that a state follows is no town of it.
DAYS = frozenset(calendar.day_name) | frozenset(calendar.month_name[1:])


def is_capital(word: str) -> bool:
    """Whether a word begins with a capital letter."""
    return word[:1].isupper()


def preposition_before(sentence: Sentence, i: int) -> str:
    """The preposition of place that stands before a token, articles skipped; empty when none does."""
    doc, j = sentence.tokens.doc, i - 1
    while j >= sentence.tokens.start and doc[j].lower_ in (
        "the",
        "southern",
        "northern",
        "eastern",
        "western",
        "central",
        "capital",
        "city",
        "port",
        "of",
        "town",
        "its",
        "their",
        "nearby",
        "downtown",
    ):
        if doc[j].lower_ == "of" and not (
            j > 0
            and doc[j - 1].lower_
            in ("port", "city", "town", "island", "capital", "coast", "waters", "province", "region")
        ):
            break
        j -= 1
    if j >= sentence.tokens.start and doc[j].lower_ in (
        "coast",
        "waters",
        "port",
        "base",
        "capital",
        "island",
        "city",
        "region",
        "province",
        "town",
    ):
        return preposition_before(sentence, j)
    return doc[j].lower_ if j >= sentence.tokens.start and doc[j].lower_ in PREPOSITIONS else ""


def widen(sentence: Sentence, first: int, last: int) -> int:
    """The last token of a place whose kind follows its name ("Changi Naval Base")."""
    doc, end, j = sentence.tokens.doc, last, last + 1
    while j < sentence.tokens.end and j - last <= 4 and is_capital(doc[j].text):
        if doc[j].lower_ in PLACE_NOUNS:
            end = j
        j += 1
    return end


def named(sentence: Sentence, name: Name, last: int) -> Locality:
    """A locality from a name of the lexicon, up to the token that ends its words."""
    entry = name.entry
    country = entry.code if entry.kind == "state" else (entry.attributes.get("country") or entry.code)
    place = locality(sentence, name.first, last, country or None)
    state_name = entry.kind == "state" and entry.form != "metonym"
    region = entry.subkind == "region" and not country and not entry.attributes.get("lat")
    return replace(place, sea=entry.kind == "place" and not country, state_name=state_name, region=region)


def locality(sentence: Sentence, first: int, last: int, country: str | None, name: str | None = None) -> Locality:
    """The locality on tokens first..last, on land and no state's name; `name` where it is not the words themselves."""
    doc = sentence.tokens.doc
    words = doc[first : last + 1].text
    start, end = sentence.begin_of(doc[first]), sentence.end_of(doc[last])
    preposition = preposition_before(sentence, first)
    return Locality(sentence.index, first, last, start, end, words, name or words, preposition, country, False, False)


def run_end(sentence: Sentence, names: NameMap, i: int) -> int:
    """The last of the capitalised tokens from i on."""
    doc, j = sentence.tokens.doc, i
    while j + 1 < sentence.tokens.end and j - i < 5:
        nxt = doc[j + 1]
        if is_capital(nxt.text) and nxt.is_alpha and names.at(sentence, j + 1) is None:
            j += 1
        elif (
            (nxt.text == "-" or nxt.lower_ in ("al", "de", "el", "of", "la"))
            and j + 2 < sentence.tokens.end
            and is_capital(doc[j + 2].text)
            and names.at(sentence, j + 2) is None
        ):
            j += 2
        else:
            break
    return j


def read_run(
    sentence: Sentence,
    names: NameMap,
    first: int,
    last: int,
    cities: Callable[[str], tuple[City, ...]],
    favoured: frozenset[str],
) -> Locality | None:
    """The longest beginning of a run of capitals that is a known town, or a run that ends in a word for a place."""
    doc = sentence.tokens.doc
    country = country_after(sentence, names, last)
    for end in range(last, first - 1, -1):
        words = doc[first : end + 1].text
        found = tuple(c for c in cities(words) if not doubted(words, c.country, {country, *favoured}))
        if found:
            city = next((c for c in found if c.country == country), None) or next(
                (c for c in found if c.country in favoured), found[0]
            )
            stop = widen(sentence, first, end)
            plain = stop == end and city.name in doc[first : stop + 1].text
            return locality(sentence, first, stop, city.country, name=city.name if plain else None)
    if first == last and doc[first].lower_ in NOT_NAMES and not country:
        return None
    if doc[last].lower_ in PLACE_NOUNS or country or doc[first]._.entity in ("GPE", "LOC", "FAC"):
        return locality(sentence, first, last, country)
    return None


def country_after(sentence: Sentence, names: NameMap, last: int) -> str | None:
    """The state that follows a town and a comma ("Muscat, Oman")."""
    doc = sentence.tokens.doc
    if last + 2 < sentence.tokens.end and doc[last + 1].text == ",":
        name = names.at(sentence, last + 2)
        if name is not None and name.entry.kind == "state" and not name.adjectival:
            return name.entry.code
    return None


def place_mention(locality: Locality) -> Mention:
    """A place as a possible host: a mention of the country that it lies in."""
    return Mention(
        start=locality.start,
        end=locality.end,
        text=locality.text,
        sentence=locality.sentence,
        head=locality.last,
        cls="place",
        kind="country",
        codes=(locality.country,) if locality.country else (),
        first=locality.first,
        last=locality.last,
        place_like=True,
    )
