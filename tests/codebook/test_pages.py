import json
import re
from pathlib import Path

import pytest

from communique.codebook import load_codebook
from communique.codebook.pages import codebook_page, generated_files, schema_text, sentences


@pytest.mark.parametrize("path", [*generated_files()], ids=lambda path: path.name)
def test_the_generated_files_are_fresh(path: Path) -> None:
    """Rewritten by `python -m communique.codebook.pages`."""
    assert path.exists(), f"{path} is missing; run python -m communique.codebook.pages"
    assert path.read_text(encoding="utf-8") == generated_files()[path], "stale; run python -m communique.codebook.pages"


def test_every_type_mode_role_detail_field_and_actor_is_written_up() -> None:
    page, book = codebook_page(), load_codebook()
    for event in book.types.values():
        assert f"\n## {event.name}\n" in page
        for name in [*event.modes, *event.roles, *event.details]:
            assert f"\n- `{name}`" in page
    for name in [*book.statuses, *book.domains, *book.precisions, *book.claims, *book.fields]:
        assert f"\n- `{name}`: " in page
    assert all(f"\n| `{code}` | " in page for code in book.actors)


def test_there_is_one_sentence_per_line() -> None:
    for line in codebook_page().splitlines():
        if not line.startswith(("|", "<!--", "- CAMEO", "- PLOVER", "Sources:")):
            assert not re.search(r"[a-z][.] [A-Z]", line), line


def test_no_two_headings_are_alike() -> None:
    headings = [line for line in codebook_page().splitlines() if line.startswith("#")]
    assert len(headings) == len(set(headings))


def test_the_schema_is_written_as_json() -> None:
    assert json.loads(schema_text())["title"] == "Report"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ('It says so. "Last week" is a week.', ["It says so.", '"Last week" is a week.']),
        ("Version 1.1 holds.", ["Version 1.1 holds."]),
        ("No end", ["No end"]),
    ],
)
def test_a_text_is_split_into_its_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
