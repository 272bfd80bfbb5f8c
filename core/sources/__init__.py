"""collect(): every source ends as items or as a stated failure, and none can stop the day.

A source is anything with a name and `collect(day)`. It asks the web through core.web and gives what it found, or
raises a `SourceError` whose text the digest prints. Which sources there are is decided in bot/app.py; ranking and
near-same titles are the next stage's business, only exact duplicates (same canonical id or URL) are merged here.

calendar.py   what arXiv has announced at an instant      urls.py     canonical ids and URLs
batch.py      today's papers from three witnesses:        feeds.py    RSS and Atom, one source per feed
              arxiv.py the API, listing.py, rss.py        ddgs.py     news search
revisions.py  new versions of papers that were told
hf.py, hn.py  what the community did: signals (and AI stories of Hacker News)
"""

from core.sources.calendar import Day
from core.sources.collecting import Found, Source, collect

__all__ = ["Day", "Found", "Source", "collect"]
