"""What a profile has been told: nothing is told twice, and what is new about it is told as what it is, a 후속.

recall() decides, before the ranking, what of today's items is known and what of that has something new:

    recalling.py  which of today's items and which stories of the last 14 days are one event
    titles.py     whether two headlines, days apart, tell the same; translating.py, languages apart
    novelty.py    what is new since: code, an acceptance, the first news about a paper, the paper behind news

Grouping is the ranking's (events), facts are the reading's; here both meet the past, so this stands above the stages.
When in doubt an item is not a repeat: two sights of one thing are a nuisance, news that is lost is a fault.
"""

from core.memory.recalling import MEMORY_DAYS, Recalled, recall

__all__ = ["MEMORY_DAYS", "Recalled", "recall"]
