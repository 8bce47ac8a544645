"""A client of a running Observatory: engagements, reports and documents over `/api/v1`, as plain values."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from communique.errors import CommuniqueError

Value = str | int | dt.date | None
Filter = Value | Iterable[Value]
Row = dict[str, Any]
KEPT = 64
"""Answers that are kept with their ETag, so that what has not changed is not sent again."""


class ServerRefused(CommuniqueError):
    """The server cannot be reached, or refuses what it was asked; the message has its words."""


class Client:
    """The record that a server at `address` shows. Reads only; use it in one thread.

    `token` is asked for by servers that other machines can reach. `http` replaces the connection, as in tests.
    Every method raises ServerRefused. Filters are those of `communique list`: country, pair, type, mode, status,
    domain, level, place_country, outlet, camp, review, engagement, documents, since, until, witnesses and text; several
    values of one filter come as a list.
    """

    def __init__(
        self,
        address: str = "http://127.0.0.1:8321",
        token: str | None = None,
        *,
        http: httpx.Client | None = None,
        seconds: float = 60.0,
    ) -> None:
        """Nothing is asked yet."""
        headers = {"authorization": f"Bearer {token}"} if token is not None else {}
        self.address = address.rstrip("/")
        self._http = http if http is not None else httpx.Client(timeout=seconds, trust_env=False)
        self._headers = headers
        self._kept: OrderedDict[str, tuple[str, Any]] = OrderedDict()

    def __enter__(self) -> Self:
        """The client itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the connection."""
        self.close()

    def close(self) -> None:
        """Closes the connection."""
        self._http.close()

    # --- the record

    def status(self) -> Row:
        """What the record holds, in numbers, and what it does not."""
        return dict(self._get("status"))

    def engagements(self, *, sort: str = "-date", **filters: Filter) -> Iterator[Row]:
        """The engagements that fulfil all filters, page by page as they are wanted."""
        return self._pages("engagements", "engagements", {"sort": sort, **filters})

    def reports(self, *, sort: str = "-date", **filters: Filter) -> Iterator[Row]:
        """The corrected reports that fulfil all filters, page by page as they are wanted."""
        return self._pages("reports", "reports", {"sort": sort, **filters})

    def documents(
        self, *, outcome: str | None = None, outlet: str | None = None, text: str | None = None
    ) -> Iterator[Row]:
        """The current documents without their texts, the latest published first."""
        asked = {"outcome": outcome, "outlet": outlet, "text": text}
        page, seen = 1, 0
        while True:
            told = self._get("documents", {**asked, "page": page})
            yield from told["documents"]
            seen += len(told["documents"])
            if not told["documents"] or seen >= told["total"]:
                return
            page += 1

    def count(self, unit: str = "engagements", **filters: Filter) -> int:
        """How many engagements (or reports) fulfil all filters."""
        return int(self._get(unit, {**filters, "size": 1})["total"])

    def facets(self, unit: str = "engagements", **filters: Filter) -> dict[str, dict[str, int]]:
        """Of each facet the values with their numbers among the selected engagements (or reports)."""
        told = self._get("facets", {**filters, "unit": unit})["facets"]
        return {name: {row["value"]: row["count"] for row in rows} for name, rows in told.items()}

    def years(self, unit: str = "engagements", **filters: Filter) -> list[Row]:
        """Rows of `year` (None for undated ones), `type` and `n` of the selection."""
        return list(self._get("years", {**filters, "unit": unit})["rows"])

    def engagement(self, ident: str) -> Row:
        """One engagement: its row, `drawn` with consensus, history and witnesses, and every report."""
        return dict(self._get(f"engagements/{quote(ident, safe='')}"))

    def report(self, ident: str) -> list[Row]:
        """The report of an id, once for each document that has this text."""
        return list(self._get(f"reports/{quote(ident, safe='')}")["reports"])

    def document(self, ident: str) -> Row:
        """One document with its text, its reports with offsets into that text, its versions and its near-copies."""
        return dict(self._get(f"documents/{quote(ident, safe='')}"))

    def set_aside(self) -> list[Row]:
        """The inputs that could not be used, with their reasons."""
        return list(self._get("set-aside")["inputs"])

    def codebook(self) -> Row:
        """The JSON Schema of a report with all codes and their definitions."""
        return dict(self._get("codebook"))

    # --- asking

    def _pages(self, path: str, key: str, asked: Mapping[str, Filter]) -> Iterator[Row]:
        """All rows of all pages."""
        told = self._get(path, {**asked, "size": 500})
        yield from told[key]
        while told["next"] is not None:
            told = self._ask(f"{self.address}{told['next']}")
            yield from told[key]

    def _get(self, path: str, asked: Mapping[str, Filter] | None = None) -> Any:
        """The answer to a path of the API with a query."""
        query = httpx.QueryParams(pairs_of(asked or {}))
        return self._ask(f"{self.address}/api/v1/{path}{f'?{query}' if query else ''}")

    def _ask(self, address: str) -> Any:
        """The answer of an address, from what is kept where the server says that it still holds."""
        tag, kept = self._kept.get(address, ("", None))
        headers = {**self._headers, "accept": "application/json"} | ({"if-none-match": tag} if tag else {})
        try:
            answer = self._http.get(address, headers=headers)
        except httpx.HTTPError as broken:
            raise ServerRefused(f"no answer from {self.address} ({broken}); start it with communique serve") from broken
        if answer.status_code == 304:
            self._kept.move_to_end(address)
            return kept
        if answer.status_code != 200:
            raise ServerRefused(f"{address}: {answer.status_code} {words_of(answer)}")
        told = answer.json()
        if "etag" in answer.headers:
            self._kept[address] = (answer.headers["etag"], told)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return told


def pairs_of(asked: Mapping[str, Filter]) -> list[tuple[str, str | int | float | bool | None]]:
    """A query as pairs of name and text; None is left out, and several values give one pair each.

    >>> pairs_of({"country": ["IRN", "SYR"], "since": dt.date(2020, 7, 8), "text": None})
    [('country', 'IRN'), ('country', 'SYR'), ('since', '2020-07-08')]
    """
    return [
        (name, str(one))
        for name, value in asked.items()
        for one in ([value] if isinstance(value, str | int | dt.date) or value is None else value)
        if one is not None
    ]


def words_of(answer: httpx.Response) -> str:
    """What a refusal says of itself."""
    try:
        return str(answer.json()["error"])
    except (ValueError, KeyError, TypeError):
        return answer.text.strip()[:300]
