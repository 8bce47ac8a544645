"""llm: a document goes in, drafts of events come out that a language model behind an HTTP endpoint proposed and whose
every quotation stands in the text.

It makes no dates, coordinates or codes and merges nothing; the document is data, and no tool is offered to the model.
"""

from communique.pipeline.llm.client import ChatClient
from communique.pipeline.llm.drafting import Group
from communique.pipeline.llm.failures import LlmFailure
from communique.pipeline.llm.reader import LlmReader
from communique.pipeline.llm.settings import LlmSettings, cache_folder, settings_from

__all__ = ["ChatClient", "Group", "LlmFailure", "LlmReader", "LlmSettings", "cache_folder", "settings_from"]
