"""A week's review in HTML: a section of Saturday's page, and a page of its own. Quotes stand behind each sentence.

The chart is drawn here in the page's own text, so that it can be read on a phone; only its bars are SVG, because the
page's policy takes no style from anywhere but its head.
"""

from collections.abc import Iterable
from html import escape
from string import Template

from core.render import chart, phrases, weekly
from core.render.shell import file, lang, link, policy, prose, unbroken
from core.week import Line, Mention, Strand, TopicCount, Week


def html(week: Week) -> str:
    """The whole page."""
    style = file("page.css")
    return Template(file("week.html")).substitute(
        title=f"[AI Daily] {week.last} 한 주의 흐름",
        description=escape(weekly.message(week).summary),
        style=style,
        style_hash=policy(style),
        heading=escape(weekly.title(week)),
        marks='<span class="badge">표본</span>' if week.sample else "",
        week=_body(week, "h2"),
        making="\n".join(f"<p>{escape(line)}</p>" for line in weekly.making(week)),
    )


def section(week: Week) -> str:
    """In an edition's page."""
    making = "".join(f'<p class="why">{escape(line)}</p>' for line in weekly.making(week))
    return (
        f'<section class="week" aria-labelledby="week-h">\n<h2 id="week-h">{escape(weekly.title(week))}</h2>\n'
        f"{_body(week, 'h3')}\n{making}\n</section>"
    )


def _body(week: Week, level: str) -> str:
    pieces = [f'<p class="notice">{escape(note)}</p>' for note in weekly.notices(week)]
    pieces += [_strand(week, n, strand, level) for n, strand in enumerate(week.strands, 1)]
    if week.outlook:
        pieces.append(f"<{level}>{weekly.OUTLOOK}</{level}>\n<div>{_line(week, week.outlook)}</div>")
    if week.favourites:
        liked = (f"<li>{_entry(each.mention)} — {weekly.counts(each)}</li>" for each in week.favourites)
        pieces.append(f"<{level}>{weekly.FAVOURITES}</{level}>\n{_list(liked)}")
    if chart.shows(week):
        pieces.append(_chart(week, level))
    if week.others:
        others = (f"<li>{_entry(each)}</li>" for each in week.others)
        pieces.append(f"<{level}>{weekly.OTHERS}</{level}>\n{_list(others)}")
    return "\n".join(pieces)


def _strand(week: Week, n: int, strand: Strand, level: str) -> str:
    said = {line.item for line in strand.lines}
    rows = [f"<li>{_line(week, line)}</li>" for line in strand.lines]
    rows += [f"<li>{_entry(each, text=not said)}</li>" for each in strand.mentions if each.item not in said]
    return f"<{level}>{n}. {unbroken(phrases.shown(strand.headline))}</{level}>\n{_list(rows)}"


def _line(week: Week, line: Line) -> str:
    mention, quote = week.mentions[line.item], phrases.shown(line.quote)
    proof = (
        f'<details class="proof"><summary>근거</summary><blockquote{lang(quote)}>{escape(quote)}</blockquote></details>'
    )
    source = link(weekly.where(mention), phrases.web(mention.url))
    return f'{prose(phrases.shown(line.text))} <span class="origin">{source}</span>{proof}'


def _entry(mention: Mention, *, text: bool = False) -> str:
    head = weekly.head(mention)
    said = phrases.shown(mention.text) if text else ""
    more = f'<span class="said"{lang(said)}>{escape(said)}</span>' if said and said != head else ""
    shown = f"<span{lang(head)}>{link(head, phrases.web(mention.url))}</span>"
    return f'{shown} <span class="origin">{escape(weekly.where(mention))}</span>{more}'


def _list(rows: Iterable[str]) -> str:
    return '<ul class="plain">\n' + "\n".join(rows) + "\n</ul>"


def _chart(week: Week, level: str) -> str:
    rows = "\n".join(_row(topic, chart.most(week)) for topic in week.topics)
    compared = any(topic.before is not None for topic in week.topics)
    keys = (("now", chart.NOW), ("before", chart.BEFORE)) if compared else ()
    legend = "".join(f'<span class="{name}">{words}</span>' for name, words in keys)
    return (
        f"<{level}>{chart.TITLE}</{level}>\n"
        f'<table class="chart">\n<caption>{escape(chart.subtitle(week))} {legend}</caption>\n{rows}\n</table>'
    )


def _row(topic: TopicCount, most: int) -> str:
    now, before = 100 * topic.count / most, 100 * (topic.before or 0) / most
    bars = f'<rect class="now" y="{4 if topic.before is None else 1}" width="{now:.1f}" height="8"/>'
    bars += f'<rect class="before" y="10" width="{before:.1f}" height="4"/>' if before else ""
    return (
        f'<tr><th scope="row">{escape(topic.name)}</th><td class="bar">'
        f'<svg viewBox="0 0 100 15" aria-hidden="true" preserveAspectRatio="none">{bars}</svg></td>'
        f"<td>{escape(chart.change(topic))}</td></tr>"
    )
