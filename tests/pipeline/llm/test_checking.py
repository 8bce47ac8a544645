"""What the model proposes is held against the text and the codebook."""

import pytest

from communique.pipeline.llm.answer import ProposedReport
from communique.pipeline.llm.checking import DROPS, Dropped, grounded
from communique.pipeline.llm.grounding import Grounds
from communique.pipeline.llm.pieces import Piece
from communique.records import Span


@pytest.fixture
def check(codebook, make_article):
    def checked(report, ignored=()):
        text = make_article().text
        return grounded(
            ProposedReport.model_validate(report), Grounds(text), Piece(0, len(text)), codebook, tuple(ignored)
        )

    return checked


def test_a_right_report_stands_with_its_offsets(check, visit, make_article):
    """Evidence, parties, date and place carry the text's own stretches."""
    text, found = make_article().text, check(visit)
    assert [s.of(text) for s in found.evidence] == visit["evidence"]
    assert [p.span.of(text) for p in found.parties] == [p["mention"] for p in visit["participants"]]
    assert ([d.of(text) for d in found.dates], found.place.of(text)) == (["on Monday"], "Ankara")
    assert (found.parties[0].name, found.parties[0].post, found.left_out) == ("Batsaikhan Dorj", "Defence Minister", [])


INVENTED = "Mongolian Defence Minister Batsaikhan Dorj signed a pact"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "visitt"}, "type"),
        ({"evidence": [INVENTED]}, "evidence"),
        ({"evidence": ["Mongolian Defence Minister ... travelled to Ankara"]}, "evidence"),
        ({"evidence": ["travelled to Ankara on Monday", INVENTED]}, "evidence"),
        ({"evidence": ["met"]}, "evidence_length"),
        ({"participants": [{"role": "visitor", "mention": "Batsaikhan Tuul"}]}, "mention"),
        ({"participants": [{"role": "visitor", "mention": "Turk"}]}, "mention"),
        ({"participants": [{"role": "supplier", "mention": "Ankara"}]}, "role"),
    ],
)
def test_what_the_text_or_codebook_does_not_bear_is_dropped_with_its_reason(check, visit, change, reason):
    """One invented quotation or mention, or an unknown type or role, drops the report."""
    with pytest.raises(Dropped) as dropped:
        check(visit | change)
    assert dropped.value.reason == reason
    assert reason in DROPS


def test_furniture_is_no_evidence(check, visit):
    """A dateline or feed furniture is never coded, even if the model quotes it."""
    with pytest.raises(Dropped) as dropped:
        check(visit, [Span(start=40, end=60)])
    assert dropped.value.reason == "furniture"


def test_lesser_fields_that_fail_are_left_out_with_a_note(check, visit):
    """An invented date, place, post, claim, detail or domain is taken out and named; the report stands."""
    visit["participants"][0]["post"] = "Prime Minister"
    visit["participants"].append({"role": "supplier", "mention": "Ankara"})
    visit |= {
        "mode": "signed",
        "date_words": ["on Sunday"],
        "place_words": "Istanbul",
        "voice": {"kind": "organisation", "name": "Xinhua"},
        "domains": ["training", "gardening"],
        "claims": [{"kind": "first", "words": "first visit ever"}, {"kind": "other", "words": "last trained together"}],
        "details": [{"field": "vessels", "words": "frigate Tuul"}],
    }
    found = check(visit)
    assert {w.split(" ", 1)[0] for w in found.left_out} == {
        "post", "party", "mode", "date", "place", "voice", "domain", "claim", "detail"
    }  # fmt: skip
    assert (found.dates, found.place, found.mode, found.details) == ([], None, None, {})
    assert found.domains == {"training"}
    assert [c.text for c in found.claims] == ["last trained together"]


def test_details_take_the_form_of_the_codebook(check, visit):
    """Lists stay lists, items come with their quantity, other fields are words; fields of other types are passed by."""
    visit["details"] = [
        {"field": "vessels", "words": "Gobi"},
        {"field": "vessels", "words": "Ankara"},
        {"field": "amount", "words": "2019"},
    ]
    found = check(visit)
    assert found.details == {"vessels": ["Gobi", "Ankara"]}
    assert found.left_out == ["detail 'amount', which visit has not"]
    visit |= {
        "type": "transfer",
        "mode": None,
        "participants": [{"role": "supplier", "mention": "Turkish"}],
        "details": [{"field": "items", "words": "armies", "quantity": "two"}, {"field": "amount", "words": "2019"}],
    }
    assert check(visit).details == {"items": [{"item": "armies", "quantity": "two"}], "amount": "2019"}
