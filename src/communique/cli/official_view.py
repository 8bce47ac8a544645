"""An official on the terminal: posts with their sources, and the engagements of a record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from communique.cli.coding import counted
from communique.codebook import load_codebook
from communique.export.phrases import actor_name, plain, shortened
from communique.pipeline.officials import Appearance, Person, Post, officials
from communique.store import Record
from communique.store.checking import one_checked

LONGEST = 200
"""Characters of the words that stand as evidence."""


def print_official(folder: Path, name: str, country: str | None, *, as_json: bool) -> None:
    """Prints every person whom the name may mean, as text or as one JSON array."""
    state = None if country is None else one_checked("country", country)
    with Record.open(folder, read_only=True) as record:
        found = officials(record, name, state)
    if as_json:
        print(json.dumps([asdict(person) for person in found], ensure_ascii=False, default=str))
        return
    for number, person in enumerate(found):
        if number:
            print()
        for line in person_lines(person):
            print(line)


def person_lines(person: Person) -> Iterator[str]:
    """Name and state, posts in order of time, engagements in order of time."""
    state = actor_name(person.state, load_codebook())
    yield f"{plain(person.name)}, {state} ({person.state})" if state else f"{plain(person.name)}, {person.state}"
    if person.spellings:
        yield f"  also written {', '.join(map(plain, person.spellings))}"
    yield "posts" if person.posts else "posts: none is known"
    for post in person.posts:
        yield from post_lines(post)
    yield counted(len(person.engagements), "engagement")
    for one in person.engagements:
        yield from appearance_lines(one)


def post_lines(post: Post) -> Iterator[str]:
    """When which post was held, and what says so."""
    level = f" ({post.level.replace('_', ' ')})" if post.level else ""
    rank = f", {plain(post.rank)}" if post.rank else ""
    yield f"  {time_in_office(post)}: {plain(post.post)}{level}{rank}"
    if post.learned:
        yield f"    learned: {plain(post.why or '')}; document {plain(post.source)}"
        yield f"    “{shortened(post.words or '', LONGEST)}”"
    else:
        yield f"    register: {plain(post.source)}"


def time_in_office(post: Post) -> str:
    """The days of a time in office, never surer than what is known.

    >>> time_in_office(Post("minister", "minister", "2017-08-01", None, "2019-01-20", None, "source"))
    '2017-08-01 to 2019-01-20 at least'
    """
    if post.end is not None:
        return f"{post.start} to {post.end}"
    if post.until is not None and post.until != post.start:
        return f"{post.start} to {post.until} at least"
    return f"on {post.start} at least" if post.until is not None else f"from {post.start}"


def appearance_lines(one: Appearance) -> Iterator[str]:
    """An engagement: days, what it was, with whom and where, in which post, and its id."""
    days = " to ".join(dict.fromkeys(str(day) for day in (one.start, one.end) if day is not None)) or "no date"
    kind = ", ".join(part for part in (one.type, one.mode, one.status) if part)
    others = f" with {', '.join(one.others)}" if one.others else ""
    place = f"; {plain(one.place)}" if one.place else ""
    yield f"  {days}: {kind}, as {' and '.join(one.roles)}{others}{place}"
    post = f"{plain(one.post)}; " if one.post else ""
    yield f"    {post}{counted(one.witnesses, 'independent telling')}; engagement {one.engagement_id}"
