"""Asks the model for a document's events, piece by piece, and keeps of the answers what the text bears out."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.codebook import Codebook
from communique.lexicon import Lexicon
from communique.pipeline.drafts import Draft, Mention, Parsed
from communique.pipeline.llm.answer import ProposedReport, proposals_in
from communique.pipeline.llm.cache import AnswerCache
from communique.pipeline.llm.checking import Dropped, grounded
from communique.pipeline.llm.client import ChatClient
from communique.pipeline.llm.drafting import Group, group_of
from communique.pipeline.llm.failures import LlmFailure, TooLong
from communique.pipeline.llm.grounding import Grounds
from communique.pipeline.llm.marking import Marked, marked, message_of
from communique.pipeline.llm.parties import NAMED, Knowledge
from communique.pipeline.llm.pieces import Piece, halves, pieces_of
from communique.pipeline.llm.prompt import Prompt, build_prompt
from communique.records import Document
from communique.text import content_hash

VERSION = "llm-1"
# Answers that are asked for where one is no JSON of the form: the second is told so.
ANSWERS = 2


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model proposed for a piece, and the rows of its answer that have not the asked form."""

    piece: Piece
    marked: Marked
    proposals: tuple[ProposedReport, ...]
    malformed: tuple[tuple[Any, str], ...]
    cached: bool = False


@dataclass(slots=True)
class Tally:
    """What became of the model's proposals in this run."""

    kept: int = 0
    cached: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def told(self) -> str:
        """In words: reports kept, reports dropped and fields left out, with the reasons."""
        return (
            f"{self.kept} proposed reports kept, {counted(self.dropped, 'dropped')}; "
            f"{counted(self.left_out, 'fields left out')}; {self.cached} answers from the cache"
        )


def counted(reasons: Counter[str], what: str) -> str:
    """The total of what was done, with how many for each reason."""
    told = ", ".join(f"{n} {reason}" for reason, n in sorted(reasons.items()))
    return f"{reasons.total()} {what}{f' ({told})' if told else ''}"


class LlmReader:
    """Reads documents with one model. Its network calls may run ahead in threads; everything else is the caller's."""

    def __init__(self, client: ChatClient, codebook: Codebook, lexicon: Lexicon, cache: Path | None = None) -> None:
        self.client, self.codebook, self.lexicon = client, codebook, lexicon
        self.settings = client.settings
        self.prompt: Prompt = build_prompt(codebook)
        self.version = f"{VERSION}/{self.settings.model}/{self.prompt.hash}"
        self.cache, self.tally = AnswerCache(cache), Tally()
        self._asked: dict[str, Future[list[Reply]]] = {}

    def ahead(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The same documents in the same order; the model is asked for several of them at the same time."""
        waiting: deque[Document] = deque()
        with ThreadPoolExecutor(self.settings.concurrency, thread_name_prefix="llm") as pool:
            try:
                for doc in documents:
                    self._asked[key_of(doc)] = pool.submit(self.ask, doc)
                    waiting.append(doc)
                    if len(waiting) > self.settings.concurrency:
                        yield waiting.popleft()
                while waiting:
                    yield waiting.popleft()
            finally:
                self._asked.clear()
                pool.shutdown(wait=True, cancel_futures=True)

    def read(self, parsed: Parsed, mentions: Sequence[Mention], by_rules: Sequence[Draft]) -> list[Group]:
        """The drafts of each report that the text bears out. Raises LlmFailure where the model cannot be had."""
        doc = parsed.document
        asked = self._asked.pop(key_of(doc), None)
        replies = asked.result() if asked is not None else self.ask(doc)
        if not parsed.sentences:
            return []
        grounds, known = Grounds(doc.text), self.knowledge(parsed, mentions)
        groups: list[Group] = []
        for number, reply in enumerate(replies):
            self.tally.cached += reply.cached
            for row, fault in reply.malformed:
                self.drop(doc, "form", fault, row)
            for proposed in reply.proposals:
                try:
                    found = grounded(unmarked(proposed, reply.marked), grounds, reply.piece, self.codebook, doc.ignored)
                    groups.append(group_of(found, number, parsed, known, by_rules, self.source()))
                except Dropped as dropped:
                    self.drop(doc, dropped.reason, str(dropped), proposed.model_dump())
                    continue
                self.tally.kept += 1
                self.tally.left_out.update(words.split(" ", 1)[0] for words in found.left_out)
        return groups

    def source(self) -> str:
        """What every report says of its origin."""
        return f"read by {self.settings.model}, prompt {self.prompt.hash}"

    def knowledge(self, parsed: Parsed, mentions: Sequence[Mention]) -> Knowledge:
        """The mentions and the codes that the document's words name, with the country that the outlet speaks from."""
        matches = self.lexicon.find(parsed.document.text)
        named = {e.code for m in matches for e in m.entries if e.kind in NAMED and e.code}
        named |= {c for m in mentions for c in m.codes}
        named |= {parsed.home} if parsed.home else set()
        return Knowledge(mentions, frozenset(named), self.lexicon, self.codebook)

    def drop(self, doc: Document, reason: str, detail: str, row: Any) -> None:
        """Count a proposed report that cannot stand, and write it down where a file is named for it."""
        self.tally.dropped[reason] += 1
        if self.settings.dropped:
            line = {"doc_id": doc.id, "reason": reason, "detail": detail, "coder": self.version, "report": row}
            with Path(self.settings.dropped).open("a", encoding="utf-8") as sink:
                sink.write(json.dumps(line, ensure_ascii=False) + "\n")

    def told(self) -> str:
        """One line on the run: calls, tokens and cost, and what became of the proposals."""
        return f"{self.settings.model}: {self.client.budget.told()}; {self.tally.told()}"

    def ask(self, doc: Document) -> list[Reply]:
        """The model's proposals for all pieces of a document; a piece that is too long is cut further."""
        waiting = deque(pieces_of(doc.text, self.settings.piece, self.settings.overlap))
        replies: list[Reply] = []
        while waiting:
            piece = waiting.popleft()
            try:
                replies.append(self.ask_piece(doc, piece))
            except TooLong:
                parts = halves(piece, doc.text, self.settings.overlap)
                if len(parts) < 2:
                    raise
                waiting.extendleft(reversed(parts))
        return replies

    def ask_piece(self, doc: Document, piece: Piece) -> Reply:
        """The model's proposals for one piece, from the cache where it has answered before."""
        text = marked(piece.of(doc.text), self.settings.marking)
        message = message_of(text, about(doc))
        key = content_hash(message, self.settings.model, self.prompt.hash, self.settings.extra)
        held = self.cache.get(key)
        if held is not None:
            try:
                good, bad = proposals_in(held)
                return Reply(piece, text, tuple(good), tuple(bad), cached=True)
            except LlmFailure:
                pass  # a file that somebody changed: asked anew
        for number in range(ANSWERS):
            told = f"{message}\n\n{self.prompt.again()}" if number else message
            answer = self.client.ask(self.prompt.system, told, self.prompt.schema, in_words=self.prompt.in_words())
            try:
                good, bad = proposals_in(answer.text)
            except LlmFailure as broken:
                fault = str(broken)
                continue
            self.cache.put(key, answer.text, model=self.settings.model, prompt=self.prompt.hash, document=doc.hash)
            return Reply(piece, text, tuple(good), tuple(bad))
        raise LlmFailure("model_answer", f"{ANSWERS} answers in a row could not be used: {fault}")


def key_of(doc: Document) -> str:
    """Under which a document's replies wait."""
    return f"{doc.id}\x1e{doc.hash}"


def about(doc: Document) -> dict[str, str | None]:
    """What is known of a document and helps its reading."""
    published = f"{doc.published:%A %Y-%m-%d}" if doc.published is not None else None
    return {"published": published, "outlet": doc.outlet, "outlet_country": doc.outlet_country, "title": doc.title}


def unmarked(proposed: ProposedReport, text: Marked) -> ProposedReport:
    """The report with plain spaces in its quotations."""
    if text.mark is None:
        return proposed
    return ProposedReport.model_validate_json(text.plain(proposed.model_dump_json()))
