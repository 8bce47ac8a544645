"""The reader's network and how it is trained: MiniLM with heads for triggers, roles, status and voice."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from examples import UNSURE, Example
from torch import nn
from transformers import AutoModel

from communique.pipeline.learned.reader import bucket
from communique.pipeline.learned.vocabulary import KINDS, ROLES, SHAPES, STATUSES, TYPES

WIDTH, HIDDEN = 384, 192


class Reader(nn.Module):
    """The encoder with its heads.

    `encode` turns ids, kinds and shapes (n, length) into states (n, length, 384), which the heads read.
    """

    def __init__(self, base: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(base), attn_implementation="sdpa")
        self.kinds = nn.Embedding(len(KINDS), WIDTH)
        self.shapes = nn.Embedding(len(SHAPES), WIDTH)
        nn.init.normal_(self.kinds.weight, std=0.02)
        nn.init.normal_(self.shapes.weight, std=0.02)
        self.dropout = nn.Dropout(dropout)
        self.triggers = nn.Linear(WIDTH, len(TYPES))
        self.states = nn.Linear(WIDTH, len(STATUSES) + 1)
        self.types = nn.Embedding(len(TYPES), HIDDEN)
        self.word = nn.Linear(WIDTH, HIDDEN)
        self.mention = nn.Linear(WIDTH * 2, HIDDEN)
        self.product = nn.Linear(HIDDEN, HIDDEN, bias=False)
        self.distance = nn.Embedding(8, HIDDEN)
        self.roles = nn.Linear(HIDDEN, len(ROLES))
        nn.init.constant_(self.triggers.bias, -3.0)

    def encode(self, ids: torch.Tensor, kinds: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """States (n, length, 384)."""
        words = self.encoder.embeddings.word_embeddings(ids) + self.kinds(kinds) + self.shapes(shapes)
        return self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state

    def role_scores(
        self, word: torch.Tensor, kind: torch.Tensor, first: torch.Tensor, last: torch.Tensor, far: torch.Tensor
    ) -> torch.Tensor:
        """Scores (k, roles) of k pairs, from the states of word and mention's ends, the type and the distance."""
        a = self.word(word)
        b = self.mention(torch.cat([first, last], -1))
        joined = a + b + self.product(a * b) + self.types(kind) + self.distance(far)
        return self.roles(self.dropout(torch.nn.functional.gelu(joined, approximate="tanh")))


def batches(examples: Sequence[Example], size: int, seed: int) -> Iterator[list[Example]]:
    """The examples in batches of like length, in random order."""
    order = sorted(examples, key=lambda e: len(e.pieces.ids) + random.Random(hash(e.pieces.ids) + seed).random() * 6)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    random.Random(seed).shuffle(groups)
    yield from groups


def stacked(examples: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """ids, kinds, shapes and mask (n, length) of a batch, padded with zeros."""
    length = max(len(e.pieces.ids) for e in examples)

    def padded(name: str) -> torch.Tensor:
        return torch.tensor([[*getattr(e.pieces, name), *[0] * (length - len(e.pieces.ids))] for e in examples])

    mask = torch.tensor([[1] * len(e.pieces.ids) + [0] * (length - len(e.pieces.ids)) for e in examples])
    return padded("ids"), padded("kinds"), padded("shapes"), mask


def losses(net: Reader, examples: Sequence[Example], states: torch.Tensor) -> torch.Tensor:
    """The sum of the heads' losses on a batch."""
    n = torch.tensor([i for i, e in enumerate(examples) for _ in e.pieces.words])
    at = torch.tensor([p for e in examples for p in e.pieces.first])
    logits = net.triggers(net.dropout(states[n, at]))
    gold = torch.cat([torch.from_numpy(e.triggers) for e in examples])
    each = nn.functional.binary_cross_entropy_with_logits(logits, gold.clamp(min=0), reduction="none")
    total = (each * (gold != UNSURE)).sum() / len(examples)
    pairs = [
        (i, e.pieces.first[w], t, *span, r)
        for i, e in enumerate(examples)
        for w, t, m, r in e.roles
        if (span := e.pieces.mentions[m]) is not None
    ]
    if pairs:
        i, w, t, a, b, r = (torch.tensor(column) for column in zip(*pairs, strict=True))
        far = torch.tensor([bucket(x, y, z) for _, x, _, y, z, _ in pairs])
        scores = net.role_scores(states[i, w], t, states[i, a], states[i, b], far)
        total = total + nn.functional.cross_entropy(scores, r, reduction="sum") / len(examples) * 0.5
    told = [(i, e.pieces.first[w], s, v) for i, e in enumerate(examples) for w, _, s, v in e.states]
    if told:
        i, w, s, v = (torch.tensor(column) for column in zip(*told, strict=True))
        out = net.states(net.dropout(states[i, w]))
        total = total + nn.functional.cross_entropy(out[:, :-1], s, reduction="sum") / len(examples) * 0.5
        total = (
            total
            + nn.functional.binary_cross_entropy_with_logits(out[:, -1], v.float(), reduction="sum")
            / len(examples)
            * 0.3
        )
    return total


def train(
    base: Path,
    examples: Sequence[Example],
    epochs: int,
    seed: int = 1,
    rate: float = 1e-4,
    size: int = 32,
    say: bool = True,
) -> Reader:
    """A reader trained on the examples; the word embeddings stay as they came."""
    torch.manual_seed(seed)
    net = Reader(base)
    net.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    body = [p for p in net.encoder.parameters() if p.requires_grad]
    inside = {id(p) for p in net.encoder.parameters()}
    heads = [p for p in net.parameters() if id(p) not in inside]
    optimizer = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": heads, "lr": rate * 10}], weight_decay=0.01)
    steps = epochs * math.ceil(len(examples) / size)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min(1.0, (k + 1) / (0.1 * steps)) * max(0.02, 1 - k / steps)
    )
    net.train()
    for epoch in range(epochs):
        seen = 0.0
        for batch in batches(examples, size, seed + epoch):
            ids, kinds, shapes, mask = stacked(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = net.encode(ids, kinds, shapes, mask)
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
