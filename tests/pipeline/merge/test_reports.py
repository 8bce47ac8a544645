"""One report of the drafts of one event."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.codebook import problems_of
from communique.pipeline.drafts import Filler, Mention, Parsed
from communique.pipeline.merge.dating import date_of, fittest
from communique.pipeline.merge.participants import participant, participants_of
from communique.pipeline.merge.reports import build_report, is_unspoken, joined, status_of
from communique.pipeline.merge.vouching import voice_of
from communique.records import DateInterval, Place, Versions, Voice
from communique.text import content_hash

PUBLISHED = dt.date(2021, 6, 10)
VISIT = {"visitor": ["OMN"], "host": ["TON"]}
NAMED = {"visitor": ["OMN: Salim Said, General"], "host": ["TON"]}
SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: (p[0], p[0] + p[1])), max_size=8)


@pytest.fixture(scope="session")
def build(coder: Any, document: Any) -> Any:
    """Builds the report of some drafts of a text of a thousand letters."""

    def built(*drafts: Any, text: str = "x" * 1000, official: bool = False) -> Any:
        parsed = Parsed(document(text), (), (), official=official)
        return build_report(parsed, drafts, 0.5, coder.codebook, Versions(coder="c", codebook="b", lexicon="l"))

    return built


@given(SPANS)
def test_joined(spans: list[tuple[int, int]]) -> None:
    """Spans come in order, none within another; all that was covered stays covered, joining twice changes nothing."""
    found = joined(spans)
    assert found == sorted(set(found)) == joined(found)
    assert set(found) <= set(spans)
    assert {i for a, b in found for i in range(a, b)} == {i for a, b in spans for i in range(a, b)}
    assert not any(a != b and a[0] <= b[0] and b[1] <= a[1] for a in found for b in found)


def test_evidence_has_a_span_for_each_mention(build: Any, draft: Any) -> None:
    """Three mentions are three spans in order of the text."""
    report = build(draft("visit", VISIT, 0), draft("visit", VISIT, 3), draft("visit", VISIT, 5))
    assert [(s.start, s.end) for s in report.evidence] == [(0, 50), (300, 350), (500, 550)]


def test_the_id_is_what_the_report_is_about(build: Any, draft: Any) -> None:
    """The id is the hash of document, type and evidence: nothing that is said of the event changes it."""
    first = build(draft("visit", VISIT, 2))
    told = build(
        draft(
            "visit",
            NAMED,
            2,
            on=7,
            status="planned",
            mode="official",
            voice=Voice(kind="organisation", name="x"),
            aggregate=True,
        )
    )
    assert first.report_id == told.report_id == content_hash(content_hash("x" * 1000), "visit", "200-250")


@pytest.mark.parametrize(
    "other", [{"at": 3}, {"at": 2, "end": 260}, {"at": 2, "kind": "meeting"}, {"at": 2, "text": "y" * 1000}]
)
def test_another_place_type_or_text_is_another_report(build: Any, draft: Any, other: dict[str, Any]) -> None:
    """Evidence, type and document each make another id."""
    kind, text = other.pop("kind", "visit"), other.pop("text", "x" * 1000)
    changed = build(draft(kind, VISIT if kind == "visit" else {"party": ["OMN", "TON"]}, **other), text=text)
    assert changed.report_id != build(draft("visit", VISIT, 2)).report_id


def test_reports_keep_the_codebook(build: Any, draft: Any, coder: Any) -> None:
    """What is built has no problem that the codebook's checker finds."""
    for report in (
        build(draft("visit", NAMED, on=7)),
        build(draft("meeting", {"party": ["OMN", "TON navy"]})),
        build(draft("transfer", {"supplier": ["CHL: Ana Paz"], "recipient": ["PER"]})),
    ):
        assert problems_of(report, coder.codebook) == []
        assert report.why
        assert report.versions is not None


def roles(report: Any) -> set[tuple[str, str, str | None]]:
    return {(p.role, p.actor, p.name) for p in report.participants}


def test_an_official_stands_for_the_country(build: Any, draft: Any) -> None:
    """Country and official in one role are one party, the fuller one, whichever comes first."""
    for order in (VISIT, NAMED), (NAMED, VISIT):
        report = build(*(draft("visit", each, at) for at, each in enumerate(order)))
        assert roles(report) == {("visitor", "OMN", "Salim Said"), ("host", "TON", None)}


def test_the_fuller_name_stays(build: Any, draft: Any) -> None:
    """Of two mentions of one person the fuller name is kept with its rank."""
    report = build(draft("visit", {"visitor": ["OMN: Said"], "host": ["TON"]}), draft("visit", NAMED, 1))
    assert [(p.name, p.rank) for p in report.participants if p.kind == "person"] == [("Salim Said", "General")]


def test_two_officials_of_one_state_are_two(build: Any, draft: Any) -> None:
    """Different persons in one role both stay."""
    report = build(draft("meeting", {"party": ["OMN: Salim Said", "OMN: Khalid Nasr", "TON"]}))
    assert roles(report) == {("party", "OMN", "Salim Said"), ("party", "OMN", "Khalid Nasr"), ("party", "TON", None)}


@pytest.mark.parametrize("kind", ["transfer", "exercise", "deployment", "incident", "training"])
def test_what_services_do_has_no_persons(build: Any, draft: Any, kind: str, coder: Any) -> None:
    """An official who speaks of a transfer or a drill is no party: the state is."""
    first, *rest = coder.codebook.type(kind).roles
    other = rest[0] if rest and not coder.codebook.type(kind).symmetric else first
    report = build(
        draft(
            kind,
            {
                first: ["CHL: Ana Paz", "PER"] if other == first else ["CHL: Ana Paz"],
                **({other: ["PER"]} if other != first else {}),
            },
        )
    )
    assert all(p.kind == "country" and p.name is None for p in report.participants)
    assert {p.actor for p in report.participants} == {"CHL", "PER"}


@pytest.mark.parametrize("guess", ["same sentence", "place", "event before"])
def test_guesses_only_close_gaps(draft: Any, coder: Any, guess: str) -> None:
    """A party guessed from nearness adds nobody once both sides are known, and closes a side that is open."""
    named = draft("visit", VISIT)
    guessed = draft("visit", {"host": ["CHL"]}, 1, rule=guess)
    assert {p.actor for p in participants_of([named, guessed], coder.codebook)} == {"OMN", "TON"}
    alone = draft("visit", {"visitor": ["OMN"]})
    assert {p.actor for p in participants_of([alone, guessed], coder.codebook)} == {"OMN", "CHL"}


def test_an_actor_keeps_its_side(draft: Any, coder: Any) -> None:
    """Nobody is visitor and host of one visit, or host and party of one exercise."""
    found = participants_of([draft("visit", VISIT), draft("visit", {"visitor": ["TON"]}, 1)], coder.codebook)
    assert {(p.role, p.actor) for p in found} == {("visitor", "OMN"), ("host", "TON")}
    found = participants_of(
        [draft("exercise", {"party": ["OMN", "TON"]}), draft("exercise", {"host": ["TON"]}, 1)], coder.codebook
    )
    assert len(found) == len({p.actor for p in found}) == 2


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["occurred"], "occurred"),
        (["planned", "occurred"], "occurred"),
        (["planned", "planned", "occurred"], "planned"),
        (["proposed", "planned"], "planned"),
        (["denied"], "denied"),
    ],
)
def test_status(draft: Any, statuses: list[str], expected: str) -> None:
    """The status of most mentions; among equals the one told most surely."""
    assert status_of([draft("visit", VISIT, at, status=s) for at, s in enumerate(statuses)]) == expected


def test_echoes_do_not_decide_the_status(draft: Any) -> None:
    """An echo counts only where nothing else tells the event."""
    echoes = [draft("visit", VISIT, at, status="planned", flags=["echo"]) for at in (1, 2)]
    assert status_of([draft("visit", VISIT, 0), *echoes]) == "occurred"
    assert status_of(echoes) == "planned"


def test_voice(draft: Any) -> None:
    """The outlet vouches for what any full sentence tells in its own voice; a headline alone is not enough."""
    ministry = Voice(kind="organisation", name="defence ministry of Oman")
    said, plain = draft("visit", VISIT, 1, voice=ministry), draft("visit", VISIT, 2)
    assert voice_of([said, plain], {}).kind == "outlet"
    assert voice_of([said, draft("visit", VISIT, 0, flags=["title"])], {}) == ministry
    assert voice_of([plain], {}).kind == "outlet"


def test_the_voice_that_is_heard_best(draft: Any) -> None:
    """Of several sources of full sentences the one heard best vouches; a headline's only where there is no other."""
    headline, first, second = (Voice(kind="organisation", name=name) for name in ("Lima", "navy of Peru", "El Sur"))
    title = draft("visit", VISIT, 0, voice=headline, flags=["title"])
    faint, clear = draft("visit", VISIT, 1, voice=first), draft("visit", VISIT, 2, voice=second)
    faint.vouched, clear.vouched = 0.5, 2.0
    assert voice_of([title, faint, clear], {}) == second
    assert voice_of([title, faint], {}) == first
    assert voice_of([title], {}) == headline


def test_a_source_named_for_the_event_alone(draft: Any) -> None:
    """ "According to" on the first full mention vouches for the event whatever the weights, unless the reader is sure
    that the outlet does."""
    ministry, outlet = Voice(kind="organisation", name="defence ministry"), {"bias": -9.0}
    cited = draft("visit", VISIT, 1, voice=ministry)
    assert voice_of([cited], outlet).kind == "outlet"
    cited.voice_why = "according"
    assert voice_of([cited, draft("visit", VISIT, 2)], outlet) == ministry
    cited.vouched = -6.0
    assert voice_of([cited], outlet).kind == "outlet"


def test_a_weighed_voice(draft: Any) -> None:
    """By weights a likely source vouches for what another sentence tells too; where none is named, the outlet does."""
    ministry = Voice(kind="organisation", name="defence ministry of Oman")
    said, plain = draft("visit", VISIT, 1, voice=ministry), draft("visit", VISIT, 2)
    assert voice_of([said, plain], {"bias": -1.0, "first sourced": 3.0}) == ministry
    assert voice_of([plain, said], {"bias": -1.0, "first sourced": 3.0}).kind == "outlet"
    assert voice_of([plain], {"bias": 3.0}).kind == "outlet"


# dates
def test_a_plain_past_event_is_dated_by_inference(draft: Any) -> None:
    """Without any told date what happened is given the three days before publication, which is marked as weak."""
    found = date_of([draft("visit", VISIT)], "occurred", PUBLISHED, False, {})
    assert found == DateInterval(start=dt.date(2021, 6, 7), end=PUBLISHED, precision="inferred")


@pytest.mark.parametrize("status", ["ongoing", "denied"])
def test_what_goes_on_or_is_denied_is_not(draft: Any, status: str) -> None:
    """No date is inferred for what goes on or is denied, for a sum of events, or without a day of publication."""
    assert date_of([draft("visit", VISIT, status=status)], status, PUBLISHED, False, {}) is None  # type: ignore[arg-type]
    assert date_of([draft("visit", VISIT, aggregate=True)], "occurred", PUBLISHED, False, {}) is None
    assert date_of([draft("visit", VISIT)], "occurred", None, False, {}) is None


def test_a_told_date_is_never_inferred(draft: Any) -> None:
    """Of several told dates the most exact one counts; it keeps its words."""
    told = [draft("agreement", {}, on=(5, 9)), draft("agreement", {}, 1, on=7)]
    found = date_of(told, "occurred", PUBLISHED, False, {})
    assert found is not None
    assert (found.start, found.end, found.text) == (dt.date(2021, 6, 7), dt.date(2021, 6, 7), "told")


def test_what_lasts_keeps_its_days() -> None:
    """The range that holds the exact day is the date of a visit, not of a signature."""
    day = DateInterval(start=dt.date(2021, 6, 7), end=dt.date(2021, 6, 7), precision="day", text="Monday")
    span = DateInterval(start=dt.date(2021, 6, 6), end=dt.date(2021, 6, 9), precision="range", text="June 6-9")
    assert fittest([day, span], "visit") == fittest([span, day], "exercise") == span
    assert fittest([day, span], "agreement") == day


@pytest.mark.parametrize(
    ("kind", "told", "status", "more", "first", "last"),
    [
        ("exercise", 7, "ongoing", {}, 7, 10),
        ("cooperation", 7, "ongoing", {}, 7, 10),
        ("exercise", (7, 14), "ongoing", {}, 7, 14),
        ("visit", 7, "occurred", {"lasts": 3}, 7, 9),
        ("visit", 9, "occurred", {"lasts": 3, "flags": {"ends"}}, 7, 9),
        ("visit", 7, "planned", {"lasts": 400}, 7, 7),
        ("agreement", 7, "occurred", {"lasts": 3}, 7, 7),
        ("exercise", 7, "ongoing", {"lasts": 7}, 7, 13),
        ("exercise", 7, "occurred", {}, 7, 7),
    ],
)
def test_one_told_day_of_what_lasts(
    draft: Any, kind: str, told: Any, status: Any, more: dict[str, Any], first: int, last: int
) -> None:
    """What goes on reaches to publication; a told length of days counts from the first day or back from the last."""
    found = date_of([draft(kind, {}, on=told, status=status, **more)], status, PUBLISHED, False, {})
    assert found is not None
    assert (found.start, found.end) == (dt.date(2021, 6, first), dt.date(2021, 6, last))
    assert (found.precision == "day") is (first == last)


def test_a_release_dates_its_announcement(draft: Any) -> None:
    """What a state's own release announces happens on its day."""
    found = date_of([draft("statement", {})], "occurred", PUBLISHED, True, {})
    assert found == DateInterval(start=PUBLISHED, end=PUBLISHED, precision="day")


# places
def test_a_visit_without_a_place_is_in_the_hosts_country(build: Any, draft: Any) -> None:
    """One host gives the place of a visit, and of visits summed up; several hosts give none; a meeting has none."""
    assert build(draft("visit", VISIT)).place.country == "TON"
    assert build(draft("visit", {"visitor": ["OMN"], "host": ["TON", "CHL"]})).place is None
    assert build(draft("visit", VISIT, aggregate=True)).place.country == "TON"
    assert build(draft("meeting", {"party": ["OMN", "TON"]})).place is None


@pytest.mark.parametrize(("visitors", "country", "hosts"), [
    (["OMN", "TON"], "TON", {"TON"}), (["OMN", "TON"], "FJI", set()), (["TON"], "TON", set()),
])  # fmt: skip
def test_who_is_at_home_receives(build: Any, draft: Any, visitors: list[str], country: str, hosts: set[str]) -> None:
    """Of a visit without a host, the party in whose country it takes place is the host, if another visits it."""
    report = build(draft("visit", {"visitor": visitors}, place=Place(name="x", country=country, text="x")))
    assert {p.actor for p in report.participants if p.role == "host"} == hosts


def test_a_visit_to_one_state_takes_place_there(build: Any, draft: Any) -> None:
    """A place in another country is not that of a visit with one host; a sea is, and so is a place of two hosts."""
    for country, found in (("CHL", "TON"), ("TON", "TON"), (None, None)):
        report = build(draft("visit", VISIT, place=Place(name="x", country=country, text="x")))
        assert report.place is not None
        assert report.place.country == found
    both = {"visitor": ["OMN"], "host": ["TON", "PER"]}
    assert build(draft("visit", both, place=Place(name="x", country="CHL", text="x"))).place.country == "CHL"


@pytest.mark.parametrize(("parties", "addressees"), [
    ({"speaker": ["CHL: Juan Rojas", "TON"]}, {"TON"}),
    ({"speaker": ["CHL: Juan Rojas", "TON: Sione Tupou"]}, set()),
    ({"speaker": ["CHL", "TON"]}, set()),
    ({"speaker": ["CHL", "TON"], "addressee": ["PER"]}, set()),
])  # fmt: skip
def test_who_is_spoken_to(build: Any, draft: Any, parties: dict[str, list[str]], addressees: set[str]) -> None:
    """Of several speakers and no addressee the one person speaks to the others; persons of two states, or two states,
    speak together."""
    report = build(draft("statement", parties, rule="reader"))
    found = {p.actor for p in report.participants if p.role == "addressee"}
    assert found - {"PER"} == addressees


def test_a_statement_is_made_by_somebody(build: Any, draft: Any) -> None:
    """A statement of which only the addressee is known is none; every other event may lack its first side."""
    assert is_unspoken(build(draft("statement", {"addressee": ["TON"]})))
    assert not is_unspoken(build(draft("statement", {"speaker": ["TON"]})))
    assert not is_unspoken(build(draft("visit", {"host": ["TON"]})))


def test_a_tour_has_no_one_place(build: Any, draft: Any) -> None:
    """Three hosts share no place that lies in one of them; a place elsewhere, or of fewer hosts, stays."""
    tour = {"visitor": ["OMN"], "host": ["TON", "CHL", "PER"]}
    placed = {"place": Place(name="Lima", country="PER", text="Lima")}
    assert build(draft("visit", tour, **placed)).place is None
    assert build(draft("visit", {"visitor": ["OMN"], "host": ["TON", "PER"]}, **placed)).place.name == "Lima"
    assert build(draft("visit", tour, place=Place(name="Suva", country="FJI", text="Suva"))).place.name == "Suva"


def test_an_exact_place_is_preferred(build: Any, draft: Any) -> None:
    """A town told later is better than a state told first, and coordinates come with their place."""
    vague = draft(
        "visit", VISIT, place=Place(name="Tonga", country="TON", text="Tonga"), lat=-20.0, lon=-175.0, geo_precision=3
    )
    exact = draft(
        "visit",
        VISIT,
        1,
        place=Place(name="Neiafu", country="TON", text="Neiafu"),
        lat=-18.65,
        lon=-173.98,
        geo_precision=1,
    )
    report = build(vague, exact)
    assert (report.place.name, report.lat, report.lon, report.geo_precision) == ("Neiafu", -18.65, -173.98, 1)


def test_details_and_claims_are_gathered(build: Any, draft: Any) -> None:
    """The first mention that tells a detail gives it; private notes and empty values stay out."""
    report = build(
        draft("exercise", {"party": ["OMN", "TON"]}, details={"name": "Blue Reef", "_locality": "x", "edition": None}),
        draft("exercise", {"party": ["OMN", "TON"]}, 1, details={"name": "Red Reef", "edition": "third"}),
    )
    assert report.details == {"name": "Blue Reef", "edition": "third"}


@pytest.mark.parametrize(
    ("told", "parties", "expected"),
    [
        ("multilateral", ["OMN", "TON"], "bilateral"),
        ("bilateral", ["OMN", "TON", "CHL"], "multilateral"),
        ("bilateral", ["OMN: Salim Said", "OMN: Khalid Nasr", "TON"], "bilateral"),
        ("multilateral", ["OMN", "GCC"], "multilateral"),
        ("remote", ["OMN", "TON", "CHL"], "remote"),
        ("multilateral", ["OMN"], "multilateral"),
    ],
)
def test_how_many_met(build: Any, draft: Any, told: str, parties: list[str], expected: str) -> None:
    """Two states meet bilaterally, more actors multilaterally, whatever one mention said; other modes stay."""
    assert build(draft("meeting", {"party": parties}, mode=told)).mode == expected


@pytest.mark.parametrize(("kind", "name"), [("agreement", None), ("statement", None), ("visit", "JS Kongo")])
def test_no_ship_signs_or_speaks(kind: str, name: str | None) -> None:
    """Where a ship's name gave the party of what is said or agreed, the state is it; ships visit and drill."""
    ship = Mention(0, 8, "JS Kongo", 0, 1, "vessel", "organisation", ("JPN",), "JS Kongo")
    found = participant("party", "JPN", Filler("party", ship, "reader elsewhere"), kind)
    assert (found.actor, found.name, found.mention) == ("JPN", name, "JS Kongo")
