"""Links the reports of all documents into engagements: reports and what is known of their documents go in, the
engagement of each report with its reasons comes out, and for each engagement consensus, history and witnesses.

Nothing here reads a text for events, changes a report or stores anything; human merges and splits are taken as given.
"""

from communique.pipeline.link.consensus import build_engagement
from communique.pipeline.link.copies import Sketch, copy_groups, sketch, wire_credit
from communique.pipeline.link.identity import engagement_id, find_engagement, redirects
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
from communique.pipeline.link.lines import link_lines, read_lines
from communique.pipeline.link.link import Judgements, Link, Links, link_reports
from communique.pipeline.link.witnesses import camp_of, witnesses_of

__all__ = [
    "DocumentInfo",
    "Judgements",
    "Link",
    "LinkItem",
    "Links",
    "Party",
    "Sketch",
    "build_engagement",
    "camp_of",
    "copy_groups",
    "engagement_id",
    "find_engagement",
    "info_from_document",
    "info_from_json",
    "item_from_json",
    "item_from_report",
    "items_of_documents",
    "link_lines",
    "link_reports",
    "read_lines",
    "redirects",
    "sketch",
    "wire_credit",
    "witnesses_of",
]
