"""Measures coded reports and their links against gold, and guards the scores reached.

Gold documents and predicted reports go in, figures with counts, intervals and errors come out. Nothing here codes a
text or changes a report.
"""

from communique.evaluation.bootstrap import Bounds, bootstrap_bounds
from communique.evaluation.coded import CodedEvent, actor_aliases, group_reports, read_event
from communique.evaluation.counts import ClassMean, Counts, Measure, Share
from communique.evaluation.files import Coder, Scores, evaluate_files
from communique.evaluation.floors import Breach, Floors, check_floors, load_floors, raise_floors, save_floors
from communique.evaluation.links import BCubed, LinkError, LinkEvaluation, evaluate_links
from communique.evaluation.matching import match_events, same_date
from communique.evaluation.measures import CodingError, Evaluation, OutletResult, evaluate
from communique.evaluation.reading import (
    GoldDocument,
    Predictions,
    load_clusters,
    load_gold,
    load_links,
    load_predictions,
)
from communique.evaluation.tables import accuracy_table, evaluation_json, evaluation_tables, link_tables, plain_text

__all__ = [
    "BCubed",
    "Bounds",
    "Breach",
    "ClassMean",
    "CodedEvent",
    "Coder",
    "CodingError",
    "Counts",
    "Evaluation",
    "Floors",
    "GoldDocument",
    "LinkError",
    "LinkEvaluation",
    "Measure",
    "OutletResult",
    "Predictions",
    "Scores",
    "Share",
    "accuracy_table",
    "actor_aliases",
    "bootstrap_bounds",
    "check_floors",
    "evaluate",
    "evaluate_files",
    "evaluate_links",
    "evaluation_json",
    "evaluation_tables",
    "group_reports",
    "link_tables",
    "load_clusters",
    "load_floors",
    "load_gold",
    "load_links",
    "load_predictions",
    "match_events",
    "plain_text",
    "raise_floors",
    "read_event",
    "same_date",
    "save_floors",
]
