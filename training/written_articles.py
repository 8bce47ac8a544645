"""Reads the articles that were written for this project with their coding marked in them, in the form of gold.

An article of `training/written/*.txt` is

    === ID | OUTLET | PUBLISHED | TITLE
    A body in which every trigger is marked {1:arrived in} with its event's number, {1,2:signed} with several.
    ---
    1 visit/official occurred | visitor IRN person "Amir Hatami"; host RUS country "Russia" | ...

and an event's line is `NUMBER TYPE[/MODE] STATUS | PARTICIPANTS | DATE | PLACE | VOICE`. DATE is `date none` or
`date 2019-03-04 2019-03-06 "on Monday"`; PLACE is `place none` or `place RUS "Moscow"` with the country `-` at sea;
VOICE is `by outlet`, `by person "WORDS"` or `by organisation "WORDS"`; `aggregate` may end the line. Words in quotes
stand in the text as they are; the ones nearest to the event's first trigger are meant.

    python training/written_articles.py training/written/*.txt      says what is wrong, or counts what is right
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.codebook import load_codebook

HEAD = re.compile(r"^=== (?P<id>\S+) \| (?P<outlet>[^|]+) \| (?P<published>\d{4}-\d\d-\d\d) \| (?P<title>.+)$")
MARK = re.compile(r"\{(?P<numbers>\d+(?:,\d+)*):(?P<words>[^{}]+)\}")
EVENT = re.compile(r"^(?P<number>\d+) (?P<type>[a-z]+)(?:/(?P<mode>[a-z_]+))? (?P<status>[a-z]+)$")
PARTICIPANT = re.compile(
    r'^(?P<role>[a-z]+) (?P<actor>[A-Z0-9_]+) (?P<kind>country|organisation|person) "(?P<mention>[^"]+)"$'
)
DATE = re.compile(r'^date (?:none|(?P<start>\d{4}-\d\d-\d\d) (?P<end>\d{4}-\d\d-\d\d)(?: "(?P<text>[^"]+)")?)$')
PLACE = re.compile(r'^place (?:none|(?P<country>[A-Z]{3}|-) "(?P<text>[^"]+)")$')
VOICE = re.compile(r'^by (?P<kind>outlet|person|organisation)(?: "(?P<text>[^"]+)")?$')
STATUSES = {"occurred", "ongoing", "planned", "proposed", "cancelled", "denied"}


@dataclass
class Article:
    """One article as it stands in its file: its head, marked title and body, and the lines of its events."""

    where: str
    head: re.Match[str]
    body: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


def articles(path: Path) -> Iterator[Article]:
    """The articles of one file in order. Raises ValueError for words before the first head."""
    article, in_events = None, False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("==="):
            if article:
                yield article
            head = HEAD.match(line)
            if not head:
                raise ValueError(f"{path}:{number}: not a head: {line!r}; write '=== ID | OUTLET | YYYY-MM-DD | TITLE'")
            article, in_events = Article(f"{path}:{number}", head), False
        elif article is None:
            if line.strip():
                raise ValueError(f"{path}:{number}: words before the first '===' head: {line!r}")
        elif line.strip() == "---":
            in_events = True
        elif in_events:
            if line.strip():
                article.events.append(line.strip())
        else:
            article.body.append(line.rstrip())
    if article:
        yield article


def unmarked(marked: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text without its marks, and `(event number, start, end)` of each trigger in it."""
    out, triggers, last, length = [], [], 0, 0
    for mark in MARK.finditer(marked):
        before = marked[last : mark.start()]
        out += [before, mark["words"]]
        start = length + len(before)
        length = start + len(mark["words"])
        triggers += [(int(n), start, length) for n in mark["numbers"].split(",")]
        last = mark.end()
    out.append(marked[last:])
    return "".join(out), triggers


def document(article: Article) -> dict[str, Any]:
    """The article as a document in the form of gold, with `trigger` in its evidence and spans at its mentions.

    Raises ValueError that names the file, line and value where the article breaks the form or the codebook.
    """
    paragraphs = "\n".join(article.body).strip()
    text, triggers = unmarked(article.head["title"].strip() + "\n\n" + paragraphs)
    if "{" in text or "}" in text:
        raise ValueError(f"{article.where}: a brace is left in the text; a mark is {{1:words}}")
    events = [event(article, line, text, triggers) for line in article.events]
    loose = {n for n, _, _ in triggers} - {e["number"] for e in events}
    if loose:
        raise ValueError(f"{article.where}: marks without an event's line: {sorted(loose)}")
    head = article.head
    return {
        "id": head["id"],
        "outlet": head["outlet"].strip(),
        "published": head["published"],
        "title": text.split("\n\n")[0],
        "text": text,
        "events": events,
    }


def event(article: Article, line: str, text: str, triggers: list[tuple[int, int, int]]) -> dict[str, Any]:
    """One event's line as a report in the form of gold. Raises ValueError as `document` does."""
    parts = [part.strip() for part in line.split(" | ")]
    aggregate = parts[-1] == "aggregate"
    parts = parts[:-1] if aggregate else parts
    if len(parts) != 5:
        raise ValueError(f"{article.where}: {len(parts)} parts, not 5, in {line!r}")
    forms = (EVENT, None, DATE, PLACE, VOICE)
    head, date, place, voice = (need(form, part, article) for form, part in zip(forms, parts, strict=True) if form)
    mine = [(start, end) for number, start, end in triggers if number == int(head["number"])]
    if not mine:
        raise ValueError(f"{article.where}: event {head['number']} has no mark in the text")
    near = mine[0][0]
    people = [need(PARTICIPANT, part.strip(), article) for part in parts[1].split("; ")]
    check(article, line, head, people)
    for day in (date["start"], date["end"]):
        if day:
            dt.date.fromisoformat(day)
    return {
        "number": int(head["number"]),
        "type": head["type"],
        "mode": head["mode"],
        "status": head["status"],
        "participants": [p.groupdict() | {"span": words_near(article, text, p["mention"], near)} for p in people],
        "date": date["start"]
        and {
            "start": date["start"],
            "end": date["end"],
            "text": date["text"],
            "span": date["text"] and words_near(article, text, date["text"], near),
        },
        "place": place["text"]
        and {
            "name": place["text"],
            "text": place["text"],
            "country": None if place["country"] == "-" else place["country"],
            "span": words_near(article, text, place["text"], near),
        },
        "asserted_by": {
            "kind": voice["kind"],
            "name": voice["text"],
            "text": voice["text"],
            "span": voice["text"] and words_near(article, text, voice["text"], near),
        },
        "aggregate": aggregate,
        "evidence": [{"start": start, "end": end, "trigger": text[start:end]} for start, end in mine],
    }


def need(form: re.Pattern[str], part: str, article: Article) -> re.Match[str]:
    """The match of `part`. Raises ValueError where it has another form."""
    found = form.match(part)
    if not found:
        raise ValueError(f"{article.where}: {part!r} has not the form {form.pattern}")
    return found


def check(article: Article, line: str, head: re.Match[str], people: list[re.Match[str]]) -> None:
    """Raises ValueError where a type, mode, status, role or actor is not the codebook's."""
    book = load_codebook()
    kind = book.types.get(head["type"])
    if kind is None:
        raise ValueError(f"{article.where}: no type {head['type']!r} in {line!r}")
    if head["mode"] and head["mode"] not in kind.modes:
        raise ValueError(f"{article.where}: {head['type']} has no mode {head['mode']!r}; it has {sorted(kind.modes)}")
    if head["status"] not in STATUSES:
        raise ValueError(f"{article.where}: no status {head['status']!r}; one of {sorted(STATUSES)}")
    for person in people:
        if person["role"] not in kind.roles:
            raise ValueError(
                f"{article.where}: {head['type']} has no role {person['role']!r}; it has {sorted(kind.roles)}"
            )
        if person["actor"] != "UNKNOWN" and book.find_actor(person["actor"]) is None:
            raise ValueError(
                f"{article.where}: no actor {person['actor']!r}; ISO alpha-3 or a code of codebook/data/actors*.csv"
            )


def words_near(article: Article, text: str, words: str, near: int) -> list[int]:
    """`[start, end]` of the place where `words` stands nearest to `near`. Raises ValueError where it stands nowhere."""
    starts = [found.start() for found in re.finditer(re.escape(words), text)]
    if not starts:
        raise ValueError(f"{article.where}: {words!r} is not in the text")
    start = min(starts, key=lambda at: abs(at - near))
    return [start, start + len(words)]


def documents(paths: list[Path]) -> Iterator[dict[str, Any]]:
    """The documents of the files in order. Raises ValueError as `document` does."""
    for path in paths:
        for article in articles(path):
            yield document(article)


def main() -> int:
    """Check the files named on the command line; 1 where an article is wrong."""
    wrong, right, kinds = 0, 0, Counter[str]()
    for path in map(Path, sys.argv[1:]):
        for article in articles(path):
            try:
                made = document(article)
            except ValueError as problem:
                wrong += 1
                print(problem)
            else:
                right += 1
                kinds.update(e["type"] for e in made["events"])
    print(f"{right} articles right, {wrong} wrong; {sum(kinds.values())} events: {dict(kinds.most_common())}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
