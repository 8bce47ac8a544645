"""Who is appointed, and to what: not who appoints him, and the post with its state where his own words lack them."""

from __future__ import annotations

from dataclasses import replace

from communique.pipeline.drafts import Draft, Filler, Mention, Sentence
from communique.pipeline.extract.arcs import verb_arcs
from communique.pipeline.extract.triggers import BY_ANOTHER, Page, parties_at

# What one takes command of.
COMMANDED = frozenset({"body", "force"})


def settle_appointee(draft: Draft, sentence: Sentence, page: Page) -> None:
    """Complete the appointees of a draft in place."""
    makers = makers_of(draft, sentence, page)
    draft.fillers[:] = [f for f in draft.fillers if f.mention not in makers]
    after = [m for m in page.mentions.of(sentence.index) if m.first > draft.trigger]
    if BY_ANOTHER in draft.flags and not any(f.mention.kind == "person" for f in draft.fillers):
        draft.fillers += [Filler("appointee", m, "object") for m in after if m.kind == "person"][:1]
    posts = [m for m in after if m.cls == "official" and m.kind != "person"]
    commanded = [m for m in after if m.cls in COMMANDED and m.kind != "person"]
    codes = next((m.codes for m in (*posts[:1], *makers, *commanded) if m.codes), ())
    for filler in draft.fillers:
        person = filler.mention
        if person.kind == "person" and filler.role == "appointee":
            post = person.post or (posts[0].text if posts else None)
            filler.mention = replace(person, post=post, codes=person.codes or codes)


def makers_of(draft: Draft, sentence: Sentence, page: Page) -> list[Mention]:
    """Who makes the appointment, where the trigger's subject does."""
    if BY_ANOTHER not in draft.flags:
        return []
    subjects = verb_arcs(sentence.tokens.doc[draft.trigger])["subject"]
    referred = [m for thing in subjects for m in parties_at(thing, sentence, page, "party", "subject")]
    named = page.mentions.of(sentence.index)
    return referred + [m for thing in subjects for m in named if m.first <= thing.i <= m.last]
