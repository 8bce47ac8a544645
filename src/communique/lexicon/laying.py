"""Lays a user's own tables over the compiled lexicon: own rows take the place of packaged ones, or join them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from communique.lexicon.assembly import DATA, assemble
from communique.lexicon.content import Content
from communique.lexicon.matcher import form_key
from communique.lexicon.officials import Register, tenure_of
from communique.lexicon.overlay import OFFICIALS, Named, Overlay
from communique.lexicon.people import OfficialRow, official_rows, officials_of, person_id
from communique.lexicon.post_file import POST, posts_over
from communique.lexicon.post_tables import Sections
from communique.lexicon.ranks import RANK
from communique.lexicon.ships import PREFIX, Prefix, prefixes_over
from communique.lexicon.tables import Record, listed

KIND, ID, CODE, NAME, SUBKIND, ATTRIBUTES = 0, 1, 2, 3, 5, 6
"""Places in a compiled row."""
OFFICIAL = "official"


def laid_over(content: Content, overlay: Overlay) -> tuple[Content, Register | None]:
    """The compiled content with the overlay in it, and the register of officials where it is another one."""
    records, tenures, register = list(overlay.records), content["tenures"], None
    replaced = {(r.kind, r.id) for r in records} | {n.key for n in overlay.removed if not n.name}
    replaced |= {(RANK, ident) for ident in ranks_corrected(content, overlay)}
    if overlay.on_officials:
        rows = officials_over(official_rows(DATA / OFFICIALS), overlay)
        persons, tenures = officials_of(rows)
        records += persons
        replaced |= {(OFFICIAL, row[ID]) for row in content["rows"] if row[KIND] == OFFICIAL}
        register = Register(tenure_of(row, where) for where, row in rows)
    records += named_besides(content, overlay)
    dropped = {(*n.key, form_key(n.name)) for n in overlay.removed if n.name}
    own = assemble({"records": records, "states": overlay.states, "tenures": {}, "words": {}}, overlay.hash)
    return {
        **content,
        "rows": content["rows"] + own["rows"],
        "forms": forms_over(content, own, replaced, dropped),
        "states": dict(sorted({**content["states"], **own["states"]}.items())),
        "tenures": tenures,
        "words": {n: sorted({*content["words"].get(n, ()), *overlay.words.get(n, ())}) for n in content["words"]},
    }, register


def forms_over(
    content: Content, own: Content, replaced: set[tuple[str, str]], dropped: set[tuple[str, str, str]]
) -> dict[str, list[list[Any]]]:
    """For each form its readings: the packaged ones that stay, then those of the overlay."""
    rows, before = content["rows"], len(content["rows"])
    gone = {n for n, row in enumerate(rows) if (row[KIND], row[ID]) in replaced}
    forms: dict[str, list[list[Any]]] = {}
    for key, readings in content["forms"].items():
        kept = [
            [number, spelling]
            for number, spelling in readings
            if number not in gone and (rows[number][KIND], rows[number][ID], key) not in dropped
        ]
        if kept:
            forms[key] = kept
    for key, readings in own["forms"].items():
        forms.setdefault(key, []).extend([number + before, spelling] for number, spelling in readings)
    return forms


def ranks_corrected(content: Content, overlay: Overlay) -> set[str]:
    """Ids of packaged ranks that an own row gives another grade or service, which the id holds too."""
    own = {record.name for record in overlay.records if record.kind == RANK}
    return {row[ID] for row in content["rows"] if row[KIND] == RANK and row[NAME] in own} if own else set()


def posts_with(packaged: Sections, overlay: Overlay) -> Sections:
    """The sections of the posts' file with the overlay's in them."""
    more: dict[str, list[str]] = {}
    less: dict[str, set[str]] = {}
    for one in overlay.names:
        if one.kind == POST:
            more.setdefault(one.id, []).append(one.name)
    for one in overlay.removed:
        if one.kind == POST:
            less.setdefault(one.id, set()).add(form_key(one.name))
    return posts_over(packaged, overlay.posts, more, less)


def prefixes_with(packaged: Iterable[Prefix], overlay: Overlay) -> list[Prefix]:
    """The prefixes of ships with the overlay's in them."""
    return prefixes_over(packaged, overlay.prefixes, {one.id for one in overlay.removed if one.kind == PREFIX})


def named_besides(content: Content, overlay: Overlay) -> Iterator[Record]:
    """The packaged entries under the names that the overlay adds."""
    wanted = {n.key for n in overlay.names if n.kind != OFFICIAL}
    first: dict[tuple[str, str], list[Any]] = {}
    for row in content["rows"] if wanted else ():
        if (row[KIND], row[ID]) in wanted:
            first.setdefault((row[KIND], row[ID]), row)
    for one in overlay.names:
        row = first.get(one.key)
        if row is not None:
            # A state's subkind and attributes are those of one of its forms, a capital's or a building's.
            attributes = {} if one.kind == "state" else row[ATTRIBUTES]
            subkind = None if one.kind == "state" else row[SUBKIND]
            yield Record(*one.key, row[CODE], row[NAME], one.form, subkind, attributes, (one.name,), one.where)


def officials_over(packaged: dict[str, OfficialRow], overlay: Overlay) -> list[OfficialRow]:
    """All rows of officials: packaged ones less what is removed, own ones in place of those of their id, more names."""
    rows = {ident: held for ident, held in packaged.items() if not is_removed(ident, held[1], overlay.removed)}
    rows.update(overlay.officials)
    return [(where, renamed(row, overlay)) for where, row in rows.values()]


def is_removed(ident: str, row: dict[str, str], removed: Iterable[Named]) -> bool:
    """Whether the tenure, or all of its person, is withdrawn."""
    idents = (ident, person_id(row["person"], row["state"]))
    return any(n.kind == OFFICIAL and not n.name and n.id in idents for n in removed)


def renamed(row: dict[str, str], overlay: Overlay) -> dict[str, str]:
    """The row with the names that the overlay adds for its person, and without those that it withdraws."""
    person = person_id(row["person"], row["state"])
    more = [n.name for n in overlay.names if n.kind == OFFICIAL and n.id == person]
    less = {form_key(n.name) for n in overlay.removed if n.kind == OFFICIAL and n.id == person and n.name}
    if not more and not less:
        return row
    kept = [name for name in (*listed(row["aliases"]), *more) if form_key(name) not in less]
    return {**row, "aliases": "|".join(kept)}
