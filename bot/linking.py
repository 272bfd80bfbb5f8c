"""Where in a channel an earlier story stands: free Slack hides old messages, and a link still finds them.

What was posted is in the store; what its address looks like, the platform knows.
"""

from collections.abc import Iterable
from datetime import date

from bot.chat import Place, Platform, Step
from core.render.message import Message, relinked, spans
from core.store import Store


async def linked(message: Message, store: Store, platform: Platform, place: Place, subscription: int) -> Message:
    """The message with each earlier story that it names linked to the channel's own message of it; where there is
    none, the link stays what it is. Raises StoreError."""
    named = {span.earlier for block in message.blocks for span in spans(block) if span.earlier}
    links = {}
    for each in named:
        day, _, n = each.partition("/")
        if address := await story_link(store, platform, place, subscription, date.fromisoformat(day), int(n)):
            links[each] = address
    return relinked(message, links) if links else message


async def story_link(store: Store, platform: Platform, place: Place, subscription: int, on: date, n: int) -> str | None:
    """The message that told story `n` of that date there, or that day's root where it has none of its own."""
    done = await store.deliveries.steps_of(on, subscription)
    found = await store.deliveries.find(place.platform, place.channel, done[0].ref) if done else None
    edition = await store.editions.get(on, found.profile) if found else None
    if edition is None:
        return None
    refs = tuple(step.ref for step in done)
    steps = platform.steps(edition, place.settings)[: len(refs)]
    return platform.link(place, refs, _telling(steps, n))


async def day_links(
    store: Store, platform: Platform, place: Place, subscription: int, days: Iterable[date]
) -> dict[date, str]:
    """By day, the root that this channel was posted."""
    links = {}
    for day in set(days):
        done = await store.deliveries.steps_of(day, subscription)
        if done and (address := platform.link(place, (done[0].ref,))):
            links[day] = address
    return links


def _telling(steps: tuple[Step, ...], n: int) -> Step:
    """The step whose message begins story `n`; stories go out in order and begin with a part 1."""
    begun = [each for each in steps if each.message and each.message.kind == "story" and each.message.part == 1]
    return begun[n - 1] if n <= len(begun) else steps[0]
