"""A coder of a made-up language, so that the store is tested in seconds: "IRN visits SYR", "planned: CHN arms PAK"."""

from __future__ import annotations

import datetime as dt
import re

from communique.pipeline.gate import GateDecision
from communique.records import DateInterval, Document, Participant, Place, Report, Span, Versions
from communique.text import content_hash

EVENT = re.compile(r"(planned: )?([A-Z]{3}) (visits|meets|arms) ([A-Z]{3})(?: on (\d{4}-\d\d-\d\d))?")
TYPES = {
    "visits": ("visit", "visitor", "host"),
    "meets": ("meeting", "party", "party"),
    "arms": ("transfer", "supplier", "recipient"),
}


class SmallCoder:
    """One report for each sentence of the language. It fails on texts that hold the word "poison"."""

    versions = Versions(coder="small-1", codebook="c", lexicon="l")

    def code(self, doc: Document) -> list[Report]:
        """The reports in order of the text."""
        if "poison" in doc.text:
            raise ValueError("poison")
        return [self.report(doc, found) for found in EVENT.finditer(doc.text)]

    def report(self, doc: Document, found: re.Match[str]) -> Report:
        """The report of one sentence."""
        kind, first, second = TYPES[found[3]]
        spans = (Span(start=found.start(), end=found.end()),)
        day = dt.date.fromisoformat(found[5]) if found[5] else None
        parties = [(first, found[2], found.start(2)), (second, found[4], found.start(4))]
        return Report(
            doc_id=doc.id,
            report_id=content_hash(doc.hash, kind, *(f"{s.start}-{s.end}" for s in spans)),
            type=kind,
            status="planned" if found[1] else "occurred",
            participants=tuple(
                Participant(role=role, actor=actor, kind="country", mention=actor, span=Span(start=at, end=at + 3))
                for role, actor, at in parties
            ),
            date=DateInterval(start=day, end=day, precision="day", text=found[5]) if day else None,
            place=Place(name="Damascus", country="SYR") if found[4] == "SYR" else None,
            domains=("maritime",) if found[3] == "meets" else (),
            evidence=spans,
            why=("a sentence of the small language",),
            versions=self.versions,
        )


class Mutated(SmallCoder):
    """A coder that finds less, more and other things: decided by a hash of the evidence, so always the same."""

    versions = Versions(coder="small-2", codebook="c", lexicon="l")

    def report(self, doc: Document, found: re.Match[str]) -> Report:
        """The report, mutated in one of five ways."""
        report = super().report(doc, found)
        way = int(content_hash(doc.id, found[0]), 16) % 5
        start, end = report.evidence[0].start, report.evidence[0].end
        if way == 0:  # shorter evidence: another id, the same event
            report = report.model_copy(update={"evidence": (Span(start=start, end=end - 1),)})
        elif way == 1:  # another type: the decision finds no report
            report = report.model_copy(update={"type": "incident", "participants": ()})
        elif way == 2:  # other actors
            others = tuple(p.model_copy(update={"actor": "ZWE"}) for p in report.participants)
            report = report.model_copy(update={"participants": others})
        elif way == 3:
            report = report.model_copy(update={"status": "denied", "mode": None})
        spans = (f"{s.start}-{s.end}" for s in report.evidence)
        ident = content_hash(doc.hash, report.type, *spans)
        return report.model_copy(update={"report_id": ident, "versions": self.versions})


def gate(doc: Document) -> GateDecision:
    """Lets all pass but texts that begin with "dull"."""
    return GateDecision(not doc.text.startswith("dull"), "dull")


def document(
    ident: str,
    text: str,
    *,
    outlet: str = "Wire",
    country: str = "IRN",
    published: str = "2020-07-10",
    url: str | None = None,
) -> Document:
    """A document in the small language; its id is `ident`, or the hash of its text where that is empty."""
    return Document(
        id=ident or content_hash(text), text=text, outlet=outlet, outlet_country=country, url=url, lang="en",
        published=dt.date.fromisoformat(published), hash=content_hash(text), source=f"{ident}.txt",
    )  # fmt: skip


PERSON = re.compile(r"\[([A-Z]{3}): ([^,\]]+)(?:, ([^\]]+))?\]")


class Courtly(SmallCoder):
    """Also reads officials, each in brackets: "[IRN: Salim Darvari, minister of defence]". They take part in all."""

    def report(self, doc: Document, found: re.Match[str]) -> Report:
        """The report with the officials of its document, on the first one's side."""
        report = super().report(doc, found)
        role = report.participants[0].role
        people = tuple(
            Participant(role=role, actor=one[1], kind="person", name=one[2], post=one[3], mention=one[2])
            for one in PERSON.finditer(doc.text)
        )
        return report.model_copy(update={"participants": report.participants + people})
