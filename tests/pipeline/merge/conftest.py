"""Drafts made by hand, so that merging is tested without a parser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from communique.pipeline.drafts import Draft, Filler, Mention
from communique.records import DateInterval


def party(role: str, words: str, rule: str, sentence: int, at: int) -> Filler:
    """A party written as "CHL", "CHL navy", or "CHL: Juan Rojas, General" for a person."""
    code, _, person = words.partition(": ")
    code, _, force = code.partition(" ")
    name, _, rank = person.partition(", ")
    kind = "person" if person else ("organisation" if force else "country")
    mention = Mention(
        start=at,
        end=at + 3,
        text=words,
        sentence=sentence,
        head=0,
        cls="person" if person else (force or "state"),
        kind=kind,  # type: ignore[arg-type]
        codes=(code,),
        name=name or (f"{force} of {code}" if force else None),
        rank=rank or None,
    )
    return Filler(role, mention, rule)


@pytest.fixture(scope="session")
def draft() -> Callable[..., Draft]:
    """Makes a draft of a type; roles as {role: [party, ...]}; at: its sentence; on: a day of June 2021 that is told."""

    def made(
        kind: str,
        roles: Mapping[str, list[str]],
        at: int = 0,
        on: int | tuple[int, int] | None = None,
        rule: str = "subject",
        **more: Any,
    ) -> Draft:
        start = more.pop("start", at * 100)
        first, last = (on, on) if isinstance(on, int) else (on or (0, 0))
        date = None
        if on is not None:
            date = DateInterval(
                start=dt.date(2021, 6, first),
                end=dt.date(2021, 6, last),
                precision="day" if first == last else "range",
                text="told",
            )
        fillers = [party(role, words, rule, at, start) for role, parties in roles.items() for words in parties]
        return Draft(
            type=kind,
            mode=more.pop("mode", None),
            sentence=at,
            trigger=0,
            trigger_text="x",
            start=start,
            end=more.pop("end", start + 50),
            fillers=fillers,
            date=date,
            flags=set(more.pop("flags", ())),
            why=[f"{kind}:verb:x"],
            status_why="no cue",
            **more,
        )

    return made
