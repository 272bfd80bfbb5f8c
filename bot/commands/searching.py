"""search: past stories, papers and news by their words."""

from collections.abc import Mapping
from datetime import date

from bot.chat import Reply
from bot.commands.counter import Counter
from bot.commands.saying import note
from bot.linking import day_links
from core.render import phrases
from core.render.message import Block, Bullets, Heading, Message, Small, Span, Spans, Text
from core.searching import Searched
from core.searching import search as find
from core.store import Hit
from core.text import shorten

_TITLE = 150
_KINDS = {"paper": "논문", "news": "뉴스"}


async def search(at: Counter) -> Reply:
    """`search 말 [이후:2026-02-01] [출처:OpenAI] [분야:cs.CL] [종류:논문]`"""
    found = await find(at.app.store, at.words, await at.profile())
    return Reply((found_message(found, await _posted(at, found)),)) if found.hits.hits else note(found.said)


async def _posted(at: Counter, found: Searched) -> Mapping[date, str]:
    """Where this channel can read the days of what was told."""
    place, subscribed = at.request.place, await at.subscription()
    platform = at.app.platforms.get(place.platform)
    days = {hit.date for hit in found.hits.hits if hit.n}
    if subscribed is None or platform is None:
        return {}
    return await day_links(at.app.store, platform, place, subscribed.id, days)


def found_message(found: Searched, posted: Mapping[date, str]) -> Message:
    """The hits, what was told before what was only collected, each with its day and its link; `posted`: by day, the
    message that told it."""
    words, hits = found.query.words, found.hits.hits
    head = f"'{words}' 찾기: {len(hits)}건{' 이상' if found.hits.more else ''}"
    blocks: list[Block] = [Heading((Span(head),))]
    told, rest = [hit for hit in hits if hit.n], [hit for hit in hits if not hit.n]
    for name, group in (("이슈", told), ("수집한 논문·뉴스", rest)):
        if group:
            blocks += [Heading((Span(name),), level=2), Bullets(tuple(_line(hit, posted) for hit in group))]
    if told:
        one = told[0]
        blocks.append(Text((Span(f"그날의 호는 /aidaily today {one.date} 처럼 다시 볼 수 있습니다."),)))
    if found.hits.more:
        blocks.append(
            Small((Span("더 있습니다. 낱말을 더하거나 이후:2026-02-01, 분야:cs.CL, 출처:OpenAI로 좁혀 보세요."),))
        )
    return Message("answer", tuple(blocks), f"{head}. {hits[0].title}")


def _line(hit: Hit, posted: Mapping[date, str]) -> Spans:
    where = f"{hit.date} {hit.n}번" if hit.n else f"{hit.date} {_KINDS[hit.kind]}"
    title = Span(shorten(phrases.shown(hit.title), _TITLE), bold=bool(hit.n), url=phrases.web(hit.url))
    day = Span(where, url=posted.get(hit.date) if hit.n else None)
    return (title, Span(" — "), day, Span(f", {phrases.shown(hit.source)}"))
