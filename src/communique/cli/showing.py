"""The codebook and the lexicon on the terminal."""

from __future__ import annotations

import json as js
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.table import Table
from rich.text import Text

from communique.errors import UnusableOption
from communique.export import console_on
from communique.lexicon import Entry, Lexicon, Match, load_lexicon
from communique.lexicon.ships import PREFIX


def codebook_text(type: str | None, *, json: bool) -> str:
    """All event types, one in full, or the JSON Schema of a report."""
    from communique.codebook.pages import describe_codebook, describe_type, schema_text

    if json and type is not None:
        raise UnusableOption(f"--json prints the schema of all types; leave out {type!r}")
    if json:
        return schema_text()
    return describe_codebook() if type is None else describe_type(type)


def print_matches(text: str, *, json: bool, own_rows: Path | None = None) -> None:
    """What the lexicon finds in the text, as a table or as JSON Lines; says so where it finds nothing."""
    matches = found_in(text, load_lexicon(own_rows))
    if json:
        for match in matches:
            print(js.dumps(match_row(match), ensure_ascii=False))
        return
    if not matches:
        print("no name that the lexicon knows")
        return
    with console_on(sys.stdout.buffer) as console:
        console.print(match_table(matches))


def found_in(text: str, lexicon: Lexicon) -> list[Match]:
    """The names in the text, and as further matches its posts, by pattern and level, and the prefixes of ships."""
    matches = lexicon.find(text)
    for post in lexicon.find_posts(text):
        entry = Entry("post", post.pattern, None, post.text, "strong", post.level)
        matches.append(Match(post.start, post.end, post.text, (entry,)))
    for word in re.finditer(r"\w+", text):
        rows = lexicon.ship_prefixes.rows(word.group())
        if rows:
            ways = ("weak" if row.weak else "strong" for row in rows)
            entries = tuple(Entry(PREFIX, r.id, r.state, r.prefix, way) for r, way in zip(rows, ways, strict=True))
            matches.append(Match(word.start(), word.end(), word.group(), entries))
    return sorted(matches, key=lambda match: (match.start, -match.end))


def print_lexicon_problems(own_rows: Path | None) -> bool:
    """Whether the packaged tables are sound, or those that are laid over them; prints every problem."""
    from communique.lexicon.check import check_lexicon
    from communique.lexicon.load import overlay_problems

    problems = check_lexicon() if own_rows is None else overlay_problems(own_rows)
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else "no problems", file=sys.stderr)
    return not problems


def match_row(match: Match) -> dict[str, object]:
    """A match as plain values."""
    fields = ("kind", "subkind", "id", "code", "name", "form", "weak")
    readings = [{field: getattr(entry, field) for field in fields} for entry in match.entries]
    return {"start": match.start, "end": match.end, "text": match.text, "readings": readings}


def match_table(matches: list[Match]) -> Table:
    """One reading a row; the words stand beside the first of theirs."""
    table = Table(show_edge=False, pad_edge=False, header_style="dim")
    for column in ("words", "from", "to", "kind", "code", "name", "form"):
        table.add_column(column)
    for match in matches:
        words = (match.text, str(match.start), str(match.end))
        for number, entry in enumerate(match.entries):
            table.add_row(*(map(Text, words) if number == 0 else ("", "", "")), *map(Text, reading(entry)))
    return table


def reading(entry: Entry) -> Iterator[str]:
    """Kind, code, name and form of one reading."""
    yield entry.kind if entry.subkind is None else f"{entry.kind}, {entry.subkind}"
    yield entry.code or ""
    yield entry.name
    yield f"{entry.form}, weak" if entry.weak and entry.form != "weak" else entry.form
