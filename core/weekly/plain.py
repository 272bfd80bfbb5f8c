"""Strands without a model: what names the same topic in its title, in the editions' own sentences.

A topic is the ranking's (topics.json), so its name is ours; nothing is said that an edition or a source did not say.
Of several topics a mention belongs to the one that fewest share: nearly everything is about agents.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from core.week import Mention, Strand
from core.weekly.gathering import Source, topic_names

MOST = 5
_FEWEST = 2  # one story is no development


def by_topic(sources: Sequence[Source]) -> tuple[tuple[Strand, ...], tuple[Mention, ...]]:
    """Up to five strands of two or more mentions, greatest first, and the mentions that belong to none; each in order
    of the days."""
    named = {source.mention.item: topic_names(source.item) for source in sources}
    counts = Counter(name for names in named.values() for name in names)
    groups: defaultdict[str, list[Mention]] = defaultdict(list)
    for source in sources:
        shared = [name for name in named[source.mention.item] if counts[name] >= _FEWEST]
        groups[min(shared, key=lambda name: (counts[name], name), default="")].append(source.mention)
    ranked = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    kept = [(name, members) for name, members in ranked if name and len(members) >= _FEWEST][:MOST]
    used = {mention.item for _, members in kept for mention in members}
    rest = [source.mention for source in sources if source.mention.item not in used]
    return tuple(Strand(name, (), in_order(members)) for name, members in kept), in_order(rest)


def in_order(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """By day; what an edition told before what it did not."""
    return tuple(sorted(mentions, key=lambda each: (each.date, each.n == 0, each.n, each.item)))
