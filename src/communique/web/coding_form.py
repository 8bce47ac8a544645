"""A report as a form and back: every field that people can edit, with the stretch of text that it was read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from communique.codebook import load_codebook
from communique.errors import UnusableOption
from communique.records import Report
from communique.web.reviewing import Form, first

PARTY = ("role", "actor", "kind", "name", "post", "rank", "mention", "start", "end")
ITEM = re.compile(r"^(?P<quantity>[^×]*?)\s*×\s*(?P<item>.+)$")


def report_of_form(form: Form, base: Report, text: str) -> Report:
    """The report that a form says, for the rest as `base` is. Raises UnusableOption for what no report can hold."""
    data = base.model_dump(mode="json")
    kind = first(form, "type", base.type)
    data |= {
        "type": kind, "mode": first(form, "mode") or None, "status": first(form, "status", base.status),
        "domains": [value for key, value in form if key == "domains"],
        "aggregate": any(key == "aggregate" for key, _ in form),
        "date": date_of(form), "place": place_of(form), "asserted_by": voice_of(form),
        "participants": parties_of(form), "evidence": spans_of(form, text),
        "details": details_of(form, kind) if load_codebook().types.get(kind) else None,
    }  # fmt: skip
    if data["details"] is None and base.details is not None and not any(base.details.values()):
        data["details"] = base.model_dump(mode="json")["details"]
    data = {name: as_before(value, base.model_dump(mode="json")[name]) for name, value in data.items()}
    try:
        return Report.model_validate(data)
    except ValidationError as broken:
        told = broken.errors()[0]
        place = ".".join(map(str, told["loc"]))
        raise UnusableOption(f"{place} cannot be {told.get('input')!r}: {told['msg']}") from broken


def as_before(new: Any, old: Any) -> Any:
    """The old value where the new one differs only in what was left empty.

    >>> as_before({"name": None, "a": 1}, {"a": 1}), as_before([], ())
    ({'a': 1}, ())
    """
    return old if bare(new) == bare(old) else new


def bare(value: Any) -> Any:
    """A value without what is empty."""
    if isinstance(value, dict):
        return {k: bare(v) for k, v in value.items() if v not in (None, "", [], {})} or None
    if isinstance(value, list | tuple):
        return [bare(v) for v in value]
    return value


def date_of(form: Form) -> dict[str, Any] | None:
    """The interval; the last day is the first where none is given, and no first day is no date."""
    start = first(form, "date.start")
    if not start:
        return None
    end = first(form, "date.end") or start
    usual = "day" if end == start else "range"
    precision = first(form, "date.precision") or usual
    return {"start": start, "end": end, "precision": precision, "text": first(form, "date.text") or None}


def place_of(form: Form) -> dict[str, Any] | None:
    """The place, None where nothing is said of it."""
    told = {name: first(form, f"place.{name}").strip() or None for name in ("name", "country", "text")}
    if told["country"]:
        told["country"] = told["country"].upper()
    return told if any(told.values()) else None


def voice_of(form: Form) -> dict[str, Any]:
    """Who vouches for it."""
    told = {name: first(form, f"asserted_by.{name}").strip() or None for name in ("kind", "name", "text")}
    return {**told, "kind": told["kind"] or "outlet"}


def parties_of(form: Form) -> list[dict[str, Any]]:
    """The parties, row by row; a row without an actor is none."""
    columns = {name: [value for key, value in form if key == f"party.{name}"] for name in PARTY}
    out = []
    for row in zip(*columns.values(), strict=False):
        told = dict(zip(PARTY, (value.strip() for value in row), strict=True))
        if not told["actor"]:
            continue
        span = spanned(told["start"], told["end"])
        out.append({
            "role": told["role"], "actor": told["actor"].upper(), "kind": told["kind"] or "country",
            **{name: told[name] or None for name in ("name", "post", "rank", "mention")}, "span": span,
        })  # fmt: skip
    return out


def spanned(start: str, end: str) -> dict[str, int] | None:
    """A span of two numbers, None without them."""
    return {"start": int(start), "end": int(end)} if start.isdecimal() and end.isdecimal() else None


def spans_of(form: Form, text: str) -> list[dict[str, int]]:
    """The evidence, in order, one span where several overlap. The words sent with each must stand in the text there."""
    spans = []
    for key, value in form:
        if key != "evidence" or not value.strip():
            continue
        start, _, rest = value.partition(":")
        end, _, words = rest.partition(":")
        span = spanned(start, end)
        if span is None or not span["start"] < span["end"] <= len(text):
            raise UnusableOption(f"evidence {value[:40]!r} is no stretch of this text; mark it again")
        if words and text[span["start"] : span["end"]] != words:
            raise UnusableOption(f"{words[:60]!r} does not stand at {start} to {end}; reload and mark the words again")
        spans.append(span)
    return joined(spans)


def joined(spans: Sequence[dict[str, int]]) -> list[dict[str, int]]:
    """Spans in order of the text, overlapping ones made one.

    >>> joined([{"start": 5, "end": 9}, {"start": 0, "end": 6}])
    [{'start': 0, 'end': 9}]
    """
    out: list[dict[str, int]] = []
    for span in sorted(spans, key=lambda s: (s["start"], s["end"])):
        if out and span["start"] < out[-1]["end"]:
            out[-1] = {"start": out[-1]["start"], "end": max(out[-1]["end"], span["end"])}
        else:
            out.append(span)
    return out


def details_of(form: Form, kind: str) -> dict[str, Any] | None:
    """The details of the type, None where none is told."""
    told: dict[str, Any] = {}
    for name, detail in load_codebook().type(kind).details.items():
        words = first(form, f"details.{name}").strip()
        if not words:
            continue
        lines = [line.strip() for line in words.split("\n") if line.strip()]
        if detail.kind == "texts":
            told[name] = lines
        elif detail.kind == "items":
            told[name] = [item_of(line) for line in lines]
        else:
            told[name] = number(words) if detail.kind == "count" else words
    return told or None


def item_of(line: str) -> dict[str, Any]:
    """An item with its quantity, written "12 × radars"; without one the quantity is not told.

    >>> item_of("12 × radars"), item_of("radars")
    ({'item': 'radars', 'quantity': 12}, {'item': 'radars', 'quantity': None})
    """
    found = ITEM.match(line)
    return {"item": found["item"], "quantity": number(found["quantity"])} if found else {"item": line, "quantity": None}


def number(words: str) -> int | float | str:
    """A number where the words are one, else the words."""
    plain = words.replace(",", "")
    try:
        return int(plain)
    except ValueError:
        try:
            return float(plain)
        except ValueError:
            return words


def detail_lines(value: Any) -> str:
    """A detail as the form shows it: one line for each text or item.

    >>> detail_lines([{"item": "radars", "quantity": 12}, {"item": "boats"}])
    '12 × radars\\nboats'
    """
    if value is None:
        return ""
    if not isinstance(value, list | tuple):
        return str(value)
    return "\n".join(
        str(v) if not isinstance(v, dict) else str(v.get("item")) if v.get("quantity") is None
        else f"{v['quantity']} × {v['item']}" for v in value
    )  # fmt: skip
