"""Loading of the compiled lexicon, and the questions it answers."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from communique.errors import LexiconError, did_you_mean
from communique.lexicon.assembly import COMPILED, DATA, FORMAT, compiled_text, source_hash
from communique.lexicon.content import Content, read_content
from communique.lexicon.entries import FORMS, NO_ATTRIBUTES, Entry, Match, Spell, State, Tenure
from communique.lexicon.laying import laid_over, posts_with, prefixes_with
from communique.lexicon.matcher import Automaton, Found, Source, in_address, longest, spelled_as
from communique.lexicon.officials import Register, packaged_register
from communique.lexicon.outlets import ORGANS, Behind, OutletNames, behind_entry, readings
from communique.lexicon.overlay import Overlay, is_bare, overlay_hash, read_overlay
from communique.lexicon.overlay_check import check_overlay, usable
from communique.lexicon.people import tenure_rows
from communique.lexicon.persons import PersonNames
from communique.lexicon.post_file import POSTS, level_records, packaged_posts
from communique.lexicon.post_tables import grammar_of
from communique.lexicon.posts import PostMatch, RankMatch, Titles
from communique.lexicon.ranks import rank_forms
from communique.lexicon.ships import ShipPrefixes, read_prefixes
from communique.text import content_hash

if TYPE_CHECKING:
    from communique.lexicon.cities import City

_log = logging.getLogger(__name__)
_FORM_ORDER = {form: order for order, form in enumerate(FORMS)}
DECOY = "decoy"
PLACELIKE = ("state", "place")
"""kinds whose names persons bear too"""
OUTLET = "outlet"


class Lexicon:
    """Everything the tables know, ready to be asked. Build it with `load_lexicon`."""

    def __init__(self, compiled: str, overlay: Overlay | None = None) -> None:
        """The lexicon of a compiled text, as `assembly.compiled_text` makes it, with a user's own rows laid over it."""
        content: Content = read_content(compiled)
        self.version: str = content_hash(compiled)
        """hash of all that the lexicon knows; with rows laid over it a plus sign and their hash follow"""
        self._overlay = overlay
        self._register: Register | None = None
        self._packaged_rows = len(content["rows"])
        if overlay is not None:
            content, self._register = laid_over(content, usable(overlay, content))
            self.version += f"+{overlay.hash}"
        self._rows: Sequence[Sequence[Any]] = content["rows"]
        self._forms: Mapping[str, Sequence[Sequence[Any]]] = content["forms"]
        self._states: dict[str, dict[str, Any]] = content["states"]
        self._tenures: Mapping[str, Sequence[Sequence[str]]] = content["tenures"]
        words: Mapping[str, Sequence[str]] = content["words"]
        self._caps_words = frozenset(words.get("words", ()))
        self._persons = PersonNames(words)
        self._automaton = Automaton(self._forms)
        self._entries: dict[int, Entry] = {}
        self._outlets: OutletNames | None = None

    def find(self, text: str) -> list[Match]:
        """The things that the text names, in text order, whole words only; the longest form wins where forms overlap.

        A form that names several things gives one match with several entries. Offsets count code points of `text`.
        """
        source = Source(text)
        matches = []
        for found in self._automaton.scan(source):
            entries = self._readings(source, found)
            if entries:
                start, end = source.origin(found.start), source.origin(found.end - 1) + 1
                matches.append(Match(start, end, text[start:end], entries))
        return [match for match in map(_without_decoys, longest(matches)) if match is not None]

    def _readings(self, source: Source, found: Found) -> tuple[Entry, ...]:
        best: dict[tuple[str, str], Entry] = {}
        for number, spelling in self._forms[found.key]:
            entry = self._entry(number)
            if entry.kind == OUTLET and entry.weak:
                continue  # a name such as "Dawn" or "The Nation" tells an outlet only where an outlet is told
            if not spelled_as(source, found.start, spelling, exact=entry.weak or entry.form == "native"):
                continue
            known = best.get((entry.kind, entry.id))
            if known is None or _FORM_ORDER[entry.form] < _FORM_ORDER[known.form]:
                best[entry.kind, entry.id] = entry
        if not best or in_address(source, found.start, found.end):
            return ()
        if found.key in self._caps_words and source.in_capitals(found.start):
            return ()
        entries = tuple(best.values())
        return self._not_persons(source.plain, found, entries) if _placelike(entries) else entries

    def _not_persons(self, text: str, found: Found, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        person = self._persons.part_of_name(text, found.start, found.end)
        ranked = self._persons.after_rank(text, found.start, found.end)
        return tuple(e for e in entries if e.kind not in PLACELIKE or not (person or (ranked and e.weak)))

    def _entry(self, number: int) -> Entry:
        entry = self._entries.get(number)
        if entry is None:
            kind, ident, code, name, form, subkind, attributes = self._rows[number]
            held = MappingProxyType(attributes) if attributes else NO_ATTRIBUTES
            entry = self._entries[number] = Entry(kind, ident, code, name, form, subkind, held)
        return entry

    def find_posts(self, text: str) -> list[PostMatch]:
        """The posts in the text with their levels, in text order and without overlaps."""
        return self._titles.posts(text)

    def find_ranks(self, text: str) -> list[RankMatch]:
        """The military ranks in the text, in text order; "general" counts only as a title or as "the general"."""
        return self._titles.ranks(text)

    @cached_property
    def _titles(self) -> Titles:
        sections = packaged_posts() if self._overlay is None else posts_with(packaged_posts(), self._overlay)
        for record in level_records(POSTS, sections):
            if record.code not in self._states:
                meant = did_you_mean(str(record.code), self._states)
                raise LexiconError(f"{record.where} has a level in {record.code!r}, no state; {meant}")
        ranks = rank_forms(self._rows, self._forms, self._packaged_rows)
        return Titles(grammar_of(sections), ranks, map(self.state, self.states()))

    @cached_property
    def ship_prefixes(self) -> ShipPrefixes:
        """The prefixes of warships' names, with the states whose ships bear them."""
        packaged = read_prefixes()
        return ShipPrefixes(packaged if self._overlay is None else prefixes_with(packaged, self._overlay))

    def outlet(self, printed: str, country: str | None = None) -> Entry | None:
        """The outlet that a printed name or web address means, else None.

        `country` (ISO 3166 alpha-3) decides between outlets of one name. Weak names count here too.
        """
        if self._outlets is None:
            numbers = ((number, text) for rows in self._forms.values() for number, text in rows)
            self._outlets = OutletNames(
                (text, self._entry(number)) for number, text in numbers if self._rows[number][0] == OUTLET
            )
        return self._outlets.named(printed, country)

    def behind(self, printed: str, country: str | None = None) -> Behind | None:
        """Who stands behind the outlet of this name, be it an outlet of the tables or a body's own site; else None."""
        entry = self.outlet(printed, country) or self._organ(printed)
        return None if entry is None else behind_entry(entry)

    def _organ(self, printed: str) -> Entry | None:
        """The state's body or the organisation whose name one of the readings is."""
        for reading in readings(printed):
            whole = (match for match in self.find(reading) if match.end - match.start == len(reading))
            organs = [entry for match in whole for entry in match.entries if entry.kind in ORGANS and not entry.weak]
            if organs:
                return organs[0]
        return None

    def state(self, code: str) -> State:
        """The state with this ISO 3166 alpha-3 code (or XKX); raises LexiconError for a code that no state has."""
        row = self._states.get(code)
        if row is None:
            raise LexiconError(f"no state {code!r} in the lexicon; {did_you_mean(code, self._states)}")
        spells = tuple(_spell(years) for years in row.get("membership", ()))
        return State(
            code, row["name"], row.get("iso2"), row.get("capital"), MappingProxyType(row.get("codes", {})), spells,
            tuple(row["strong"]), tuple(row["adjectives"]), tuple(row["demonyms"]), tuple(row["former"]),
        )  # fmt: skip

    def states(self) -> tuple[str, ...]:
        """The codes of all states and territories, sorted."""
        return tuple(self._states)

    def city(self, name: str) -> tuple[City, ...]:
        """Every city of this name, the largest first; empty when there is none."""
        from communique.lexicon.cities import cities_named, city_key, city_of  # pyarrow's import takes 0.3 s

        found = cities_named(name)
        names = () if self._overlay is None else self._overlay.cities
        own = {one.geoname_id for one in names if city_key(one.alias) == city_key(name)}
        own -= {city.geoname_id for city in found}
        more = [city for city in map(city_of, sorted(own)) if city is not None]
        return tuple(sorted((*found, *more), key=lambda city: -city.population)) if more else found

    @property
    def register(self) -> Register:
        """Who held which office when."""
        return self._register or packaged_register()

    def tenures(self, person_id: str) -> tuple[Tenure, ...]:
        """The person's times in office in order of time; empty for an id that no official has."""
        return tenure_rows(self._tenures.get(person_id, ()))


def _placelike(entries: tuple[Entry, ...]) -> bool:
    return any(entry.kind in PLACELIKE for entry in entries)


def _without_decoys(match: Match) -> Match | None:
    if all(entry.kind != DECOY for entry in match.entries):
        return match
    real = tuple(entry for entry in match.entries if entry.kind != DECOY)
    return Match(match.start, match.end, match.text, real) if real else None


def _spell(years: str) -> Spell:
    start, _, end = str(years).partition("-")
    return Spell(int(start), int(end) if end else None)


def load_lexicon(overlay: Path | None = None) -> Lexicon:
    """The lexicon, with the folder's tables laid over the packaged ones; loaded once for each state of the folder.

    The folder's form is told in docs/lexicon.md. A fault in it raises LexiconError with file, row and value.
    """
    if overlay is None:
        return _packaged()
    folder = Path(overlay).resolve()
    if is_bare(folder):
        return _packaged()
    return _laid_over(folder, overlay_hash(folder))


@lru_cache(maxsize=1)
def _packaged() -> Lexicon:
    return Lexicon(_compiled())


@lru_cache(maxsize=2)
def _laid_over(folder: Path, _hash: str) -> Lexicon:
    return Lexicon(_compiled(), read_overlay(folder))


def overlay_problems(overlay: Path) -> list[str]:
    """Every problem of a folder of own tables, one sentence each; raises LexiconError where there is no folder."""
    return check_overlay(Path(overlay), read_content(_compiled()))


def _compiled() -> str:
    """The packaged compiled file; when the tables are newer, what they give, or, if they are faulty, the file again."""
    path = DATA / COMPILED
    if path.exists():
        text = path.read_bytes().decode()
        if text.startswith(f'{{"format":{FORMAT},') and f'"sources":"{source_hash(DATA)}"' in text:
            return text
    _log.warning("%s is missing or stale, compiling in memory; run python -m communique.lexicon.compile", path)
    try:
        return compiled_text()
    except LexiconError as error:
        if not path.exists():
            raise
        _log.error("the tables cannot be compiled, the older compiled file is used: %s", error)
        return path.read_text(encoding="utf-8")
