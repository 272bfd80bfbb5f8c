"""An edition as a Markdown page. The grammar (headings, order, separators) is a contract with other programs.

Written text and outside text are escaped so that a title can break neither the line it stands on nor the
page; single backticks in written text stay code spans. Quotes are not printed here, only behind 근거.
"""

from collections.abc import Iterator

from core.model import Edition, Story
from core.render import colophon, phrases, weekly
from core.render.escaping import escape, written


def markdown(edition: Edition) -> str:
    """The whole page, the complete raw index included; ends with a newline."""
    lines = [
        *_head(edition),
        *(line for story in edition.stories for line in _story(story)),
        *(weekly.section(edition.week) if edition.week else ()),
        *_actions(edition),
        *_index(edition),
        *_footer(edition),
    ]
    return "\n".join(lines) + "\n"


def _head(edition: Edition) -> Iterator[str]:
    yield f"# [AI Daily] {edition.date.isoformat()} 기술 동향"
    yield ""
    yield f"> 생성 시간(KST): {phrases.clock(edition.built_at)}"
    # the grammar's own words and plain digits, for programs that read the page
    yield f"> 데이터 소스: {', '.join(map(escape, colophon.origins(edition, '{}')))}"
    yield f"> arXiv 배치: {escape(colophon.batch(edition, '신규 {}편'))}"
    for notice in colophon.notices(edition):
        yield f"> {escape(notice)}"
    yield ""
    yield "## 오늘의 Top 이슈 (3~5)"
    for story in edition.stories:
        words = phrases.keywords(story)
        yield f"- {story.n}) {escape(phrases.headline(story))}{phrases.corrected(story)}" + (
            f" — {escape(words)}" if words else ""
        )
    if not edition.stories:
        yield f"- ({colophon.no_stories(edition)})"
    yield from ("", "---", "")


def _story(story: Story) -> Iterator[str]:
    yield f"## {story.n}. {escape(phrases.headline(story))}"
    yield f"*{escape(phrases.title(story.item))}* · {escape(' · '.join(phrases.facts(story)))}"
    if said := "\n>\n".join(_said(story)):
        yield from ("", said, "")
    one_liner = phrases.claim(story, story.one_liner)
    contents = (
        [f"- {written(text)}" for text, _ in phrases.claims(story, story.summary)],
        [written(one_liner)] if one_liner else [],
        [f"- {written(text)}" for text in phrases.texts(story, story.ideas)],
        [f"- {written(text)}" for text, _ in phrases.claims(story, story.risks)],
        [f"- [{escape(label)}]({url})" if url else f"- {escape(label)}" for label, url in phrases.links(story)],
    )
    for name, content in zip(phrases.SECTIONS, contents, strict=True):
        if content:
            yield from (f"### {name}", *content)
    yield from ("", "---", "")


def _said(story: Story) -> Iterator[str]:
    """What the story says about itself: what it goes on from, what it lacks, what was put right."""
    if follow_up := phrases.follow_up(story):
        lead, first, url = follow_up
        yield f"> {escape(lead)}" + (f"[{escape(first)}]({url})" if url else escape(first))
    if note := phrases.shown(story.note):
        yield f"> {escape(note)}"
    yield from (f"> **{escape(line)}**" for line in phrases.corrections(story))


def _actions(edition: Edition) -> Iterator[str]:
    if edition.actions:
        yield f"## {phrases.ACTIONS}"
        for n, action in enumerate(edition.actions, 1):
            yield f"{n}) {escape(phrases.shown(action.lead))}: {written(phrases.shown(action.text))}"
        yield ""


def _index(edition: Edition) -> Iterator[str]:
    yield "## 원문 목록 (Raw Index)"
    for name, kind in colophon.INDEX:
        yield f"### {name}"
        items = [item for item in edition.index if isinstance(item, kind)]
        yield from (f"- {escape(phrases.title(item))} — {phrases.web(item.url) or '(주소 없음)'}" for item in items)
        if not items:
            yield f"- ({escape(colophon.no_items(edition, name))})"
        yield ""


def _footer(edition: Edition) -> Iterator[str]:
    yield from ("---", "")
    yield from (f"- {escape(line)}" for line in colophon.making(edition))
    for report in edition.sources:
        yield f"- 출처 {escape(colophon.line(report))}"
