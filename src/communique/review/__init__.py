"""review: people check what was coded: a queue, several reviewers, blind second coding, agreement, and gold.

A record comes in; decisions in its log, codings of samples and figures of agreement go out. It never codes or links,
and every change goes through the record, so that an undo, a recoding and a new version of a text find it again.
"""

from communique.review.agreement import Agreement, agreement, alpha
from communique.review.gold import gold_documents
from communique.review.queue import Open, Progress, next_open, open_reports, progress
from communique.review.reviewers import Reviewer, add_reviewer, reviewer_of, reviewers
from communique.review.samples import Coding, Item, Sample, draw_sample, list_samples

__all__ = [
    "Agreement",
    "Coding",
    "Item",
    "Open",
    "Progress",
    "Reviewer",
    "Sample",
    "add_reviewer",
    "agreement",
    "alpha",
    "draw_sample",
    "gold_documents",
    "list_samples",
    "next_open",
    "open_reports",
    "progress",
    "reviewer_of",
    "reviewers",
]
