"""What was collected, listed below the stories: in which order, and how much of it the channels see."""

from collections.abc import Sequence

from core.model import Item, News, Paper, Pick

SHOWN, EITHER = 20, 5  # what the channels list; of papers as of news at least so many, where there are


def chosen_first(chosen: Sequence[Pick], ranked: Sequence[Pick]) -> tuple[Pick, ...]:
    """The chosen in their order, then the others as ranked."""
    told = {item.id for pick in chosen for item in (pick.item, *pick.merged)}
    return (*chosen, *(pick for pick in ranked if pick.item.id not in told))


def shortlist(ordered: Sequence[Pick], chosen: int) -> tuple[str, ...]:
    """Ids in that order: the chosen, and the best of the others, both kinds among them where both are."""
    rest = ordered[chosen:]
    either = [pick for kind in (News, Paper) for pick in [p for p in rest if isinstance(p.item, kind)][:EITHER]]
    kept = set(list(dict.fromkeys(pick.item.id for pick in (*ordered[:chosen], *either, *rest)))[:SHOWN])
    return tuple(pick.item.id for pick in ordered if pick.item.id in kept)


def index(items: Sequence[Item], ordered: Sequence[Pick]) -> tuple[Item, ...]:
    """Everything collected: what is ordered first."""
    place = {item.id: n for n, pick in enumerate(ordered) for item in (pick.item, *pick.merged)}
    return tuple(sorted(items, key=lambda item: (place.get(item.id, len(place)), item.id)))
