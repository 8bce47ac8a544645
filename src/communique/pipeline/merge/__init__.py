"""merge: the drafts of one document go in, one Report for each event comes out, with a span for each of its mentions.

It compares type, parties, dates, status and persons; it never reads the words again and never looks at other documents.
"""

from communique.pipeline.merge.clusters import cluster_drafts
from communique.pipeline.merge.likely import likelihoods
from communique.pipeline.merge.parties import settle_parties
from communique.pipeline.merge.reports import build_report, is_unspoken

__all__ = ["build_report", "cluster_drafts", "is_unspoken", "likelihoods", "settle_parties"]
