"""Reads one post outwards from its head: modifiers and a body's name before it, an "of" or "for" tail after it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from communique.lexicon.post_line import ARTICLES, POSSESSIVE, Line, Run, noun_run
from communique.lexicon.post_tables import Head, StateLevels

LINKS = frozenset({"of", "for", "to", "at"})
AND = frozenset({"and", "&"})
LOWERED = frozenset({"head_of_state", "head_of_government", "minister", "chief_of_staff", "service_chief", "director",
                     "commander"})  # fmt: skip
"""levels whose deputy is of level deputy; a deputy spokesman stays a spokesperson"""
MOST_LEAD = 4
MOST_BRACKET = 4
MOST_PHRASE = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """A post on words start..end, with its level, kind of body, modifiers and pattern."""

    start: int
    end: int
    level: str
    body_kind: str | None
    modifiers: tuple[str, ...]
    pattern: str
    levels: StateLevels = field(default_factory=dict, hash=False)


def read_post(line: Line, i: int, free_from: int) -> Reading | None:
    """The post whose head starts at word i, reaching left no further than `free_from`; None where there is none."""
    found = line.grammar.heads.at(line.small, i)
    if found is None or not line.unbroken(i, found[0]) or line.covered(i, found[0]):
        return None
    head_end, head = found
    end, first = _tail(line, head, i, head_end)
    start = _lead(line, i, free_from) if head.pattern.has("lead") else i
    if not _stands(line, head, i, head_end, told=end > head_end or start < i):
        return None
    level, kind = _level(line, head, (start, i, head_end), first)
    levels = head.pattern.levels if level == head.pattern.level else {}
    start, inside = _modifiers(line, start, free_from)
    end, after = _after(line, end)
    if "deputy" in inside and level in LOWERED and head.pattern.id != "deputy_prime_minister":
        level, levels = "deputy", {}
    names = dict.fromkeys([*inside, *_outside(line, start, free_from), *after])
    reading = Reading(start, end, level, kind, tuple(names), head.pattern.id, levels)
    return _joined(line, reading, head)


def _stands(line: Line, head: Head, start: int, end: int, *, told: bool) -> bool:
    """Whether the head is a post here: with a tail or lead always, alone as its pattern allows."""
    if told:
        return True
    if head.pattern.has("rank") and end < len(line) and line.capital(end) and line.word(end).isalpha():
        return False  # "Commander Smith": a rank
    return head.pattern.bare == "always" or (head.pattern.bare == "capital" and line.capital(start))


def _tail(line: Line, head: Head, start: int, end: int) -> tuple[int, Run | None]:
    """Where the tail ends, and its first noun run."""
    end, first = _first_tail(line, head, start, end)
    if first is None:
        return end, None
    end = _links(line, _list_end(line, first))
    if head.pattern.has("comma") and line.word(end) == ",":
        run = noun_run(line, end + 1)
        if run is not None and _organ(line, run):
            return _links(line, run.end), first
    return end, first


def _links(line: Line, end: int) -> int:
    """Where further "of" and "for" phrases end; a state alone belongs only to a whole force."""
    while line.word(end) in LINKS:
        run = noun_run(line, end + 1)
        if run is None or (run.state and not _names_force(line, end)):
            break
        end = _list_end(line, run)
    return end


def _organ(line: Line, run: Run) -> bool:
    """Whether the run after a comma names an organ: more words, or one with "of" after it ("Department of State")."""
    several = run.end - run.start > 1 or line.word(run.end) == "of"
    return several and not run.state and line.capital(run.start) and not line.head_within(run.start, run.end)


def _first_tail(line: Line, head: Head, start: int, end: int) -> tuple[int, Run | None]:
    pattern = head.pattern
    open_end = pattern.has("open")
    for words in pattern.tail:
        if tuple(line.small[end : end + len(words)]) == words:
            run = noun_run(line, end + len(words), open_end=open_end and words[-1] not in ARTICLES)
            if run is not None and not (run.state and words == ("of",)):
                return run.end, run
    if pattern.has("comma") and line.word(end) == ",":
        run = noun_run(line, end + 1)
        if run is not None and _organ(line, run):
            return run.end, run
    if pattern.has("juxtaposed") and end < len(line) and line.capital(end) and line.state_at(end) is None:
        run = noun_run(line, end)
        if run is not None and not run.state:
            return run.end, run
    if line.word(end) == "(":
        return _bracket(line, end), None
    body = line.grammar.bodies.ending(line.small, end, MOST_PHRASE)
    if body is not None and end < len(line) and line.grammar.institutions.at(line.small, end):
        run = noun_run(line, end)  # "Chief of the Joint Staff Department": the body's name goes on
        if run is not None and not run.state and line.capital(end) == line.capital(start):
            return run.end, run
    if body is not None and LINKS & set(line.small[start:end]):
        return _list_end(line, Run(start, end, state=False, whole=True)), None
    return end, None


def _bracket(line: Line, end: int) -> int:
    """After the bracket when it holds a field of work ("(Foreign Cooperation)"), else before it."""
    run = noun_run(line, end + 1)
    if run is None or line.word(run.end) != ")" or run.end - end - 1 > MOST_BRACKET or line.acronym(end + 1):
        return end
    return run.end + 1


def _names_force(line: Line, end: int) -> bool:
    """Whether a whole service or the forces as a whole end here ("the Royal Air Force of Oman")."""
    body = line.grammar.bodies.ending(line.small, end, MOST_PHRASE)
    return body is not None and body[1] in line.grammar.services


def _list_end(line: Line, run: Run) -> int:
    """Where a list ends that begins with the run: "Political Affairs, Peace and Security"."""
    if not run.whole:
        return run.end
    end = run.end
    while line.word(end) == ",":
        following = _item(line, end + 1, run)
        if following is None:
            break
        end = following
        if line.word(end) not in (",", *AND):
            return run.end
    if end > run.end and line.word(end) == ",":
        end += 1
    if line.word(end) in AND:
        following = _item(line, end + 1, run)
        return run.end if following is None else following
    if line.word(end - 1) == "," or end > run.end:
        return run.end
    return end


def _item(line: Line, start: int, first: Run) -> int | None:
    run = noun_run(line, start)
    if run is None or run.state != first.state or not line.capital(start + (line.word(start) in ARTICLES)):
        return None
    if line.word(start) in ARTICLES and not run.state:
        return None
    return None if line.head_within(start, run.end) else run.end


def _lead(line: Line, start: int, free_from: int) -> int:
    """Where the name of the body begins that stands right before the head."""
    begin = start
    known = line.grammar.leads.ending(line.small, start, 3)
    if known is not None and known[0] >= free_from:
        begin = known[0]
    elif start > free_from and line.acronym(start - 1) and not _state_word(line, start - 1):
        begin = start - 1
    elif start > free_from and line.capital(start - 1):
        ending = line.grammar.institutions.ending(line.small, start, 3)
        begin = ending[0] if ending is not None and ending[0] >= free_from and not line.rank_at(ending[0]) else start
    if begin < start and line.capital(begin):
        begin = _name_start(line, begin, max(free_from, begin - MOST_LEAD))
    return begin if begin < start and line.unbroken(begin, start + 1) else start


def _name_start(line: Line, begin: int, least: int) -> int:
    while begin > least:
        i = begin - 1
        word = line.small[i]
        if not (word[0].isalnum() and line.capital(i)) or word in ARTICLES or _state_word(line, i) or _opens(line, i):
            break
        if not line.unbroken(i, begin + 1) or line.rank_at(i):
            break
        begin = i
    return begin


def _opens(line: Line, i: int) -> bool:
    """Whether a capital may only be due to the start of a sentence or heading."""
    return i == 0 or line.small[i - 1] in (".", "?", "!", ":", '"', "“", "”", ";") or not line.unbroken(i - 1, i + 1)


def _state_word(line: Line, i: int) -> bool:
    return line.names.adjectives.ending(line.small, i + 1, 3) is not None or (
        line.names.states.ending(line.small, i + 1, 4) is not None
    )


def _level(line: Line, head: Head, span: tuple[int, int, int], first: Run | None) -> tuple[str, str | None]:
    """The level and kind of body, as head, first run of the tail or lead tell them; `span`: start, head, tail."""
    start, head_start, head_end = span
    pattern, grammar = head.pattern, line.grammar
    body = None
    if first is not None:
        body = grammar.bodies.ending(line.small, first.end, MOST_PHRASE)
    elif start < head_start:
        body = grammar.bodies.ending(line.small, head_start, MOST_PHRASE) or _ministry(line, start, head_start)
    told = body[1] if body is not None and body[1] != "other" else None
    goes_on = first is not None and first.start == head_end and line.capital(head_start) == line.capital(head_end)
    if goes_on and grammar.bodies.ending(line.small, head_end, MOST_PHRASE) is not None:
        return _by_body(line, told, "director"), told
    if first is not None and pattern.tail_level is not None:
        return pattern.tail_level, told
    kind = head.body_kind or told
    return (_by_body(line, kind, pattern.level) if pattern.has("by_body") else pattern.level), kind


def _by_body(line: Line, kind: str | None, otherwise: str) -> str:
    if kind in line.grammar.joint:
        return "chief_of_staff"
    return "service_chief" if kind in line.grammar.services else otherwise


def _ministry(line: Line, start: int, end: int) -> tuple[int, str] | None:
    """The department of a lead such as "Foreign Ministry"."""
    for i in range(start, end):
        found = line.grammar.bodies.at(line.small, i)
        if found is not None:
            return i, found[1]
    return None


def _modifiers(line: Line, start: int, free_from: int) -> tuple[int, list[str]]:
    """Where the post begins with modifiers like "acting" and "deputy" taken in, and their names."""
    names: list[str] = []
    while start > free_from:
        found = line.grammar.inside.ending(line.small, start, 3)
        if found is None or found[0] < free_from or not line.unbroken(found[0], start + 1):
            break
        start = found[0]
        names.append(found[1])
    return start, names


def _outside(line: Line, start: int, free_from: int) -> list[str]:
    """Modifiers like "former" before the post, a state or article between them and the post allowed."""
    least = max(free_from, start - 4)
    for i in range(start - 1, least - 1, -1):
        found = line.grammar.outside.ending(line.small, i + 1, 2)
        if found is not None:
            return [found[1]]
        if not (line.capital(i) or line.small[i] in POSSESSIVE):
            break
    return []


def _after(line: Line, end: int) -> tuple[int, list[str]]:
    found = line.grammar.after.at(line.small, end) if end < len(line) else None
    return (end, []) if found is None else (found[0], [found[1]])


def _joined(line: Line, reading: Reading, head: Head) -> Reading:
    """The reading with a second post that belongs to it ("Prime Minister/Defence Minister")."""
    link = line.word(reading.end)
    if link != "/" and not (link in AND and head.pattern.has("joins")):
        return reading
    second = read_post(line, reading.end + 1, reading.end + 1) if reading.end + 1 < len(line) else None
    if second is None or line.capital(reading.start) != line.capital(second.start):
        return reading
    return replace(reading, end=second.end, body_kind=second.body_kind or reading.body_kind)
