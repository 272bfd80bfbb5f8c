"""read(): the text an item is written from; and the paper itself, for the one a person asks about.

Library.open gives a Document: arXiv's HTML, else its PDF, else the abstract, always saying which. `read` makes of
it the Reading that a writer is given (the useful parts within a budget), `chunks`/`search` find passages,
`place_of` says where a quote stands, `facts` reads the fact strip. Fetching is core.web's, writing and checking are
others'.
"""

from core.fulltext.availability import facts, gives_or_needs
from core.fulltext.document import BASIS_NAMES, Block, Document, Section, place_of
from core.fulltext.figure import Figure, figure_of
from core.fulltext.library import Library
from core.fulltext.licence import reusable
from core.fulltext.limits import about_limits, states_limit
from core.fulltext.links import links_of
from core.fulltext.passages import Chunk, Search, chunks, search
from core.fulltext.reading import read
from core.fulltext.refs import resolve

__all__ = [
    "BASIS_NAMES", "Block", "Chunk", "Document", "Figure", "Library", "Search", "Section", "about_limits",
    "chunks", "facts", "figure_of", "gives_or_needs", "links_of", "place_of", "read", "resolve", "reusable",
    "search", "states_limit",
]  # fmt: skip
