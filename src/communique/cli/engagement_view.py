"""An engagement in words: what its documents agree on, where they differ, how it came about, who witnesses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from communique.cli.coding import counted
from communique.codebook import load_codebook
from communique.export.phrases import actor_name, plain, restated_after, source_name
from communique.pipeline.engagements import Engagement, Field, HistoryStep, Official, Told, Witness, Witnesses
from communique.records import Document
from communique.store import Shown

Origins = Mapping[str, str]
"""By the key of a report, whose reporting it is."""


def origins_of(shown: Shown) -> Origins:
    """Whose reporting each report is: its outlet's, or that of the outlets which its text restates."""
    return {report.key: reporter(report.document.document) for report in shown.reports}


def reporter(doc: Document) -> str:
    """The outlet of a document. A text that restates others is never shown as an outlet's own words."""
    restated = restated_after(doc)
    return f"restated after {restated}" if restated else plain(doc.outlet or "unknown outlet")


def engagement_lines(drawn: Engagement, origins: Origins) -> Iterator[str]:
    """Consensus with the disagreements, officials, history and witnesses, each under a heading."""
    yield ""
    yield "consensus"
    for name, told in drawn.consensus.items():
        yield from field_lines(name, told, origins, "  ")
    if drawn.officials:
        yield "officials"
        for person in drawn.officials:
            yield from official_lines(person, origins)
    yield "history"
    for step in drawn.history:
        yield f"  {step_words(step)}"
    yield "witnesses"
    yield from witness_lines(drawn.witnesses)


def field_lines(name: str, field: Field, origins: Origins, indent: str) -> Iterator[str]:
    """The value that stands; where documents differ, every value with whose reporting tells it."""
    if field.value is None:
        return
    yield f"{indent}{name.removeprefix('details.').replace('_', ' ')}: {plain(field.value)}"
    if field.disputed:
        for told in field.told:
            yield f"{indent}  “{plain(told.value)}” {tellers(told, origins)}"


def tellers(told: Told, origins: Origins) -> str:
    """How many tellings give a value, and whose they are."""
    named = list(dict.fromkeys(origins[key] for key in told.reports if key in origins))
    return f"in {counted(told.witnesses, 'telling')}: {'; '.join(named)}"


def official_lines(person: Official, origins: Origins) -> Iterator[str]:
    """A person with post and rank, and what is told differently."""
    parts = [plain(part.value) for part in (person.rank, person.name, person.post) if part.value]
    yield f"  {person.actor}: {', '.join(parts)}"
    for name in ("name", "post", "rank"):
        told: Field = getattr(person, name)
        if told.disputed:
            yield from field_lines(name, told, origins, "    ")


def step_words(step: HistoryStep) -> str:
    """A status, since when it is told, and for which days."""
    days = " to ".join(dict.fromkeys(str(day) for day in (step.start, step.end) if day is not None))
    when = f" for {days}" if days else ""
    documents = ", ".join(plain(doc) for doc in step.documents)
    return f"{step.status}, told {step.told_on or 'on an unknown day'}{when}: {documents}"


def witness_lines(told: Witnesses) -> Iterator[str]:
    """The numbers, then each camp with its tellings; whether one side alone tells it."""
    parts = ((told.documents, "document"), (told.outlets, "outlet"))
    ways = ", ".join(counted(number, thing) for number, thing in parts)
    owners = f"{counted(told.owners, 'owner')}, {told.countries:,} {'country' if told.countries == 1 else 'countries'}"
    yield f"  {counted(len(told.tellings), 'telling')}: {ways}, {owners}"
    for camp, number in told.camps:
        yield f"  {camp_words(camp)}: {number:,}"
        for witness in told.tellings:
            if witness.camp == camp:
                yield f"    {witness_words(witness)}"
    if told.one_sided is not None:
        yield f"  told by state media of {told.one_sided} alone"


def camp_words(camp: str) -> str:
    """A camp for people.

    >>> camp_words("party IRN"), camp_words("independent"), camp_words("unknown")
    ('state media of a party, Iran (IRN)', 'independent', 'of unknown standing')
    """
    kind, _, state = camp.partition(" ")
    if not state:
        return {"unknown": "of unknown standing"}.get(kind, kind)
    name = actor_name(state, load_codebook())
    side = {"party": "a party", "third": "a third state"}.get(kind, kind)
    return f"state media of {side}, {name} ({state})" if name else f"state media of {side}, {state}"


def witness_words(witness: Witness) -> str:
    """Whose telling it is, where it comes from and in which documents it stands."""
    pages = ({"url" if "://" in name else "outlet": name} for name in witness.restated_after)
    restated = ", ".join(dict.fromkeys(filter(None, map(source_name, pages))))
    name = f"restated after {restated}" if restated else plain(witness.outlet or "unknown outlet")
    told = [part for part in (witness.country, witness.owner if witness.owner != witness.outlet else None) if part]
    home = f" ({', '.join(plain(part) for part in told)})" if told else ""
    copies = f", {witness.copies:,} {'copy' if witness.copies == 1 else 'copies'}" if witness.copies else ""
    wire = f", crediting {plain(witness.wire)}" if witness.wire and witness.wire != witness.outlet else ""
    return f"{name}{home}{wire}{copies}: {', '.join(plain(doc) for doc in witness.documents)}"


def engagement_row(drawn: Engagement) -> dict[str, Any]:
    """The same as plain values."""
    whole = asdict(drawn)
    return {name: whole[name] for name in ("consensus", "officials", "history", "witnesses")} | {
        "disagreements": sorted(drawn.disagreements())
    }
