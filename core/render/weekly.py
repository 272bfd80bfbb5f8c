"""A week's review as a message and as Markdown: strands, outlook, what readers liked, what many read, the chart.

Every sentence is followed by whose it is, as a link that code made. Which is which is said in words: what a model wrote
and what was taken over. The page is weekly_page.py.
"""

from collections.abc import Iterable, Iterator

from core.render import chart, phrases
from core.render.escaping import escape, written
from core.render.message import Block, Bullets, Heading, Message, Small, Span, Spans, Text, inline
from core.text import shorten
from core.week import Favourite, Line, Mention, Strand, Week

OUTLOOK, FAVOURITES, OTHERS = "한 줄 전망", "독자가 고른 이슈", "그 밖의 이슈와 널리 읽힌 글"
_HEAD = 110
_OTHERS, _LISTED = 8, 4  # in a channel; the pages carry them all
_TEXT = 120


def title(week: Week) -> str:
    return f"한 주의 흐름: {phrases.days(week.first, week.last)}"


def notices(week: Week) -> tuple[str, ...]:
    return tuple(phrases.shown(note) for note in week.notes)


def where(mention: Mention) -> str:
    """When it was told, or who noticed what was not."""
    day = f"{mention.date.month}월 {mention.date.day}일"
    return f"{day} {mention.n}번" if mention.n else f"{day} {mention.noticed or phrases.shown(mention.origin)}"


def head(mention: Mention) -> str:
    return phrases.shown(mention.headline) or "(제목 없음)"


def making(week: Week) -> Iterator[str]:
    """What it was made from, and how."""
    days = len({name.partition("@")[0] for name in week.made_of})
    yield f"{days}일치 호의 이슈 {week.stories}건 · 모은 논문 {week.papers:,}편 · 뉴스 {week.news:,}건"
    if week.model:
        yield (
            f"모델: {phrases.shown(week.model)} · 호출 {week.calls}회 · 토큰 {week.tokens:,}"
            f" · 검증: 문장 {week.checked}개 확인, {week.removed}개 제외"
        )


def counts(favourite: Favourite) -> str:
    return f"도움이 됨 {favourite.up}명" + (f", 되지 않음 {favourite.down}명" if favourite.down else "")


def heads(week: Week) -> Block | None:
    """The strands by name, for a root message."""
    return Bullets(tuple((Span(phrases.shown(strand.headline)),) for strand in week.strands)) if week.strands else None


def message(week: Week) -> Message:
    """The whole review, with the chart."""
    blocks: list[Block] = [Heading((Span(title(week)),))]
    blocks += [Text((Span(note),)) for note in notices(week)]
    for n, strand in enumerate(week.strands, 1):
        blocks.append(Heading((Span(f"{n}. {phrases.shown(strand.headline)}"),), level=2))
        blocks += _strand(week, strand)
    if week.outlook:
        blocks += [Heading((Span(OUTLOOK),), level=2), Text(_line(week, week.outlook))]
    if week.favourites:
        told = tuple((*_linked(each.mention), Span(f" — {counts(each)}")) for each in week.favourites)
        blocks += [Heading((Span(FAVOURITES),), level=2), Bullets(told)]
    if week.others:
        blocks += [Heading((Span(OTHERS),), level=2), Bullets(tuple(map(_linked, week.others[:_OTHERS])))]
        if (more := len(week.others) - _OTHERS) > 0:
            blocks.append(Small((Span(f"이 밖에 {more}건이 더 있습니다."),)))
    blocks += [Small((Span(line),)) for line in making(week)]
    names = ", ".join(phrases.shown(strand.headline) for strand in week.strands)
    summary = " — ".join(filter(None, (title(week), names)))
    return Message("closing", tuple(blocks), summary, picture=chart.picture(week))


def _strand(week: Week, strand: Strand) -> Iterator[Block]:
    if strand.lines:
        yield Bullets(tuple(_line(week, line) for line in strand.lines))
        said = {line.item for line in strand.lines}
        if silent := [each for each in strand.mentions if each.item not in said]:
            yield Text((Span("함께: "), *_joined(silent)))
    else:
        yield Bullets(tuple(_linked(each, text=True) for each in strand.mentions[:_LISTED]))
        if (more := len(strand.mentions) - _LISTED) > 0:
            yield Small((Span(f"이 흐름에 {more}건이 더 있습니다."),))


def _line(week: Week, line: Line) -> Spans:
    mention = week.mentions[line.item]
    return (
        *inline(phrases.shown(line.text)),
        Span(" ("),
        Span(where(mention), url=phrases.web(mention.url)),
        Span(")"),
    )


def _linked(mention: Mention, *, text: bool = False) -> Spans:
    said = shorten(phrases.shown(mention.text), _TEXT) if text and mention.text else ""
    link = Span(shorten(head(mention), _HEAD), url=phrases.web(mention.url))
    return (link, Span(f" ({where(mention)})" + (f" — {said}" if said and said != head(mention) else "")))


def _joined(mentions: Iterable[Mention]) -> Iterator[Span]:
    for n, mention in enumerate(mentions):
        yield from ((Span(" · "),) if n else ())
        yield from _linked(mention)


def markdown(week: Week) -> str:
    """A page of its own; ends with a newline."""
    return "\n".join((f"# [AI Daily] {week.last} 한 주의 흐름", "", *_body(week))) + "\n"


def section(week: Week) -> Iterator[str]:
    """The lines of a section in an edition's page."""
    yield from (f"## {escape(title(week))}", *_body(week), "---", "")


def _body(week: Week) -> Iterator[str]:
    for note in notices(week):
        yield from (f"> {escape(note)}", "")
    for n, strand in enumerate(week.strands, 1):
        yield f"### {n}. {escape(phrases.shown(strand.headline))}"
        yield from (f"- {_source(week, line)}" for line in strand.lines)
        said = {line.item for line in strand.lines}
        yield from (_entry(each, text=not strand.lines) for each in strand.mentions if each.item not in said)
        yield ""
    if week.outlook:
        yield from (f"### {OUTLOOK}", _source(week, week.outlook), "")
    if week.favourites:
        yield f"### {FAVOURITES}"
        yield from (f"{_entry(each.mention)} — {counts(each)}" for each in week.favourites)
        yield ""
    if chart.shows(week):
        yield from (f"### {chart.TITLE}", escape(chart.subtitle(week)))
        yield from (f"- {escape(each.name)}: {chart.counted(each)}" for each in week.topics)
        yield ""
    if week.others:
        yield from (f"### {OTHERS}", *map(_entry, week.others), "")
    yield from (f"- {escape(line)}" for line in making(week))
    yield ""


def _source(week: Week, line: Line) -> str:
    return (
        f"{written(phrases.shown(line.text))} ({_link(where(week.mentions[line.item]), week.mentions[line.item].url)})"
    )


def _entry(mention: Mention, *, text: bool = False) -> str:
    said = shorten(phrases.shown(mention.text), _TEXT) if text and mention.text else ""
    more = f" — {escape(said, start=False)}" if said and said != head(mention) else ""
    return f"- {_link(head(mention), mention.url)} ({escape(where(mention), start=False)}){more}"


def _link(label: str, url: str) -> str:
    address = phrases.web(url)
    return f"[{escape(label)}]({address})" if address else escape(label)
