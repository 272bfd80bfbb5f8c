"""The week: what developed over seven days, out of what the editions told and what many noticed.

    gathering.py   editions → Material: mentions with their sources, votes, how often each topic was named
    plain.py       Material → strands by topic, in the editions' own sentences; no model
    keeping.py     week_of(): gathered, reviewed, kept
    reviewing.py   review(): the model's strands, each sentence held against its source; else plain

Links and counts are the code's; a model groups and writes, and what does not hold is dropped. This stands above the
stages, as telling.py does for a story; the newsroom lends it the model.
"""

from core.weekly.gathering import Gathering, Material, Source
from core.weekly.keeping import Writer, kept_week, week_of
from core.weekly.reviewing import review

__all__ = ["Gathering", "Material", "Source", "Writer", "kept_week", "review", "week_of"]
