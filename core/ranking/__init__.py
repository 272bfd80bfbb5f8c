"""rank(): what people will talk about, without a model call; select(): the few to post.

    attention   how likely the community picks a paper: words, authors' record, its own features, boosted trees
    newsworth   the same scale for news          relevance, taste   what it means to developers, to this channel
    events      one event, one place             choosing, themes   variety, mixture, a floor

`python -m core.ranking.train DIR` makes weights.npz; evaluate.py measures it. README.md in this folder says what
was tried and what each feature is worth. The figure is community attention, not merit.
"""

from core.ranking.choosing import select, varied
from core.ranking.days import read_candidates
from core.ranking.ranking import rank
from core.ranking.record import Record, Seen, seen
from core.ranking.taste import Taste
from core.ranking.weights import shipped

__all__ = ["Record", "Seen", "Taste", "rank", "read_candidates", "seen", "select", "shipped", "varied"]
