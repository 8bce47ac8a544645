"""languages: a Document in another language than English goes in, its reports come out, by that language's own tables.

It shares dates, places, merging and the report with the English coder, and it never codes a language without data.
"""

from communique.pipeline.languages.coder import LanguageCoder
from communique.pipeline.languages.gate import decide, tongue_of

__all__ = ["LanguageCoder", "decide", "tongue_of"]
