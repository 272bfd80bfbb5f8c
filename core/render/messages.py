"""An edition as the messages of a channel: root, one per story, closing; and the evidence behind a story.

The root is read on a phone in a minute and stands alone; everything else waits in the thread. Sections
without content are left out, never shown empty. What a button refers to is `reference`, not a text.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from core.model import Edition, Ground, Item, Paper, Story
from core.render import colophon, phrases, weekly
from core.render.message import (
    Block,
    Bullets,
    Button,
    Divider,
    Heading,
    Message,
    Quote,
    Small,
    Span,
    Spans,
    Text,
    inline,
)
from core.text import shorten

HEADLINE = 150  # characters of a headline in a channel; the pages carry it whole
KEYWORDS = 60
_OPINIONS = phrases.SECTIONS[1:3]


def messages(edition: Edition, *, thread: bool = True) -> tuple[Message, ...]:
    """Root, the week's review where there is one, stories in order, closing. With `thread` False the root alone, which
    then promises no thread."""
    if not thread:
        return (root(edition, thread=False),)
    stories = (story_message(edition, story) for story in edition.stories)
    week = (weekly.message(edition.week),) if edition.week else ()
    return (root(edition), *week, *stories, closing(edition))


def reference(edition: Edition, n: int) -> str:
    """A story's id for buttons: `2026-02-03/3`, and `2026-02-03/3/PROFILE` for another profile than the default."""
    return f"{edition.date.isoformat()}/{n}" + ("" if edition.profile == "default" else f"/{edition.profile}")


def dereference(value: str) -> tuple[date, str, int]:
    """(date, profile, story number) of a `reference`. Raises ValueError on anything else."""
    day, n, profile = [*value.split("/"), "default"][:3]
    return date.fromisoformat(day), profile, int(n)


def root(edition: Edition, *, thread: bool = True) -> Message:
    name = " · ".join(("AI Daily", phrases.day(edition.date), *colophon.marks(edition)))
    blocks: list[Block] = [Heading(_plain(name))]
    if edition.stories:
        blocks.append(Bullets(tuple(_top(story) for story in edition.stories), ordered=True))
    else:
        blocks.append(Text(_plain(colophon.no_stories(edition))))
    if edition.week and (strands := weekly.heads(edition.week)):
        blocks += [Heading(_plain(weekly.title(edition.week)), level=2), strands]
    blocks += [Text(_plain(notice)) for notice in colophon.notices(edition)]
    blocks += [Small(_plain(line)) for line in _context(edition, thread)]
    heads = " ".join(f"{story.n}. {shorten(phrases.headline(story), 60)}" for story in edition.stories)
    summary = f"{name}: {heads or colophon.no_stories(edition)}"
    settings = Button("settings", "설정", edition.date.isoformat(), accessibility="이 채널의 AI Daily 설정 열기")
    return Message("root", tuple(blocks), summary, (settings,))


def _top(story: Story) -> Spans:
    words = shorten(phrases.keywords(story), KEYWORDS)
    marks = (" (후속)" if story.follow_up else "") + phrases.corrected(story)
    return (*_headline(story), *_plain(marks + (f" — {words}" if words else "")))


def _context(edition: Edition, thread: bool) -> Iterable[str]:
    yield colophon.funnel(edition.funnel)
    yield f"{phrases.clock(edition.built_at)} KST 작성 · arXiv 배치: {colophon.batch(edition)}"
    if failures := colophon.failures(edition):
        yield failures
    if thread and edition.stories:
        yield f"{_in_thread(edition)} 스레드에 있습니다."


def _in_thread(edition: Edition) -> str:
    if not any(story.summary for story in edition.stories):
        return "원문 링크는"
    return "발췌한 문장은" if "발췌" in colophon.marks(edition) else "요약과 근거는"


def story_message(edition: Edition, story: Story) -> Message:
    """One story with everything but its quotes, which wait behind 근거."""
    head = phrases.headline(story)
    blocks: list[Block] = [Heading((Span(f"{story.n}. ", bold=True), *_headline(story)))]
    if len(head) > HEADLINE:
        blocks.append(Text(_plain(head)))
    if (original := phrases.title(story.item)) != head:
        blocks.append(Text((Span(original, italic=True),)))
    blocks.append(Small(_plain(" · ".join(phrases.facts(story)))))
    if story.follow_up and (said := phrases.follow_up(story)):
        lead, first, url = said
        earlier = f"{story.follow_up.date}/{story.follow_up.n}"
        blocks.append(Text((Span(lead, bold=True), Span(shorten(first, HEADLINE), url=url, earlier=earlier))))
    if note := phrases.shown(story.note):
        blocks.append(Text(_plain(note)))
    blocks += [Text(_plain(line, bold=True)) for line in phrases.corrections(story)]
    for name, content in zip(phrases.SECTIONS, _sections(story), strict=True):
        blocks += [Heading(_plain(name), level=2), content] if content else []
    if reasons := phrases.why(story):
        blocks.append(Small(_plain(f"왜 뽑았나: {reasons}")))
    words = phrases.keywords(story)
    told = f"{shorten(head, HEADLINE)}{phrases.corrected(story)}" + (f" — {words}" if words else "")
    summary = f"{story.n}/{len(edition.stories)} {told}"
    return Message("story", tuple(blocks), summary, _story_buttons(edition, story))


def _sections(story: Story) -> tuple[Block | None, ...]:
    """The five sections in their order; None where there is nothing to say."""
    summary, one_liner, ideas, risks = _sentences(story)
    return (
        _bullets(map(inline, summary)),
        Text(inline(one_liner[0])) if one_liner else None,
        _bullets(map(inline, ideas)),
        _bullets(map(inline, risks)),
        _bullets((Span(label, url=address),) for label, address in phrases.links(story)),
    )


def _story_buttons(edition: Edition, story: Story) -> tuple[Button, ...]:
    if story.withdrawn:
        return ()
    value, n = reference(edition, story.n), story.n
    quoted = any(found.quote for found in phrases.grounds(story).values())
    return (
        Button("detail", "자세히", value, accessibility=f"{n}번 이슈를 본문에서 자세히 설명"),
        *([Button("evidence", "근거", value, accessibility=f"{n}번 이슈의 원문 근거 문장 보기")] if quoted else []),
        Button("up", "👍", value, accessibility=f"{n}번 이슈가 도움이 됨"),
        Button("down", "👎", value, accessibility=f"{n}번 이슈가 도움이 되지 않음"),
        Button("report", "틀렸어요", value, accessibility=f"{n}번 이슈에 틀린 내용이 있다고 알리기"),
    )


def closing(edition: Edition) -> Message:
    """The actions, the shortlist of what was not chosen, how each source ended, what it cost."""
    blocks: list[Block] = []
    if edition.actions:
        actions = tuple(
            (*_plain(f"{phrases.shown(a.lead)}: ", bold=True), *inline(phrases.shown(a.text))) for a in edition.actions
        )
        blocks += [Heading(_plain(phrases.ACTIONS)), Bullets(actions, ordered=True), Divider()]
    by_id = {item.id: item for item in edition.index}
    shortlist = tuple(by_id[each] for each in edition.shortlist if each in by_id)
    blocks += [*_index(edition, shortlist), Heading(_plain("출처 상태"), level=2), *_status(edition)]
    blocks += [Small(_plain(line)) for line in colophon.making(edition)]
    told = [f"실무 액션 {len(edition.actions)}가지"] if edition.actions else []
    return Message("closing", tuple(blocks), " · ".join([*told, f"원문 목록 {len(shortlist)}건", "출처 상태"]))


def _index(edition: Edition, shortlist: Sequence[Item]) -> list[Block]:
    """The shortlist by kind, best first; what is told above says so; how many more were collected."""
    told = {item.id: story.n for story in edition.stories for item in (story.item, *story.merged)}
    blocks: list[Block] = [Heading(_plain(f"원문 목록: 상위 {len(shortlist)}건" if shortlist else "원문 목록"))]
    for name, kind in colophon.INDEX:
        items = _bullets(
            (
                Span(phrases.title(item), url=phrases.web(item.url)),
                *_plain(f" ({told[item.id]}번 이슈)" if item.id in told else ""),
            )
            for item in shortlist
            if isinstance(item, kind)
        )
        if items:
            blocks += [Heading(_plain(name), level=2), items]
        elif not any(isinstance(item, kind) for item in edition.index):
            blocks += [Heading(_plain(name), level=2), Text(_plain(f"({colophon.no_items(edition, name)})"))]
    if rest := [item for item in edition.index if item not in shortlist]:
        papers = sum(isinstance(item, Paper) for item in rest)
        kinds = f"뉴스 {len(rest) - papers:,}, 논문 {papers:,}"
        blocks.append(Small(_plain(f"이 밖에 {len(rest):,}건을 더 수집했습니다({kinds}).")))
    return blocks


def _status(edition: Edition) -> Iterable[Block]:
    """What failed line by line, the rest in one line: on a phone a dozen healthy feeds are noise."""
    failed = colophon.failed(edition)
    lines = {report: colophon.line(report) for report in edition.sources}
    if failed:
        yield Bullets(tuple(_plain(lines[report]) for report in failed))
    if fine := " · ".join(line for report, line in lines.items() if report not in failed):
        yield Small(_plain(fine))


def evidence(story: Story) -> Message:
    """Behind 근거: each sentence, and under it the source's words it stands on and their place."""
    grounds = phrases.grounds(story)
    blocks: list[Block] = [Heading((Span(f"{story.n}. ", bold=True), *_headline(story)))]
    blocks += [_ground(grounds[head])] if (head := phrases.headline(story)) in grounds and not story.extracted else []
    for name, told in zip(phrases.SECTIONS, _sentences(story), strict=False):
        blocks += [Heading(_plain(name), level=2)] if told else []
        nothing = "의견 · 가까운 원문 문장 없음" if name in _OPINIONS else "옮길 원문 문장 없음"
        for text in told:
            blocks += [Text(inline(text)), _ground(grounds[text]) if text in grounds else Small(_plain(nothing))]
    if not any(found.quote for found in grounds.values()):
        why = "문장이 모두 원문 그대로입니다." if story.extracted else "이 이슈에는 근거로 남긴 원문 문장이 없습니다."
        blocks = [blocks[0], Text(_plain(why))]
    blocks.append(Small(_plain(phrases.facts(story)[-1])))
    return Message("answer", tuple(blocks), f"{story.n}번 이슈의 근거: {shorten(phrases.headline(story), HEADLINE)}")


def _sentences(story: Story) -> tuple[tuple[str, ...], ...]:
    """The printed sentences by section, in the order of `phrases.SECTIONS`."""
    one_liner = phrases.claim(story, story.one_liner)
    return (
        tuple(text for text, _ in phrases.claims(story, story.summary)),
        (one_liner,) if one_liner else (),
        phrases.texts(story, story.ideas),
        tuple(text for text, _ in phrases.claims(story, story.risks)),
    )


def _ground(found: Ground) -> Block:
    """The words and their place; of a sentence that is the source's own, the place alone."""
    if not found.quote:
        return Small(_plain(f"원문 그대로 · {found.place}"))
    mark = f"{found.place} · 가장 가까운 원문" if found.nearest else found.place
    return Quote((Span(found.quote), Span(f" [{mark}]", italic=True)))


def _plain(text: str, *, bold: bool = False) -> Spans:
    return (Span(text, bold=bold),) if text else ()


def _headline(story: Story) -> Spans:
    return (Span(shorten(phrases.headline(story), HEADLINE), bold=True, url=phrases.web(story.item.url)),)


def _bullets(items: Iterable[Spans]) -> Bullets | None:
    kept = tuple(items)
    return Bullets(kept) if kept else None
