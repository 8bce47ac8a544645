"""A record with a hostile string in every place where a text can stand: one document for each string."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from small_coder import SmallCoder, gate

from communique.pipeline.keeping import add_items
from communique.pipeline.relinking import link
from communique.records import DateInterval, Document, Participant, Place, Quarantined, Report, Span
from communique.review.reviewers import add_reviewer
from communique.review.samples import draw_sample
from communique.store import Decision, Record
from communique.text import content_hash

STRINGS = (Path(__file__).parent / "hostile.txt").read_text("utf-8").splitlines()
BETWEEN = " IRN visits SYR on 2021-{month:02d}-{day:02d}. "


def document(number: int, told: str) -> Document:
    """The string as id, title, outlet, byline and before, within and after the words that are coded."""
    text = f"{told}{BETWEEN.format(month=1 + number % 12, day=1 + number % 28)}{told}"
    return Document(
        id=f"{number} {told}", text=text, title=told, outlet=told, byline=told, url=told, published="2021-12-31",
        hash=content_hash(text),
    )  # fmt: skip


def added(number: int, told: str) -> Report:
    """An exercise whose name, place, party's name and post are the string."""
    return Report(
        doc_id=f"{number} {told}", report_id="", type="exercise", mode="naval", status="planned",
        participants=(
            Participant(role="host", actor="RUS", kind="person", name=told, post=told),
            Participant(role="party", actor="IND", kind="person", name=f"{told} again", rank=told),
        ),
        date=DateInterval(start="2021-12-01", end="2021-12-31", precision="month", text=told),
        place=Place(name=told, country="IND", text=told), evidence=(Span(start=0, end=len(told)),),
        details={"name": told, "edition": told}, confidence=1.0,
    )  # fmt: skip


def fill(folder: Path) -> str:
    """Makes the record; the token of a reviewer, whose colleagues have the strings as names."""
    with Record.create(folder) as record:
        documents = [document(number, told) for number, told in enumerate(STRINGS)]
        add_items(record, documents, SmallCoder, gate=gate, size=50)
        link(record)
        record.set_aside([Quarantined(source=told, reason="binary", detail=told) for told in STRINGS])
        for number, told in enumerate(STRINGS):
            record.decide(Decision(kind="add", who=told, why=told, added=added(number, told)))
        for row in record.reports(type="visit").to_pylist():
            number = int(row["doc_id"].partition(" ")[0])
            told = STRINGS[number]
            record.decide(Decision(kind="note", who=told, why=told, report=row["report_id"], doc_id=row["doc_id"]))
        names = list(dict.fromkeys(" ".join(told.split())[:60].strip() for told in STRINGS))
        names = [name for name in names if name and name.isprintable()]
        for name in names:
            add_reviewer(record, name)
        draw_sample(record, "<i>pilot", names[0], names[:2], size=4, told="<script>xss(1)</script>")
        return add_reviewer(record, "Ann")
