"""How much of what labelled texts name the lexicon knows: `python benchmarks/lexicon_coverage.py GOLD... [--misses]`.

Each GOLD is a file of labelled texts, one JSON object a line. Counted are distinct names over all files: states and
codes by what is found in the texts, bodies by their name or mention (ships by prefix), places by their name or words,
with the states that take part known. `--misses` lists what is not resolved, but for texts that are marked as not to
be read (`"split": "unread"`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.lexicon import Lexicon, load_lexicon
from communique.pipeline.resolve.places import resolve_place

NO_NAME = {"UNKNOWN", "COMPANY"}
"""codes of the codebook for what has no name"""
ACTORS = ("state", "body", "igo", "armed", "firm")


@dataclass
class Tally:
    """Distinct things that were asked for, and those that resolve as labelled."""

    what: str
    asked: set[tuple[str, ...]] = field(default_factory=set)
    right: set[tuple[str, ...]] = field(default_factory=set)
    secret: set[tuple[str, ...]] = field(default_factory=set)

    def add(self, thing: tuple[str, ...], right: bool, secret: bool) -> None:
        """Count the thing once; it is right when it resolves in one text, secret when a text not to be read has it."""
        self.asked.add(thing)
        if right:
            self.right.add(thing)
        if secret:
            self.secret.add(thing)

    def line(self) -> str:
        """The row of the table in docs/lexicon.md."""
        share = 100 * len(self.right) / len(self.asked) if self.asked else 0
        return f"| {self.what} | {len(self.asked)} | {len(self.right)} | {share:.1f} % |"

    def misses(self) -> Iterator[str]:
        """What did not resolve, one line each; texts not to be read give only their number."""
        missed = self.asked - self.right
        yield from (f"  {' | '.join(thing)}" for thing in sorted(missed - self.secret))
        if missed & self.secret:
            yield f"  and {len(missed & self.secret)} in texts that are not to be read"


def main() -> None:
    """Read the arguments, count, print the table and on request what is missing."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", nargs="+", type=Path, metavar="GOLD")
    options.add_argument("--misses", action="store_true", help="list what does not resolve as labelled")
    given = options.parse_args()
    tallies = count(documents(given.gold), load_lexicon())
    print("| what | distinct | resolve as labelled | share |", "| --- | --- | --- | --- |", sep="\n")
    print(*(tally.line() for tally in tallies), sep="\n")
    for tally in tallies if given.misses else ():
        print(f"\n{tally.what}:", *tally.misses(), sep="\n")


def documents(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """The labelled texts of the files."""
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def count(texts: Iterable[dict[str, Any]], lexicon: Lexicon) -> list[Tally]:
    """Tallies of codes known, codes found in a text labelled with them, the same by text, bodies and places."""
    known, found = Tally("actor codes that the lexicon has"), Tally("actor codes found in a text labelled with them")
    pairs = Tally("pairs of a text and a code found in it")
    bodies = Tally("organisations by name or mention, ships by prefix")
    places = Tally("places by name or words, the parties known")
    codes = known_codes(lexicon)
    for text in texts:
        secret = text.get("split") == "unread"
        named = codes_in(text["text"], lexicon)
        for event in text["events"]:
            for party in event["participants"]:
                code = party["actor"]
                if code in NO_NAME:
                    continue
                known.add((code,), code in codes, secret)
                found.add((code,), code in named, secret)
                pairs.add((str(text["id"]), code), code in named, secret)
                if party["kind"] == "organisation" and party.get("name"):
                    told = [party["name"], party.get("mention") or ""]
                    right = any(code in codes_in(words, lexicon) for words in told)
                    bodies.add((party["name"], code), right, secret)
            place = event.get("place")
            if place and place.get("name"):
                right = resolves(place, parties_of(event, lexicon), lexicon)
                places.add((place["name"], place["country"] or "no country"), right, secret)
    return [known, found, pairs, bodies, places]


def known_codes(lexicon: Lexicon) -> set[str]:
    """Codes of the states and of the entries that can be a party."""
    return set(lexicon.states()) | {row[2] for row in lexicon._rows if row[0] in ACTORS and row[2]}


def codes_in(text: str, lexicon: Lexicon) -> set[str]:
    """Codes of what the text names, a metonym's and a ship's state among them."""
    entries = [entry for match in lexicon.find(text) for entry in match.entries]
    codes = {entry.code for entry in entries if entry.kind in ACTORS and entry.code}
    codes |= {entry.id for entry in entries if entry.kind == "state"}
    ships = (lexicon.ship_prefixes.navy_of(word, (), sure=True) for word in text.split())
    return codes | {code for code in ships if code}


def parties_of(event: dict[str, Any], lexicon: Lexicon) -> frozenset[str]:
    """The states that take part, which decide between places of one name."""
    return frozenset(party["actor"] for party in event["participants"]) & frozenset(lexicon.states())


def resolves(place: dict[str, Any], parties: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether the place's name or words lead to the labelled country.

    A place that is not known has no country in a report, and so it is right where none is labelled.
    """
    found = (resolve_place(words, lexicon, parties=parties) for words in (place["name"], place.get("text")) if words)
    return place["country"] in [reading.country if reading is not None else None for reading in found]


if __name__ == "__main__":
    main()
