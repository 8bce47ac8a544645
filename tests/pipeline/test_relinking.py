"""Linking a record: near-copies count once, people's judgements hold, ids lead on."""

import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from small_coder import SmallCoder, document, gate

from communique.pipeline.keeping import add_items
from communique.pipeline.link import link_reports
from communique.pipeline.relinking import engagement, items, link, reasons_of, tellings
from communique.store import Decision, Record

LONG = "The two sides spoke at length about the work of the coming year and about what had been done in the last one. "


def add(record, *docs):
    return add_items(record, docs, SmallCoder, gate=gate)


@pytest.fixture
def record(tmp_path):
    with Record.create(tmp_path / "record") as made:
        text = LONG * 3 + "IRN visits SYR on 2020-07-08."
        add(
            made,
            document("a", text, outlet="One"),
            document("b", text + " More.", outlet="Two", published="2020-07-11"),
            document("c", "IRN visits SYR on 2020-07-08.", outlet="Three", published="2020-07-12"),
            document("d", "RUS meets IND on 2021-01-05.", outlet="Four", published="2021-01-06"),
        )
        yield made


def test_reports_of_one_event_become_one_engagement_and_copies_one_witness(record):
    """Three documents of which two are near-copies make one engagement of two witnesses; another event stays alone."""
    done = link(record)
    assert (done.reports, done.engagements) == (4, 2)
    rows = {e["type"]: e for e in record.engagements().to_pylist()}
    visit = rows["visit"]
    assert [visit[k] for k in ("reports", "documents", "outlets", "witnesses")] == [3, 3, 3, 2]
    drawn = engagement(record, visit["engagement_id"])
    assert (drawn.engagement_id, len(drawn.witnesses.tellings)) == (visit["engagement_id"], 2)
    assert record.show(visit["engagement_id"]).reports[1].why


def test_the_list_counts_tellings_as_the_engagement_does(tmp_path):
    """An agency's texts of days far apart are two tellings, those of one day are one, in list and engagement alike."""
    with Record.create(tmp_path / "record") as record:
        for number, day in enumerate(("2020-07-09", "2020-07-10", "2020-07-30")):
            text = f"IRN visits SYR on 2020-07-08. {('alpha', 'beta', 'gamma')[number] * 3} told it. (Reuters)"
            add(record, document(f"d{number}", text, outlet=f"Paper {number}", published=day))
        link(record)
        (row,) = record.engagements().to_pylist()
        assert row["reports"] == 3
        assert row["witnesses"] == len(engagement(record, row["engagement_id"]).witnesses.tellings) == 2


def test_what_people_vouch_for_is_not_doubted(record):
    """Linking reads the coder's confidence, but not of a report that a reviewer accepted, corrected or added."""
    accepted, edited, *_ = (row["report_id"] for row in record.reports().to_pylist())
    record.decide(Decision(kind="accept", who="ana", report=accepted))
    record.decide(Decision(kind="edit", who="ana", report=edited, field="mode", value="official"))
    assert sorted(str(item.confidence) for item in items(record)) == ["0.5", "0.5", "None", "None"]


def test_the_list_names_the_parties_that_most_tellings_do(tmp_path):
    """List, facets and the engagement itself have the consensus: one telling's third party is no party of the list."""
    parties = ("IRN meets SYR", "IRN meets SYR", "IRN meets RUS")
    with Record.create(tmp_path / "record") as record:
        for number, words in enumerate(parties):
            text = f"{words} on 2020-07-08. {LONG[number * 20 :]}"
            add(record, document(f"d{number}", text, outlet=f"Paper {number}"))
        link(record)
        names = tuple(dict.fromkeys(row["engagement_id"] for row in record.engagements().to_pylist()))
        if len(names) > 1:
            record.decide(Decision(kind="merge", who="ana", engagements=names))
        (row,) = record.engagements().to_pylist()
        assert row["reports"] == 3
        assert row["actors"] == ["IRN", "SYR"]
        assert row["pairs"] == ["IRN-SYR"]
        assert engagement(record, row["engagement_id"]).consensus["parties"].value == "IRN, SYR"
        assert record.engagements(country="RUS").num_rows == 0


def test_linking_again_changes_no_name(record):
    """A second run over the same reports publishes the same links and needs no redirects."""
    link(record)
    before = record.engagements()
    assert link(record).redirects == 0
    assert record.engagements() == before
    assert not [p for p in record.verify() if p.grave]


def test_splits_and_merges_hold_through_linking(record):
    """What people judged to be apart or one stays so in the next run, and undoing it gives it back to the rules."""
    link(record)
    rows = {r["doc_id"]: r for r in record.reports().to_pylist()}
    split = record.decide(Decision(kind="split", who="ana", reports=(rows["c"]["report_id"],)))
    assert record.engagements(type="visit").num_rows == 2
    link(record)
    assert record.engagements(type="visit").num_rows == 2
    names = tuple(record.engagements()["engagement_id"].to_pylist())
    merge = record.decide(Decision(kind="merge", who="ana", engagements=names[:1] + names[1:2]))
    link(record)
    assert record.engagements().num_rows == 2
    record.undo(merge, "ana")
    record.undo(split, "ana")
    link(record)
    assert {e["reports"] for e in record.engagements().to_pylist()} == {3, 1}


def test_an_earlier_document_takes_the_name_and_the_old_one_leads_to_it(record):
    """When an older document founds the engagement, the former name still leads to it."""
    link(record)
    former = record.engagements(type="visit")["engagement_id"][0].as_py()
    add(record, document("z", "IRN visits SYR on 2020-07-08.", outlet="Zero", published="2020-07-08"))
    link(record)
    now = record.engagements(type="visit").to_pylist()
    assert [e["reports"] for e in now] == [4]
    assert now[0]["engagement_id"] != former
    assert record.show(former).ident == now[0]["engagement_id"]


def test_reasons_of_all_links_are_those_of_each(record):
    """The reasons made for all links together are the ones that linking gives for each."""
    links = link_reports(items(record), tellings(record).infos)
    assert reasons_of(links) == [[str(reason) for reason in links.reasons(row)] for row in range(len(links))]
    assert any(len(reasons) > 2 for reasons in reasons_of(links))


SENTENCES = (
    "IRN visits SYR on 2020-07-08.", "planned: IRN visits SYR on 2020-07-09.", "IRN visits SYR.",
    "IRN meets SYR on 2020-07-08.", "CHN meets PAK on 2020-07-08.", "CHN meets PAK on 2020-07-10.",
    "RUS arms IND.", "IRN visits SYR on 2020-08-08.",
)  # fmt: skip
PADDINGS = ("", LONG * 3, LONG * 3 + "More. ", "A Reuters report said so. (Reuters) ")


@st.composite
def documents(draw):
    """Documents that tell few events, some in the same words, some as near-copies, some on the same day."""
    made = []
    for number in range(draw(st.integers(2, 7))):
        told = " ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True)))
        day = draw(st.integers(7, 16))
        outlet = draw(st.sampled_from(("One", "Two", "IRNA")))
        text = draw(st.sampled_from(PADDINGS)) + told
        made.append(document(f"d{number}", text, outlet=outlet, published=f"2020-07-{day:02}"))
    return made


def partition(folder, batches, size):
    """What a record of these batches, linked after each, says of every report and of every engagement."""
    with Record.create(folder) as record:
        for batch in batches:
            add_items(record, batch, SmallCoder, gate=gate, size=size)
            link(record)
        reports = "SELECT doc_id, report_id, engagement_id, level, status FROM reports ORDER BY ALL"
        engagements = "SELECT * FROM engagements ORDER BY engagement_id"
        return record.sql(reports).to_pylist(), record.sql(engagements).to_pylist()


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(documents(), st.data())
def test_any_order_and_batching_give_the_same_record(docs, data):
    """Law: documents in any order, in batches of any size with a run of linking after each, end in the same partition
    with the same names, counts, dates and witnesses as all at once."""
    order = data.draw(st.permutations(docs))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(docs) - 1), max_size=2)))
    batches = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        whole = partition(Path(folder, "whole"), [docs], 64)
        assert partition(Path(folder, "parts"), batches, data.draw(st.integers(1, 3))) == whole
        with Record.open(Path(folder, "whole")) as record:
            for row in whole[1]:
                drawn = engagement(record, row["engagement_id"])
                assert (drawn.status, drawn.start, drawn.end) == (row["status"], row["start"], row["end"])
                assert len(drawn.witnesses.tellings) == row["witnesses"]
    assert sorted({row["engagement_id"] for row in whole[0]}) == [row["engagement_id"] for row in whole[1]]
