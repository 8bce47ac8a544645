"""Links the reports of all documents into engagements: reports and what is known of their documents go in, the
engagement of each report with its reasons comes out, and for each engagement consensus, history and witnesses.

Nothing here reads a text for events, changes a report or stores anything; human merges and splits are taken as given.
"""

from communique.pipeline.link.items import (
    DocumentInfo,
    LinkItem,
    Party,
    info_from_document,
    info_from_json,
    item_from_json,
    item_from_report,
    items_of_documents,
)
from communique.pipeline.link.link import Judgements, Link, Links, link_reports

__all__ = [
    "DocumentInfo",
    "Judgements",
    "Link",
    "LinkItem",
    "Links",
    "Party",
    "info_from_document",
    "info_from_json",
    "item_from_json",
    "item_from_report",
    "items_of_documents",
    "link_reports",
]
