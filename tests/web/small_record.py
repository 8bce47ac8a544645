"""A small record in the language of the small coder, with hostile strings wherever a text can stand."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from small_coder import SmallCoder, gate

from communique.pipeline.keeping import add_items
from communique.pipeline.relinking import link
from communique.records import DateInterval, Document, Participant, Quarantined, Report, Span
from communique.store import Decision, Record
from communique.text import content_hash

PADDING = "The ministry of defence said that the army and the navy had held military talks with their partners. "
OTHER = "Senior officers of the navy came together on Wednesday for consultations about military cooperation. "
HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'
TEXTS = {
    "a": ("One", "2020-07-09", PADDING * 2 + "IRN visits SYR on 2020-07-08."),
    "b": ("Two", "2020-07-10", OTHER + "IRN visits SYR on 2020-07-08."),
    "c": ("Two", "2021-01-06", PADDING + "RUS meets IND on 2021-01-05."),
    "d": (HOSTILE, "2021-02-06", HOSTILE + PADDING + "RUS meets CHN on 2021-02-05."),
    "e/f?g#h": ("One", "2021-03-06", OTHER + "IRN meets CHN on 2021-03-05."),
}


def document(ident: str) -> Document:
    outlet, published, text = TEXTS[ident]
    title = HOSTILE if ident == "d" else f"Title of {ident}"
    return Document(id=ident, text=text, title=title, outlet=outlet, published=published, hash=content_hash(text))


def added_report() -> Report:
    """An exercise with two officials, one of them with a hostile name, as a person adds it."""
    people = [("host", "RUS", "Ivan Petrov", "Defence Minister"), ("party", "IND", HOSTILE, "Navy Chief")]
    return Report(
        doc_id="c", report_id="", type="exercise", mode="naval", status="planned",
        participants=tuple(Participant(role=r, actor=a, kind="person", name=n, post=p) for r, a, n, p in people),
        date=DateInterval(start="2020-12-01", end="2020-12-31", precision="month", text="December"),
        evidence=(Span(start=0, end=24),), details={"name": "Indra", "edition": HOSTILE}, confidence=1.0,
    )  # fmt: skip


def fill(folder: Path) -> None:
    with Record.create(folder) as record:
        add_items(record, [document(ident) for ident in TEXTS], SmallCoder, gate=gate, size=2)
        link(record)
        record.set_aside([Quarantined(source="broken.pdf", reason="binary", detail=f"no text {HOSTILE}")])
        ident = record.reports(documents=["c"]).to_pylist()[0]["report_id"]
        record.decide(Decision(kind="accept", who=HOSTILE, why="seen", report=ident))
        record.decide(Decision(kind="add", who="Ann", added=added_report()))
