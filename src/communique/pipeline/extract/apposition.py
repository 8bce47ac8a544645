"""Reads titles and states outwards from a person's name: directly before it, and in apposition after it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from communique.pipeline.drafts import Sentence
from communique.pipeline.extract.names import SERVED, NameMap
from communique.pipeline.extract.titles import Title, owner_behind

COURTESY = frozenset(
    {
        "mr",
        "mr.",
        "mrs",
        "mrs.",
        "ms",
        "ms.",
        "dr",
        "dr.",
        "shri",
        "smt",
        "smt.",
        "sir",
        "sheikh",
        "shaikh",
        "hon",
        "hon.",
        "h.e.",
        "sayyid",
        "sayed",
        "haji",
        "maulana",
        "prof",
        "prof.",
        "madam",
        "lord",
        "dame",
        "ayatollah",
        "datuk",
        "dato",
        "dato'",
        "dato’",
        "tan",
        "seri",
        "retired",
        "ret",
        "ret.",
    }
)
SKIPPED_LEFT = frozenset(
    {
        "former",
        "ex",
        "-",
        "visiting",
        "then",
        "late",
        "his",
        "her",
        "their",
        "its",
        "new",
        "newly",
        "appointed",
        "outgoing",
        "incoming",
        "acting",
        "designate",
        "elect",
        "the",
        "counterpart",
        ",",
        "excellency",
        "honourable",
        "honorable",
        "majesty",
        "highness",
        "royal",
        "and",
        "current",
        "veteran",
        "supreme",
    }
)


def scan_left(sentence: Sentence, first: int, names: NameMap, titles: Sequence[Title]) -> tuple[int, list[Title | str]]:
    """The titles and state that stand directly before a name, and where they begin."""
    doc, i, begin = sentence.tokens.doc, first - 1, first
    found: list[Title | str] = []
    by_last = {t.last: t for t in titles}
    while i >= sentence.tokens.start:
        token = doc[i]
        title = by_last.get(i)
        name = names.at(sentence, i)
        if title is not None:
            found.append(title)
            i = begin = title.first
        elif (
            name is not None
            and name.entry.kind in SERVED
            and (found or counterpart(doc, i, first))
            and not opens_clause(doc, name.first, i)
            and name.entry.code
        ):
            found.append(name.entry.code)
            i = begin = name.first
            break
        elif name is not None and (title := title_of(doc, by_last, name.first)) is not None:
            found.append(title)
            i = begin = title.first
        elif token.lower_ in COURTESY or token.text in ("'s", "’s", "'", "’"):
            begin = i
        elif (
            (token.text == "," and not joins(sentence, by_last, i, bool(found)))
            or token.lower_ == "and"
            or token.lower_ not in SKIPPED_LEFT
            or (token.pos_ == "VERB" and token.dep_ == "ROOT")
        ):
            break
        i -= 1
    return begin, found


def title_of(doc: Doc, by_last: dict[int, Title], first: int) -> Title | None:
    """The post that ends before "of" and a name ("the defence minister of Chile Juan Rojas")."""
    at = first - 1
    if at >= 0 and doc[at].lower_ == "the":
        at -= 1
    return by_last.get(at - 1) if at >= 1 and doc[at].lower_ == "of" else None


def opens_clause(doc: Doc, first: int, last: int) -> bool:
    """Whether a state stands in a phrase that a comma closes: "In South Africa, Minister Rojas" is not of there."""
    return doc[last + 1].text == "," and first > 0 and doc[first - 1].dep_ == "prep" and doc[first - 1].lower_ != "of"


def counterpart(doc: Doc, i: int, first: int) -> bool:
    """Whether "counterpart" or an unnamed office stands between a state and a name ("his Greek counterpart, X")."""
    return any(
        t.lower_.startswith(
            ("counterpart", "minister", "president", "leader", "envoy", "ambassador", "commander", "chief")
        )
        for t in doc[i + 1 : first]
    )


def title_before(by_last: dict[int, Title], comma: int) -> bool:
    """Whether a post ends just before a comma ("former Chief of the General Staff, Hulusi Akar")."""
    title = by_last.get(comma - 1)
    return title is not None and not title.rank


def joins(sentence: Sentence, by_last: dict[int, Title], comma: int, titled: bool) -> bool:
    """Whether what stands before a comma is of the name behind it, of which a title was found already or not."""
    if another_s(sentence, by_last, comma):
        return False
    before = sentence.tokens.doc[comma - 1].lower_
    return titled or title_before(by_last, comma) or before in ("counterpart", "host", "guest")


def another_s(sentence: Sentence, by_last: dict[int, Title], comma: int) -> bool:
    """Whether the post before a comma is another's, as it follows "as" ("named A as army chief, General B as ...")."""
    title = by_last.get(comma - 1)
    if title is None or title.first <= sentence.tokens.start + 1:
        return False
    return sentence.tokens.doc[title.first - 1].lower_ == "as"


# Who leads what he is named with, though no post of a state is called so.
LEADING = frozenset({"leader", "head", "chief", "founder"})


def scan_right(sentence: Sentence, last: int, names: NameMap, titles: Sequence[Title]) -> tuple[int, list[Title | str]]:
    """The post and state that stand in apposition after a name, and where they end."""
    doc, i, end = sentence.tokens.doc, last + 1, last
    found: list[Title | str] = []
    by_first = {t.first: t for t in titles if not t.rank}
    opened = False
    states: list[str] = []
    while i < sentence.tokens.end and i - last < 12:
        token = doc[i]
        title = by_first.get(i)
        name = names.at(sentence, i)
        if title is not None and opened:
            found.extend([title, *states])
            end = title.last
            break
        if token.text in (",", "(") and not opened:
            opened = True
        elif name is not None and opened and name.entry.code and name.entry.kind in SERVED:
            states.append(name.entry.code)
            i = name.last
        elif token.lower_ in ("of", "from") and not opened and i == last + 1:
            after = next(
                (
                    n
                    for n in (names.at(sentence, j) for j in range(i + 1, min(i + 5, sentence.tokens.end)))
                    if n is not None
                ),
                None,
            )
            if after is not None and after.entry.code and after.entry.kind in SERVED:
                found.append(after.entry.code)
                end = after.last
            break
        elif opened and token.lower_ in LEADING:
            led = owner_behind(sentence, names, i + 1)
            if led is not None:
                found.append(str(led.entry.code))
                end = led.last
            break
        elif not (
            opened
            and token.lower_
            in {"the", "who", "is", "was", "'s", "’s", "former", "a", "new", "then", "acting"} | COURTESY
        ):
            break
        i += 1
    return end, found
