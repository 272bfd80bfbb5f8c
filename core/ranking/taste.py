"""A channel's taste, from its 👍 and 👎: a small weight for each trait of what was voted on.

Simple on purpose. A vote speaks for the item's topics, first and last author or its publisher (an arXiv field is too
wide: half a day would move); a trait's weight is its mean vote, held back while votes are few. Bounded (±1.5 an item),
undone by leaving the vote out, explained by the strongest trait.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.model import Item, Paper
from core.ranking.relevance import Term, found

MOST = 1.5
FOR, AGAINST = "이 채널의 👍", "이 채널의 👎"
_TRAIT = 0.4
_HOLD = 2  # votes' worth of holding back
_REMEMBERED = 300  # the newest votes, the last in the list


@dataclass(frozen=True, slots=True)
class Taste:
    """`weights` by trait ("주제: 에이전트"), each within ±0.4. Empty = no opinion."""

    weights: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def from_votes(cls, votes: Sequence[tuple[Item, int]]) -> "Taste":
        """The taste these votes (1 = 👍, -1 = 👎, oldest first) speak of; the same votes give the same taste."""
        total: dict[str, int] = defaultdict(int)
        count: dict[str, int] = defaultdict(int)
        for item, vote in votes[-_REMEMBERED:]:
            for trait in traits(item):
                total[trait] += max(-1, min(1, vote))
                count[trait] += 1
        return cls({trait: _TRAIT * total[trait] / (count[trait] + _HOLD) for trait in sorted(total) if total[trait]})

    def term(self, item: Item) -> Term | None:
        """What this taste adds to the item; None when it has no opinion."""
        parts = [(self.weights[trait], trait) for trait in traits(item) if trait in self.weights]
        value = max(-MOST, min(MOST, sum(weight for weight, _ in parts)))
        if not value:
            return None
        _, trait = max(parts, key=lambda part: (part[0] * value, part[1]))
        return Term(value, f"{FOR if value > 0 else AGAINST}: {trait}")


def traits(item: Item) -> tuple[str, ...]:
    """What a vote on this item speaks of."""
    own = max((part for _, part in found(item)), default=0.0)  # the title's topics, or else the text's
    topics = [f"주제 {topic.name}" for topic, part in found(item) if part == own]
    if isinstance(item, Paper):
        ends = [f"저자 {name}" for name in dict.fromkeys((*item.authors[:1], *item.authors[-1:]))]
        return (*topics, *ends)
    return (*topics, f"출처 {item.source}")
