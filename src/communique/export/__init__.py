"""Writes coded documents as files that other tools read: reports, dyads, a table for people, and what was set aside.

Documents with their reports come in, bytes go out by one of EXPORTERS. Nothing here codes, links or corrects a report.
"""

from communique.export.coded import Coded
from communique.export.columns import REPORT_COLUMNS, Column
from communique.export.dyads import DYAD_COLUMNS, Dyad, dyads_of
from communique.export.exporters import EXPORTERS, Exporter, choose_exporter
from communique.export.files import kept_documents, quarantine_path, whole_file, write_gated, write_quarantined
from communique.export.overview import overview
from communique.export.screen import console_on

__all__ = [
    "DYAD_COLUMNS",
    "EXPORTERS",
    "REPORT_COLUMNS",
    "Coded",
    "Column",
    "Dyad",
    "Exporter",
    "choose_exporter",
    "console_on",
    "dyads_of",
    "kept_documents",
    "overview",
    "quarantine_path",
    "whole_file",
    "write_gated",
    "write_quarantined",
]
