"""What a server reads when it starts, before anybody asks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import duckdb
from jinja2 import Environment

from communique.errors import CommuniqueError
from communique.review.queue import weigh
from communique.store.query import Filters
from communique.web.address import UNITS
from communique.web.basemap import world
from communique.web.mapping import drawn
from communique.web.officials import people
from communique.web.reader import Reader


def look_ahead(reader: Reader, templates: Environment) -> None:
    """Asks what the first visitors will ask, so that on a large record they do not wait for all tables to be read.

    Ends where the record is closed meanwhile; what is wrong with it is told to who asks next.
    """
    everything = Filters()
    looks: tuple[Callable[[], object], ...] = (
        lambda: reader.ask(weigh, everything=True),
        *(partial(reader.counted, unit, everything) for unit in UNITS),
        lambda: people(reader, everything),
        reader.status,
        reader.coverage,
        reader.outlets,
        reader.added,
        lambda: drawn(reader, "engagements", everything),
        world,
        *(partial(templates.get_template, name) for name in templates.list_templates()),
    )
    for look in looks:
        with suppress(CommuniqueError, duckdb.Error):
            look()
