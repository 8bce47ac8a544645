"""Who takes or leaves a post of defence, and that both coders report it, though few such events are labelled."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.run import Coder

TOLD = [
    # text, mode, status, actor, name, post
    (
        "General Mark Milley was sworn in as Chairman of the Joint Chiefs of Staff on 30 September 2019.",
        ("takes", "occurred", "USA", "Mark Milley", "Chairman of the Joint Chiefs of Staff"),
    ),
    (
        "President Macron appointed Sébastien Lecornu minister of the armed forces on 20 May 2022.",
        ("takes", "occurred", "FRA", "Sébastien Lecornu", "minister of the armed forces"),
    ),
    (
        "Captain John Smith was appointed commander of the Irish naval service on Monday.",
        ("takes", "occurred", "IRL", "John Smith", "commander of the Irish naval service"),
    ),
    (
        "Pakistan's Prime Minister Shehbaz Sharif named Lieutenant General Asim Munir as the new army chief.",
        ("takes", "occurred", "PAK", "Asim Munir", "army chief"),
    ),
    (
        "Admiral Ali Obaid took command of the Omani navy on 4 April 2020.",
        ("takes", "occurred", "OMN", "Ali Obaid", None),
    ),
    (
        "Rear Admiral Max Jensen will succeed Vice Admiral Jan Kaack as chief of the German Navy in July.",
        ("takes", "planned", "DEU", "Max Jensen", "chief of the German Navy"),
    ),
    (
        "Kazakhstan's President Kassym-Jomart Tokayev dismissed Defence Minister Murat Bektanov last year.",
        ("leaves", "occurred", "KAZ", "Murat Bektanov", "Defence Minister"),
    ),
    (
        "Anita Anand was replaced as Canada's defence minister by Bill Blair.",
        ("leaves", "occurred", "CAN", "Anita Anand", "Canada's defence minister"),
    ),
    (
        "Ghana's chief of defence staff, Vice Admiral Seth Amoama, will hand over to General Kofi Mensah next week.",
        ("leaves", "planned", "GHA", "Seth Amoama", "chief of defence staff"),
    ),
    (
        "Ukraine's defence minister Oleksii Reznikov resigned on Monday.",
        ("leaves", "occurred", "UKR", "Oleksii Reznikov", "defence minister"),
    ),
]


@pytest.fixture(scope="module", params=["rules", "learned"])
def either(request: pytest.FixtureRequest) -> Coder:
    """One coder and then the other."""
    return Coder(request.param)


@pytest.mark.parametrize(("text", "wanted"), TOLD)
def test_an_appointment_is_reported_with_its_person_and_post(
    either: Coder, document: Any, text: str, wanted: tuple[str | None, ...]
) -> None:
    """Not who appoints him; the post's state is his where nothing else tells it."""
    reports = [r for r in either.code(document(text)) if r.type == "appointment"]
    assert [
        (r.mode, r.status, p.actor, p.name, p.post) for r in reports for p in r.participants if p.kind == "person"
    ] == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Nigeria's president appointed General Christopher Musa as chief of defence staff, General Taoreed Lagbaja"
            " as chief of army staff and Air Marshal Hassan Abubakar as chief of air staff.",
            {
                "Christopher Musa": "chief of defence staff",
                "Taoreed Lagbaja": "chief of army staff",
                "Hassan Abubakar": "chief of air staff",
            },
        ),
        (
            "Fiji's president appointed Ali Hasan as finance minister and General Juma Said as minister of defence.",
            {"Juma Said": "minister of defence"},
        ),
    ],
)
def test_several_who_are_appointed_at_once_are_as_many_reports(code: Any, text: str, wanted: dict[str, str]) -> None:
    """Each with his own post, if it is one of defence."""
    reports = [r for r in code(text) if r.type == "appointment"]
    assert [len(r.participants) for r in reports] == [1] * len(wanted)
    assert {p.name: p.post for r in reports for p in r.participants} == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Russia's Security Council secretary took part in talks with the Indian defence minister in Delhi.",
        "The ministers of Oman and Fiji took over two hours to discuss defence.",
        "The retired commander of the Irish naval service gave a lecture.",
        "Chile's army will replace its ageing tanks, its commander said.",
        "The frigate fired two missiles, the defence minister of Oman said.",
        "The president of Fiji appointed a new minister of tourism.",
    ],
)
def test_what_is_no_appointment_to_a_post_of_defence_is_none(code: Any, text: str) -> None:
    """The verbs are common; a person and a post of defence in their places make the event."""
    assert not [r for r in code(text) if r.type == "appointment"]
