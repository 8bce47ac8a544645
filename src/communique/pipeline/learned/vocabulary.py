"""The closed lists that the reader's heads speak in, in the order of their outputs."""

from __future__ import annotations

TYPES = (
    "visit",
    "meeting",
    "agreement",
    "exercise",
    "transfer",
    "training",
    "deployment",
    "cooperation",
    "membership",
    "appointment",
    "incident",
    "statement",
)
STATUSES = ("occurred", "ongoing", "planned", "proposed", "cancelled", "denied")
ROLES = (
    "none",
    "visitor",
    "host",
    "party",
    "supplier",
    "recipient",
    "provider",
    "deployer",
    "target",
    "member",
    "body",
    "appointee",
    "perpetrator",
    "speaker",
    "addressee",
    "source",
)
"""Roles of the codebook; `none` stands outside the event, `source` vouches for it."""
MARKS = ("date", "place")
"""What can be an event's own without being a party."""

KINDS = (
    "plain",
    "state",
    "body",
    "igo",
    "armed",
    "firm",
    "person",
    "official",
    "force",
    "vessel",
    "people",
    "group",
    "aircraft",
    "date",
    "place",
    "other",
)
"""What a word piece belongs to: the class of a mention, a date, a place, or nothing."""
SHAPES = ("lower", "capital", "upper", "digit")
"""The case of a word, which an uncased vocabulary loses."""
