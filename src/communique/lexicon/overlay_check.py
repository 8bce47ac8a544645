"""What is wrong with a user's own tables, one sentence each: in the files, and against the packaged lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from communique.codebook import load_codebook
from communique.errors import LexiconError, did_you_mean
from communique.lexicon.check import ACTORS, shared_names, unknown_codes, unknown_parents
from communique.lexicon.content import Content
from communique.lexicon.laying import CODE, ID, KIND, NAME, OFFICIAL
from communique.lexicon.matcher import form_key
from communique.lexicon.overlay import Named, Overlay, read_overlay
from communique.lexicon.people import person_id
from communique.lexicon.post_file import POST, POSTS, forms_of, level_records, packaged_posts
from communique.lexicon.ranks import twice
from communique.lexicon.ships import PREFIX, prefix_records, read_prefixes
from communique.lexicon.tables import Record


def check_overlay(folder: Path, content: Content) -> list[str]:
    """Every problem of the folder laid over the compiled content; an empty list when there is none."""
    overlay = read_overlay(folder)
    return [*faults(overlay, content), *claimed_names(overlay, content)]


def usable(overlay: Overlay, content: Content) -> Overlay:
    """The overlay itself; raises LexiconError with the first of its faults, as it would be coded with silently."""
    found = faults(overlay, content)
    if found:
        more = f" (and {len(found) - 1} more; `communique lexicon check --lexicon {overlay.folder}` lists them)"
        raise LexiconError(f"{overlay.folder}: {found[0]}{more if len(found) > 1 else ''}")
    return overlay


def faults(overlay: Overlay, content: Content) -> list[str]:
    """What keeps the overlay from being used: faults of files, codes and ids that nothing has."""
    records = [*overlay.records, *(official_record(where, row) for where, row in overlay.officials.values())]
    added = {r.code for r in overlay.records if r.kind in ("igo", "armed") and r.code}
    codes = packaged_codes(content) | set(overlay.states) | added
    ids = {row[ID] for row in content["rows"] if row[KIND] in ACTORS} | {r.id for r in records if r.kind in ACTORS}
    return [
        *overlay.problems,
        *unknown_codes([*records, *prefix_records(overlay.prefixes), *level_records(POSTS, overlay.posts)], codes),
        *unknown_parents(records, ids | codes),
        *twice(records),
        *lost_targets(overlay, content),
        *lost_cities(overlay),
    ]


def official_record(where: str, row: Mapping[str, str]) -> Record:
    """A tenure, for the check of its state's code."""
    return Record(OFFICIAL, row["id"], row["state"], row["person"], "strong", None, {}, (), where)


def packaged_codes(content: Content) -> set[str]:
    """Codes of states, of the codebook's actors, and those that packaged bodies and armed groups add."""
    added = {row[CODE] for row in content["rows"] if row[KIND] in ("igo", "armed") and row[CODE]}
    book = load_codebook()
    return {*book.actors, *book.states, *content["states"], *added}


def lost_targets(overlay: Overlay, content: Content) -> Iterator[str]:
    """Rows of names.csv and removed.csv that mean no packaged entry, or a name that it does not have."""
    held = names_by_entry(content) | names_of_posts() | {(PREFIX, row.id): set() for row in read_prefixes()}
    own = {(r.kind, r.id) for r in overlay.records} | {(POST, ident) for ident in forms_of(overlay.posts)}
    tenures = {tenure[0] for tenures in content["tenures"].values() for tenure in tenures}
    persons = {person_id(row["person"], row["state"]) for _, row in overlay.officials.values()}
    for one in overlay.names:
        if one.key in own:
            yield f"{one.where}: {one.kind} {one.id!r} is a row of your own; write the name among its aliases"
        elif one.key not in held and not (one.kind == OFFICIAL and one.id in persons):
            yield no_entry(one, held)
    for one in overlay.removed:
        if one.kind == OFFICIAL and not one.name and one.id in tenures:
            continue
        if one.key not in held:
            yield no_entry(one, held)
        elif one.name and form_key(one.name) not in held[one.key]:
            near = did_you_mean(form_key(one.name), held[one.key])
            yield f"{one.where}: {one.kind} {one.id!r} has no name {one.name!r} to remove; {near}"
        elif one.kind == OFFICIAL and form_key(one.name) == form_key(held_name(content, one)):
            yield f"{one.where}: {one.name!r} is the name that {one.id!r} stands under; write rows of your own for it"


def lost_cities(overlay: Overlay) -> Iterator[str]:
    """Spellings of cities that the packaged table does not hold."""
    if overlay.cities:
        from communique.lexicon.cities import city_of  # pyarrow's import takes 0.3 s, wanted only here

        for one in overlay.cities:
            if city_of(one.geoname_id) is None:
                yield (
                    f"{one.where}: no city has the geoname_id {one.geoname_id}; the table holds places of at least "
                    f"5,000 inhabitants, so give a smaller one a row in places_special.csv"
                )


def names_by_entry(content: Content) -> dict[tuple[str, str], set[str]]:
    """The normalised names of each packaged entry, by kind and id."""
    held: dict[tuple[str, str], set[str]] = {}
    for key, readings in content["forms"].items():
        for number, _ in readings:
            row = content["rows"][number]
            held.setdefault((row[KIND], row[ID]), set()).add(key)
    return held


def names_of_posts() -> dict[tuple[str, str], set[str]]:
    """The normalised forms of each packaged pattern of posts, by kind and id."""
    return {(POST, ident): forms for ident, forms in forms_of(packaged_posts()).items()}


def held_name(content: Content, one: Named) -> str:
    """The name of a packaged entry."""
    return str(next(row[NAME] for row in content["rows"] if (row[KIND], row[ID]) == one.key))


def no_entry(one: Named, held: Mapping[tuple[str, str], Any]) -> str:
    """That no packaged entry has this kind and id, with the nearest."""
    near = get_close_matches(one.id, [ident for kind, ident in held if kind == one.kind], n=1)
    meant = f"did you mean {near[0]!r}? " if near else ""
    return f"{one.where}: no {one.kind} has the id {one.id!r}; {meant}`communique lexicon find NAME --json` shows ids"


def claimed_names(overlay: Overlay, content: Content) -> Iterator[str]:
    """Strong names of own actors that another actor has too: usable, but the text cannot tell who is meant."""
    replaced = {(r.kind, r.id) for r in overlay.records} | {n.key for n in overlay.removed if not n.name}
    own = {form_key(s) for r in overlay.records if r.form == "strong" for s in r.spellings}
    packaged = [
        Record(kind, ident, code, name, form, subkind, attributes, (spelling,), f"the packaged {kind} {ident!r}")
        for key in own & content["forms"].keys()
        for number, spelling in content["forms"][key]
        for kind, ident, code, name, form, subkind, attributes in (content["rows"][number],)
        if (kind, ident) not in replaced
    ]
    yield from shared_names([*overlay.records, *packaged])
