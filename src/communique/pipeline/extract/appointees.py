"""Who is appointed, and to what: not who appoints him, and the post with its state where his own words lack them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from communique.pipeline.drafts import Draft, Filler, Mention, Sentence
from communique.pipeline.extract.separately import apart
from communique.pipeline.extract.triggers import BY_ANOTHER, Page, arcs_of, parties_at, word_fits

# What one takes command of.
COMMANDED = frozenset({"body", "force"})


def each_appointed(drafts: Iterable[Draft], sentence: Sentence, page: Page) -> list[Draft]:
    """The drafts of a sentence, one for each of several who are appointed to a post of defence of their own
    ("appointed A as chief of the navy and B as defence minister")."""
    found: list[Draft] = []
    for draft in drafts:
        named = persons_with_posts(draft, sentence, page) if BY_ANOTHER in draft.flags else []
        if len(named) > 1:
            found += [
                apart(draft, [Filler("appointee", m, "object")])
                for m, post in named
                if is_defence_post(post, sentence, page)
            ]
        else:
            found.append(draft)
    return found


def persons_with_posts(draft: Draft, sentence: Sentence, page: Page) -> list[tuple[Mention, Mention]]:
    """The persons named after a trigger who have a post right behind them, with it."""
    return [(m, post) for m, post in pairwise(behind(draft, sentence, page)) if m.kind == "person" and is_post(post)]


def behind(draft: Draft, sentence: Sentence, page: Page) -> list[Mention]:
    """The mentions of a draft's sentence after its trigger, in order."""
    return [m for m in page.mentions.of(sentence.index) if m.first > draft.trigger]


def is_post(mention: Mention) -> bool:
    """Whether a mention is a post without its holder's name."""
    return mention.cls == "official" and mention.kind != "person"


def is_defence_post(post: Mention, sentence: Sentence, page: Page) -> bool:
    """Whether a post is one of defence."""
    words = sentence.tokens.doc[post.first : post.last + 1]
    return any(word_fits(t, frozenset({"defence_post"}), sentence, page) for t in words)


def settle_appointee(draft: Draft, sentence: Sentence, page: Page) -> None:
    """Complete the appointees of a draft in place."""
    makers = makers_of(draft, sentence, page)
    draft.fillers[:] = [f for f in draft.fillers if f.mention not in makers]
    after = behind(draft, sentence, page)
    if BY_ANOTHER in draft.flags and not any(f.mention.kind == "person" for f in draft.fillers):
        draft.fillers += [Filler("appointee", m, "object") for m in after if m.kind == "person"][:1]
    commanded = [m for m in after if m.cls in COMMANDED and m.kind != "person"]
    for filler in draft.fillers:
        person = filler.mention
        if person.kind == "person" and filler.role == "appointee":
            posts = [m for m in after if is_post(m) and m.first > person.last][:1]
            codes = next((m.codes for m in (*posts, *makers, *commanded) if m.codes), ())
            post = person.post or (posts[0].text if posts else None)
            filler.mention = replace(person, post=post, codes=person.codes or codes)


def makers_of(draft: Draft, sentence: Sentence, page: Page) -> list[Mention]:
    """Who makes the appointment, where the trigger's subject does."""
    if BY_ANOTHER not in draft.flags:
        return []
    subjects = arcs_of(sentence.tokens.doc[draft.trigger], True, page, sentence).get("subject", ())
    referred = [m for thing in subjects for m in parties_at(thing, sentence, page, "party", "subject")]
    named = page.mentions.of(sentence.index)
    return referred + [m for thing in subjects for m in named if m.first <= thing.i <= m.last]
