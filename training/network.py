"""The reader's network and how it is trained: MiniLM with heads for triggers, roles, status,
voice, and whether two words tell one event."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from examples import UNSURE, Example
from torch import nn
from transformers import AutoModel

from communique.pipeline.learned.pieces import LABELS
from communique.pipeline.learned.reader import FAR_STEPS, NEAR_STEPS, TAKEN, step
from communique.pipeline.learned.vocabulary import ARCS, KINDS, ROLES, SHAPES, STATUSES, TAGS, TYPES

WIDTH, HIDDEN = 384, 192
# What a pair counts whose extent stands in another sentence: who the actors of a text are is soon learned.
ELSEWHERE = 0.3
# Word pieces of a batch.
BATCH = 1400


class RoleHead(nn.Module):
    """Scores an extent's part in a word's event, from both their states, the event's type and the distance."""

    def __init__(self, steps: int, outputs: int, dropout: nn.Dropout) -> None:
        super().__init__()
        self.word = nn.Linear(WIDTH, HIDDEN)
        self.extent = nn.Linear(WIDTH * 2, HIDDEN)
        self.product = nn.Linear(HIDDEN, HIDDEN, bias=False)
        self.types = nn.Embedding(len(TYPES), HIDDEN)
        self.distance = nn.Embedding(steps, HIDDEN)
        self.out = nn.Linear(HIDDEN, outputs)
        self.dropout = dropout

    def forward(
        self, words: torch.Tensor, extents: torch.Tensor, kind: torch.Tensor, far: torch.Tensor, at: torch.Tensor
    ) -> torch.Tensor:
        """Scores (k, outputs) of k pairs of a word and an extent.

        `words` (w, 384) and `extents` (e, 768) are states, `at` (2, k) says which word and extent make each pair,
        `kind` and `far` (k) give its type and distance.
        """
        a = self.word(words).index_select(0, at[0])
        b = self.extent(extents).index_select(0, at[1])
        joined = a + b + self.product(a * b) + self.types(kind) + self.distance(far)
        return self.out(self.dropout(nn.functional.gelu(joined, approximate="tanh")))


class Reader(nn.Module):
    """The encoder with its heads.

    `encode` turns ids, what is told of each piece (LABELS), context and mask (n, length) into states (n, length, 384),
    which the heads read.
    """

    def __init__(self, base: Path, dropout: float = 0.1) -> None:
        super().__init__()
        # In bfloat16 on a CPU plain attention without dropout inside it is the fastest to train.
        self.encoder = AutoModel.from_pretrained(
            str(base), attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        sizes = (len(KINDS), len(SHAPES), len(TAGS), len(ARCS), 1 + len(TYPES))
        self.labels = nn.ModuleDict({name: nn.Embedding(n, WIDTH) for name, n in zip(LABELS, sizes, strict=True)})
        for label in self.labels.values():
            nn.init.normal_(label.weight, std=0.02)
        self.dropout = nn.Dropout(dropout)
        self.triggers = nn.Linear(WIDTH, len(TYPES))
        self.states = nn.Linear(WIDTH, len(STATUSES) + 1)
        self.near = RoleHead(NEAR_STEPS, len(ROLES), self.dropout)
        self.far = RoleHead(FAR_STEPS, len(ROLES), self.dropout)
        self.mark = RoleHead(NEAR_STEPS + FAR_STEPS, 1, self.dropout)
        self.types = nn.Embedding(len(TYPES), HIDDEN)
        self.pair = nn.Linear(WIDTH, HIDDEN)
        self.twice = nn.Linear(HIDDEN, HIDDEN, bias=False)
        self.apart = nn.Embedding(4, HIDDEN)
        self.same = nn.Linear(HIDDEN, 1)
        nn.init.constant_(self.triggers.bias, -3.0)

    def encode(self, ids: torch.Tensor, *given: torch.Tensor) -> torch.Tensor:
        """States (n, length, 384) of pieces; `given` are LABELS, context and mask, (n, length) each."""
        *told, context, mask = given
        words = self.encoder.embeddings.word_embeddings(ids)
        for label, numbers in zip(self.labels.values(), told, strict=True):
            words = words + label(numbers)
        return self.encoder(inputs_embeds=words, token_type_ids=context, attention_mask=mask).last_hidden_state

    def same_scores(self, x: torch.Tensor, y: torch.Tensor, kind: torch.Tensor, gap: torch.Tensor) -> torch.Tensor:
        """Log odds (k) that two trigger words of one type tell one event, from their states and sentences apart."""
        a, b = self.pair(x), self.pair(y)
        joined = a + b + self.twice(a * b) + self.apart(gap) + self.types(kind)
        return self.same(self.dropout(nn.functional.gelu(joined, approximate="tanh")))[:, 0]


def batches(examples: Sequence[Example], pieces: int, seed: int) -> list[list[Example]]:
    """The examples in batches of like length and at most so many pieces, in random order."""
    noise = random.Random(seed)
    groups: list[list[Example]] = []
    for example in sorted(examples, key=lambda e: len(e.window.ids) + noise.random() * 24):
        longest = max(len(e.window.ids) for e in (example, *(groups[-1] if groups else ())))
        if groups and longest * (len(groups[-1]) + 1) <= pieces:
            groups[-1].append(example)
        else:
            groups.append([example])
    noise.shuffle(groups)
    return groups


def stacked(examples: Sequence[Example]) -> tuple[torch.Tensor, ...]:
    """What `encode` takes of a batch, (n, length) each, padded with zeros."""
    length = max(len(e.window.ids) for e in examples)

    def padded(name: str) -> torch.Tensor:
        return torch.tensor([[*getattr(e.window, name), *[0] * (length - len(e.window.ids))] for e in examples])

    mask = torch.tensor([[1] * len(e.window.ids) + [0] * (length - len(e.window.ids)) for e in examples])
    return *(padded(name) for name in TAKEN), mask


def losses(net: Reader, examples: Sequence[Example], states: torch.Tensor) -> torch.Tensor:
    """The sum of the heads' losses on a batch, a sentence's share of it."""
    count = sum(len(set(e.window.sentence_of)) for e in examples)
    n = torch.tensor([i for i, e in enumerate(examples) for _ in e.window.words])
    at = torch.tensor([p for e in examples for p in e.window.first])
    logits = net.triggers(net.dropout(states[n, at]))
    gold = torch.cat([torch.from_numpy(e.triggers) for e in examples])
    each = nn.functional.binary_cross_entropy_with_logits(logits, gold.clamp(min=0), reduction="none")
    total = (each * (gold != UNSURE)).sum() / count
    near, far, marks = pairs_of_batch(examples)
    total = total + (near.loss(net.near, states) + far.loss(net.far, states) * ELSEWHERE) / count * 0.5
    total = total + marks.loss(net.mark, states) / count * 0.5
    told = [(i, e.window.first[w], s, v) for i, e in enumerate(examples) for w, _, s, v in e.states]
    if told:
        i, w, s, v = (torch.tensor(column) for column in zip(*told, strict=True))
        out = net.states(net.dropout(states[i, w]))
        total = total + nn.functional.cross_entropy(out[:, :-1], s, reduction="sum") / count * 0.5
        total = (
            total + nn.functional.binary_cross_entropy_with_logits(out[:, -1], v.float(), reduction="sum") / count * 0.3
        )
    pairs = [(i, e, *pair) for i, e in enumerate(examples) for pair in e.pairs]
    if pairs:
        i, x, y, t, gap, one = (torch.tensor(column) for column in zip(*map(placed, pairs), strict=True))
        odds = net.same_scores(states[i, x], states[i, y], t, gap)
        each = nn.functional.binary_cross_entropy_with_logits(odds, one.float(), reduction="sum")
        total = total + each / count * 0.3
    return total


@dataclass
class BatchPairs:
    """Pairs of words and extents of a batch: example and piece of each word, example and both ends of each extent,
    which of them make each pair, and its type, distance and role (or whether the extent is the event's own)."""

    words: dict[tuple[int, int], int] = field(default_factory=dict)
    extents: dict[tuple[int, int, int], int] = field(default_factory=dict)
    at: list[tuple[int, int]] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)

    def add(self, word: tuple[int, int], extent: tuple[int, int, int], kind: int, far: int, role: int) -> None:
        """Add one pair."""
        at = self.words.setdefault(word, len(self.words)), self.extents.setdefault(extent, len(self.extents))
        self.at.append(at)
        self.kinds.append(kind)
        self.steps.append(far)
        self.labels.append(role)

    def scores(self, head: RoleHead, states: torch.Tensor) -> torch.Tensor:
        """The head's scores (pairs, roles)."""
        i, piece = (torch.tensor(column) for column in zip(*self.words, strict=True))
        j, first, last = (torch.tensor(column) for column in zip(*self.extents, strict=True))
        ends = torch.cat([states[j, first], states[j, last]], -1)
        scores: torch.Tensor = head(
            states[i, piece], ends, torch.tensor(self.kinds), torch.tensor(self.steps), torch.tensor(self.at).T
        )
        return scores

    def loss(self, head: RoleHead, states: torch.Tensor) -> torch.Tensor:
        """The sum of the pairs' cross entropies."""
        if not self.labels:
            return states.sum() * 0
        scores, labels = self.scores(head, states), torch.tensor(self.labels)
        if scores.shape[1] == 1:
            return nn.functional.binary_cross_entropy_with_logits(scores[:, 0], labels.float(), reduction="sum")
        return nn.functional.cross_entropy(scores, labels, reduction="sum")


def pairs_of_batch(examples: Sequence[Example]) -> tuple[BatchPairs, BatchPairs, BatchPairs]:
    """The pairs of all examples: with mentions of the word's sentence, with those of others, with dates and places."""
    near, far, marks = BatchPairs(), BatchPairs(), BatchPairs()
    for i, example in enumerate(examples):
        window = example.window
        for w, kind, n, role in example.roles:
            e, piece = window.extents[n], window.first[w]
            head, held = ("near", near) if e.sentence == window.sentence_of[w] else ("far", far)
            held.add((i, piece), (i, e.first, e.last), kind, step(head, piece, window.sentence_of[w], e), role)
        for w, kind, n, own in example.marks:
            e, piece = window.extents[n], window.first[w]
            marks.add((i, piece), (i, e.first, e.last), kind, step("mark", piece, window.sentence_of[w], e), own)
    return near, far, marks


def placed(pair: tuple[int, Example, int, int, int, int]) -> tuple[int, int, int, int, int, int]:
    """A pair of triggers as example's number, both pieces, type, sentences between them, and whether they are one."""
    i, example, x, y, t, one = pair
    window = example.window
    gap = min(window.sentence_of[y] - window.sentence_of[x], 3)
    return i, window.first[x], window.first[y], t, gap, one


def train(
    net: Reader,
    examples: Sequence[Example],
    epochs: int,
    rate: float = 2e-4,
    seed: int = 1,
    pieces: int = BATCH,
    say: bool = True,
) -> Reader:
    """The reader, trained on the examples in place; the word embeddings stay as they came."""
    torch.manual_seed(seed)
    net.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    body = [p for p in net.encoder.parameters() if p.requires_grad]
    inside = {id(p) for p in net.encoder.parameters()}
    heads = [p for p in net.parameters() if id(p) not in inside]
    optimizer = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": heads, "lr": rate * 10}], weight_decay=0.01)
    steps = epochs * len(batches(examples, pieces, seed))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min(1.0, (k + 1) / (0.1 * steps)) * max(0.02, 1 - k / steps)
    )
    net.train()
    for epoch in range(epochs):
        seen = 0.0
        for batch in batches(examples, pieces, seed + epoch):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = net.encode(*stacked(batch))
            loss = losses(net, batch, states.float())
            loss.backward()
            nn.utils.clip_grad_norm_(body + heads, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            seen += float(loss.detach()) * len(batch)
        if say:
            print(f"epoch {epoch + 1}: loss {seen / len(examples):.3f}", flush=True)
    return net.eval()


def mean(nets: Sequence[Reader]) -> Reader:
    """A reader whose weights are the mean of those of readers of one origin; the first is changed in place."""
    states = [net.state_dict() for net in nets]
    first = nets[0]
    first.load_state_dict(
        {
            name: torch.stack([state[name] for state in states]).mean(0) if value.is_floating_point() else value
            for name, value in states[0].items()
        }
    )
    return first.eval()
