"""Checks the values of filters against codebook and lexicon, so that a slip is named and not answered with nothing."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import takewhile

from communique.codebook import Actor, Codebook, load_codebook
from communique.errors import UnusableOption, did_you_mean
from communique.records import UNKNOWN
from communique.store.levels import LEVELS
from communique.text import fold

"""The code of a party of which no more is told."""
REVIEWS = ("accepted", "rejected")
CAMPS = ("independent", "party", "third", "unknown")


def checked(name: str, values: Iterable[str]) -> tuple[str, ...]:
    """The values as the record writes them; raises UnusableOption for one that no engagement can have."""
    return tuple(one_checked(name, value) for value in values)


def one_checked(name: str, value: str) -> str:
    """One value of the filter `name`; those of filters that codebook and lexicon know nothing of are left as they are.

    >>> one_checked("country", "irn"), one_checked("camp", "party irn"), one_checked("outlet", "Any Name")
    ('IRN', 'party IRN', 'Any Name')
    """
    book = load_codebook()
    if name in ("country", "pair"):
        return actor_code(value, book, name)
    if name == "place_country":
        return actor_code(value, book, name, states_only=True)
    if name == "camp":
        kind, _, state = value.partition(" ")
        if kind in ("party", "third") and state:
            return f"{kind} {actor_code(state, book, name, states_only=True)}"
    allowed = terms().get(name)
    if allowed is not None and value not in allowed:
        raise UnusableOption(f"no {name} {value!r}; {did_you_mean(value, allowed)}")
    return value


@lru_cache(maxsize=1)
def terms() -> Mapping[str, Collection[str]]:
    """The values that each filter with a closed list of them may have."""
    book = load_codebook()
    return {
        "type": tuple(book.types),
        "mode": tuple({mode for kind in book.types.values() for mode in kind.modes}),
        "status": tuple(book.statuses),
        "domain": tuple(book.domains),
        "level": LEVELS,
        "review": REVIEWS,
        "camp": CAMPS,
    }


def actor_code(told: str, book: Codebook, name: str, *, states_only: bool = False) -> str:
    """The canonical code of a code or alias; raises UnusableOption with the code that a name or a slip may mean."""
    actor = book.find_actor(told)
    if told.upper() == UNKNOWN and not states_only:
        return UNKNOWN
    if actor is not None and (actor.code in book.states or not states_only):
        return actor.code
    known = {**book.states, **({} if states_only else book.actors)}
    near = nearest(told, known, () if states_only else book.aliases)
    way = f"did you mean {near!r}?" if near else "use ISO 3166 alpha-3 codes, such as NOR, or those of actors.csv"
    raise UnusableOption(f"no actor {told!r} for the filter {name}; {way}")


def nearest(told: str, known: Mapping[str, Actor], aliases: Iterable[str]) -> str | None:
    """The code that a name or a mistyped code may mean, None where nothing is like it."""
    names = {fold(name): code for code, one in known.items() for name in (one.name, *one.aliases)}
    named = difflib.get_close_matches(fold(told), names, n=1, cutoff=0.85)
    if named:
        return names[named[0]]
    wanted = told.upper()
    codes = difflib.get_close_matches(wanted, [*known, *aliases], n=20, cutoff=0.65)
    return max(codes, key=lambda code: shared_start(wanted, code), default=None)


def shared_start(a: str, b: str) -> int:
    """How many letters two codes begin with together.

    >>> shared_start("IRNN", "IRQ")
    2
    """
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def known_name(name: str, value: str, known: Collection[str]) -> str:
    """The value, which must be one of those that the record holds; raises UnusableOption with the nearest one."""
    if value in known:
        return value
    folded = {fold(one): one for one in known}
    near = difflib.get_close_matches(fold(value), folded, n=1)
    listed = "`sql` with SELECT DISTINCT outlet FROM documents lists them"
    way = f"did you mean {folded[near[0]]!r}?" if near else listed
    raise UnusableOption(f"no {name} {value!r} in the record; {way}")
