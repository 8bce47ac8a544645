"""What a type's register shows, as told.

An exercise's name, a transfer's items and amount, an agreement's instrument.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from spacy.tokens import Token

from communique.pipeline.drafts import Draft, Mention, Sentence
from communique.pipeline.extract.names import Name
from communique.pipeline.extract.triggers import Page
from communique.pipeline.extract.words import classes_of_lemma, phrase_tokens

NUMBER = r"\d[\d,.]*"
SCALE = r"trillion|billion|million|bn|mln|crore|lakh|thousand"
BEFORE = r"US\$|A\$|C\$|S\$|NZ\$|\$|€|£|¥|₹|Rs\.?\s?|USD\s?|EUR\s?|INR\s?"
BEHIND = r"dollars|dlrs|euros|pounds|rupees|yen|rubles|roubles|US dollars"
ORGANISED = frozenset({"body", "igo", "firm", "armed", "outlet"})
AMOUNT = re.compile(
    rf"(?P<currency>{BEFORE})\s?(?P<number>{NUMBER})\s?(?P<scale>{SCALE})?"
    rf"|(?P<number2>{NUMBER})\s?(?P<scale2>{SCALE})?\s(?P<currency2>{BEHIND})",
    re.IGNORECASE,
)
SCALES = {
    "trillion": 10**12,
    "billion": 10**9,
    "bn": 10**9,
    "million": 10**6,
    "mln": 10**6,
    "crore": 10**7,
    "lakh": 10**5,
    "thousand": 10**3,
}
CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "dollars": "USD",
    "dlrs": "USD",
    "us dollars": "USD",
    "€": "EUR",
    "eur": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "pounds": "GBP",
    "¥": "JPY",
    "yen": "JPY",
    "₹": "INR",
    "rs": "INR",
    "rs.": "INR",
    "inr": "INR",
    "rupees": "INR",
    "a$": "AUD",
    "c$": "CAD",
    "s$": "SGD",
    "nz$": "NZD",
    "rubles": "RUB",
    "roubles": "RUB",
}
NAME_WORD = r"[A-Z][\w'’-]*|\d{1,4}"
EXERCISE_NAME = re.compile(
    r"(?:[Ee]xercise|[Dd]rill|code[- ]?named|[Nn]amed|[Cc]alled|[Dd]ubbed|known as)[,:]?\s+(?:the\s+)?[\"“‘']?"
    rf"((?:{NAME_WORD}|[IVX]+)(?:[ -](?:{NAME_WORD}|of\b|the(?=\s[A-Z])))*)"
)
YEAR_BEHIND = re.compile(
    r"(?: ?[-–/'’] ?| )(?:(?:19|20)\d\d(?:[-/]\d{1,2})?|\d{1,2}|[IVX]{1,5})\b(?![,.%]\d)"
    r"(?! (?!exercise|drill|man)[a-z]+s\b)"
)
ORDINAL = r"\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|inaugural|\d{4}"
EDITION = re.compile(rf"\b({ORDINAL}) (?:edition|iteration|round|version)")
DELEGATIONS = re.compile(
    r"(?:more than |some |about |over |at least )?\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b "
    r"(?:high-ranking |military |foreign )*(?:delegations|countries|nations|states)",
    re.IGNORECASE,
)


def read_details(draft: Draft, sentence: Sentence, page: Page) -> None:
    """Add to a draft what the register of its type shows; nothing is added that the words do not tell."""
    reader = READERS.get(draft.type)
    if reader is not None:
        draft.details.update({k: v for k, v in reader(draft, sentence, page).items() if v})


def exercise_details(draft: Draft, sentence: Sentence, page: Page) -> dict[str, object]:
    """Name and edition of an exercise."""
    listed = [n for n in page.names.of(sentence) if n.entry.kind == "exercise"]
    known = min(listed, key=lambda n: (abs(n.last - draft.trigger), n.first), default=None)
    text = sentence.tokens.text
    named = EXERCISE_NAME.search(text)
    name = with_year(known, sentence) if known else (named.group(1).strip() if named else None)
    name = name if name is not None and any(c.isalpha() for c in name) else None
    edition = EDITION.search(text)
    return {"name": name, "edition": edition.group(1) if edition else None}


def with_year(name: Name, sentence: Sentence) -> str:
    """The name of an exercise with the year or number that its words bear ("Malabar 2020", "MALABAR-20")."""
    words = sentence.paragraph_text[name.start - sentence.offset :]
    behind = YEAR_BEHIND.match(words, name.end - name.start)
    return words[: behind.end() if behind else name.end - name.start]


def agreement_details(draft: Draft, sentence: Sentence, page: Page) -> dict[str, object]:
    """Instrument, name and subject of an agreement."""
    known = next((n for n in page.names.of(sentence) if n.entry.kind == "instrument"), None)
    instrument = next(
        (
            t
            for t in sentence.tokens
            if "agreement" in classes_of_lemma(page.lemmas(t))
            and t.pos_ in ("NOUN", "PROPN")
            and near(t, draft, sentence)
        ),
        None,
    )
    subject = None
    if instrument is not None:
        preposition = next(
            (c for c in instrument.rights if c.lower_ in ("on", "for", "to", "concerning", "about")), None
        )
        subject = phrase_after(preposition) if preposition is not None else None
    return {
        "instrument": page.lemmas(instrument) if instrument is not None else None,
        "name": known.entry.name if known else None,
        "subject": subject,
    }


def meeting_details(draft: Draft, sentence: Sentence, page: Page) -> dict[str, object]:
    """Name of a conference and number of delegations."""
    known = next(
        (
            n
            for n in page.names.of(sentence)
            if n.entry.kind == "instrument" and n.entry.subkind in ("dialogue", "format")
        ),
        None,
    )
    token = sentence.tokens.doc[draft.trigger]
    proper = [t for t in phrase_tokens(token) if t.pos_ == "PROPN" or t.is_title]
    name = (
        known.text
        if known
        else (token.doc[proper[0].i : token.i + 1].text if token.text[0].isupper() and len(proper) > 1 else None)
    )
    number = DELEGATIONS.search(sentence.tokens.text)
    return {"name": name, "delegations": number.group() if number and draft.mode == "multilateral" else None}


def transfer_details(draft: Draft, sentence: Sentence, page: Page) -> dict[str, object]:
    """Items with quantities, amount and currency of a transfer."""
    items = []
    for token in sentence.tokens:
        if (
            token.pos_ in ("NOUN", "PROPN")
            and "arms" in classes_of_lemma(page.lemmas(token))
            and near(token, draft, sentence)
            and token.dep_ not in ("compound", "amod", "nmod")
            and not of_body(token, sentence, page)
            and (words := item_words(token))
        ):
            items.append({"item": words, "quantity": quantity_of(token)})
    amount, currency = amount_in(sentence.words(draft.start, draft.end))
    return {"items": items[:8], "amount": amount, "currency": currency}


def of_body(token: Token, sentence: Sentence, page: Page) -> bool:
    """Whether a word belongs to the name of an organisation ("Ministry of National Defence", "Tata Defence")."""
    name = page.names.at(sentence, token)
    if name is not None and name.entry.kind in ORGANISED:
        return True
    return token.pos_ == "PROPN" and token.lower_ in ("defence", "defense", "arms")


def deployment_details(draft: Draft, sentence: Sentence, page: Page) -> dict[str, object]:
    """Unit, vessels and mission of a deployment."""
    vessels = [
        m.text for m in page.mentions.of(sentence.index) if m.cls == "vessel" and draft.start <= m.start < draft.end
    ]
    unit = next(
        (
            m.text
            for m in page.mentions.of(sentence.index)
            if m.cls == "force" and draft.start <= m.start < draft.end and not names_area(m, sentence)
        ),
        None,
    )
    return {"vessels": vessels, "unit": unit}


def names_area(mention: Mention, sentence: Sentence) -> bool:
    """Whether a command is named for its area only ("the European Command area of responsibility")."""
    doc, after = sentence.tokens.doc, mention.last + 1
    return after < sentence.tokens.end and doc[after].lower_ in ("area", "areas")


def visit_details(draft: Draft, sentence: Sentence, page: Page) -> dict[str, object]:
    """The ships that call at a port."""
    return {
        "vessels": [m.text for m in page.mentions.of(sentence.index) if m.cls == "vessel"]
        if draft.mode == "port_call"
        else None
    }


def membership_details(draft: Draft, sentence: Sentence, page: Page) -> dict[str, object]:
    """The office taken in a body."""
    office = next(
        (
            t.text
            for t in sentence.tokens
            if page.lemmas(t) in ("presidency", "chairmanship", "chair", "membership", "attaché", "attache", "command")
        ),
        None,
    )
    return {"office": office}


def near(token: Token, draft: Draft, sentence: Sentence) -> bool:
    """Whether a token stands in the draft's clause."""
    return draft.start <= sentence.begin_of(token) < draft.end


def item_words(token: Token) -> str:
    """The item's words without article and number."""
    kept = [
        t
        for t in phrase_tokens(token)
        if t.dep_ not in ("det", "nummod", "poss", "case", "punct", "cc", "conj", "quantmod")
    ]
    return " ".join(t.text for t in sorted(kept, key=lambda t: t.i))


def quantity_of(token: Token) -> str | None:
    """The number before an item, as told."""
    return next((c.doc[c.left_edge.i : c.i + 1].text for c in token.lefts if c.dep_ == "nummod"), None)


def amount_in(words: str) -> tuple[float | None, str | None]:
    """The first sum of money in the words, in units of its currency.

    >>> amount_in("a $425 million package")
    (425000000.0, 'USD')
    """
    match = AMOUNT.search(words)
    if match is None:
        return None, None
    number = (match["number"] or match["number2"]).rstrip(".,").replace(",", "")
    try:
        value = float(number)
    except ValueError:
        return None, None
    scale = (match["scale"] or match["scale2"] or "").lower()
    currency = (match["currency"] or match["currency2"]).strip().lower()
    return value * SCALES.get(scale, 1), CURRENCIES.get(currency, currency.upper())


def phrase_after(preposition: Token) -> str | None:
    """The words that a preposition introduces, at most a dozen."""
    inner = [t for t in preposition.subtree if t.i > preposition.i][:12]
    return preposition.doc[inner[0].i : inner[-1].i + 1].text if inner else None


READERS: Mapping[str, Callable[[Draft, Sentence, Page], dict[str, object]]] = {
    "exercise": exercise_details,
    "agreement": agreement_details,
    "meeting": meeting_details,
    "transfer": transfer_details,
    "deployment": deployment_details,
    "visit": visit_details,
    "membership": membership_details,
}
