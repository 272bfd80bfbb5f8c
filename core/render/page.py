"""An edition as one HTML file: no script, no request to anywhere, readable on a phone, a screen and paper.

The shell is page.html, the looks page.css; here is only what repeats. Every text goes through `escape` exactly
once, where it enters markup. The policy in the head allows our own style by its hash and nothing else, so even
a text that slipped through could run and load nothing.
"""

from collections.abc import Iterable
from html import escape
from string import Template

from core.model import Claim, Edition, Item, Story
from core.render import colophon, phrases, weekly_page
from core.render.shell import file, lang, link, policy, prose, unbroken
from core.text import shorten

NO_BREAK = "\N{NO-BREAK SPACE}"
_BACK = 'AI Daily <a class="back" href="index.html">지난 호</a>'


def html(edition: Edition, *, archived: bool = False) -> str:
    """The whole page with every quote and the complete raw index; `archived`: it stands beside the index of all."""
    style = file("page.css")
    heads = " / ".join(phrases.headline(story) for story in edition.stories) or colophon.no_stories(edition)
    return Template(file("page.html")).substitute(
        title=f"[AI Daily] {edition.date.isoformat()} 기술 동향",
        description=escape(shorten(heads, 200)),
        brand=_BACK if archived else "AI Daily",
        style=style,
        style_hash=policy(style),
        marks="".join(f'<span class="badge">{mark}</span>' for mark in colophon.marks(edition)),
        heading=f"{edition.date.year}년 {phrases.day(edition.date).replace(' ', NO_BREAK)} 기술 동향",
        dateline=_dateline(edition),
        notices=_lines(f'<p class="notice">{escape(notice)}</p>' for notice in colophon.notices(edition)),
        top=_top(edition),
        week=weekly_page.section(edition.week) if edition.week else "",
        stories=_lines(_story(story) for story in edition.stories),
        actions=_actions(edition),
        index=_index(edition),
        sources=_sources(edition),
        making=_lines(f"<p>{escape(line)}</p>" for line in colophon.making(edition)),
    )


def _lines(pieces: Iterable[str]) -> str:
    return "\n".join(pieces)


def _dateline(edition: Edition) -> str:
    rows = (
        ("생성 시간", f"{phrases.stamp(edition.built_at)} KST"),
        ("데이터 소스", ", ".join(colophon.origins(edition))),
        ("arXiv 배치", colophon.batch(edition)),
        ("선정 과정", colophon.funnel(edition.funnel)),
    )
    return _lines(f"<div><dt>{name}</dt><dd>{escape(text)}</dd></div>" for name, text in rows)


def _top(edition: Edition) -> str:
    if not edition.stories:
        return f'<p class="empty">{escape(colophon.no_stories(edition))}</p>'
    return f"<ol>\n{_lines(_top_line(story) for story in edition.stories)}\n</ol>"


def _top_line(story: Story) -> str:
    words = phrases.keywords(story)
    keys = f'<span class="keys">{escape(words)}</span>' if words else ""
    head = unbroken(phrases.headline(story) + phrases.corrected(story))
    keys = ('<span class="badge">후속</span>' if story.follow_up else "") + keys
    return f'<li><span class="n">{story.n}</span><span><a href="#i{story.n}">{head}</a>{keys}</span></li>'


def _story(story: Story) -> str:
    head, original = phrases.headline(story), phrases.title(story.item)
    one_liner = phrases.claim(story, story.one_liner)
    note, follow_up = phrases.shown(story.note), phrases.follow_up(story)
    reasons = phrases.why(story)
    contents = (
        _list(_claims(story, story.summary)),
        f'<p class="one"{lang(one_liner)}>{prose(one_liner)}</p>' if one_liner else "",
        _list(f"<li>{prose(text)}</li>" for text in phrases.texts(story, story.ideas)),
        _list(_claims(story, story.risks)),
        _list((f"<li>{link(label, url)}</li>" for label, url in phrases.links(story)), "links"),
    )
    removed = f"검증에서 뺀 문장 {len(story.dropped)}개" if story.dropped else ""
    small = " · ".join(filter(None, (f"왜 뽑았나: {reasons}" if reasons else "", removed)))
    pieces = (
        f'<article class="story" id="i{story.n}" aria-labelledby="h{story.n}">',
        f'<h2 id="h{story.n}"{lang(head)}><span class="n">{story.n}.</span> {unbroken(head)}</h2>',
        f'<p class="original"{lang(original)}>{link(original, phrases.web(story.item.url))}</p>'
        if original != head
        else "",
        f'<ul class="facts">{"".join(f"<li>{escape(fact)}</li>" for fact in phrases.facts(story))}</ul>',
        f'<p class="follow">{escape(follow_up[0])}{link(*follow_up[1:])}</p>' if follow_up else "",
        f'<p class="notice">{escape(note)}</p>' if note else "",
        *(f'<p class="notice"><strong>{escape(line)}</strong></p>' for line in phrases.corrections(story)),
        *(f"<h3>{name}</h3>\n{content}" for name, content in zip(phrases.SECTIONS, contents, strict=True) if content),
        f'<p class="why">{escape(small)}</p>' if small else "",
        "</article>",
    )
    return _lines(filter(None, pieces))


def _claims(story: Story, section: Iterable[Claim]) -> Iterable[str]:
    grounds = phrases.grounds(story)
    for text, quote in phrases.claims(story, section):
        yield f"<li{lang(text)}>{prose(text)}{_proof(quote, grounds[text].place) if quote else ''}</li>"


def _proof(quote: str, place: str) -> str:
    words = f"<blockquote{lang(quote)}>{escape(quote)}</blockquote>"
    return f'<details class="proof"><summary>근거: {escape(place)}</summary>{words}</details>'


def _list(items: Iterable[str], css: str = "plain") -> str:
    kept = _lines(items)
    return f'<ul class="{css}">\n{kept}\n</ul>' if kept else ""


def _actions(edition: Edition) -> str:
    if not edition.actions:
        return ""
    lines = _lines(
        f"<li><strong>{escape(phrases.shown(action.lead))}:</strong> {prose(phrases.shown(action.text))}</li>"
        for action in edition.actions
    )
    return (
        f'<section class="actions" aria-labelledby="actions-h">\n<h2 id="actions-h">{phrases.ACTIONS}</h2>\n'
        f"<ol>\n{lines}\n</ol>\n</section>"
    )


def _index(edition: Edition) -> str:
    return _lines(_items(edition, name, kind) for name, kind in colophon.INDEX)


def _items(edition: Edition, name: colophon.IndexKind, kind: type[Item]) -> str:
    entries = [f"<li>{_entry(item)}</li>" for item in edition.index if isinstance(item, kind)]
    if not entries:
        return f'<p class="empty">{escape(colophon.no_items(edition, name))}</p>'
    summary = f"{name} <span>{len(entries):,}{'건' if name == '뉴스' else '편'}</span>"
    return f"<details>\n<summary>{summary}</summary>\n<ol>\n{_lines(entries)}\n</ol>\n</details>"


def _entry(item: Item) -> str:
    origin = escape(colophon.entry(item))
    return f'{link(phrases.title(item), phrases.web(item.url))} <span class="origin">{origin}</span>'


def _sources(edition: Edition) -> str:
    failed = colophon.failed(edition)
    rows = _lines(
        f'<tr class="{"failed" if report in failed else "fine"}">'
        f'<th scope="row">{escape(phrases.shown(report.name))}</th><td>{escape(colophon.outcome(report))}</td></tr>'
        for report in edition.sources
    )
    return f"<table>\n{rows}\n</table>" if rows else '<p class="empty">물어본 출처가 없습니다.</p>'
