"""choose(), write(), act(), bind(): what the model decides and says, and the 발췌 writer that needs no model.

Facts are not checked here (core/checking does), links and facts are not written here (code attaches them from
the item's own record). A bad reply gets one repair turn; after that the caller uses `extract`.
"""

from core.writing.choosing import choose
from core.writing.extracting import extract, quotable
from core.writing.prompts import version
from core.writing.stories import act, write

__all__ = ["act", "choose", "extract", "quotable", "version", "write"]
