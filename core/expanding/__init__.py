"""One paper, on request: expand() explains it, ask() answers about it, both from its full text and with places cited.

A consumer above the stages, like telling.py: it takes a Document (core.fulltext), asks a model (core.llm), holds every
sentence against the passages it cites (core.checking). Finding and fetching the paper, rate limits and how answers
look on a platform are others'.
"""

from core.expanding.answers import CitedAnswer, CitedClaim, Expansion, ExpSection, shape
from core.expanding.expansion import expand
from core.expanding.question import ask
from core.expanding.summing import with_one_liner

__all__ = ["CitedAnswer", "CitedClaim", "ExpSection", "Expansion", "ask", "expand", "shape", "with_one_liner"]
