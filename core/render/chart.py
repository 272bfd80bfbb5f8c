"""The week's chart: how many papers and news named each topic, beside the seven days before.

An SVG of ours, made a PNG by resvg with the font beside this file, so that it looks alike on every machine and no glyph
is missing. chart.otf is a part of Noto Sans CJK KR (its licence: chart.txt) with every syllable that Korean text
usually has. The page draws the same in its own markup, where text keeps its size on a phone.
"""

from functools import lru_cache
from html import escape
from importlib.resources import as_file, files
from typing import Final

from core.render import phrases
from core.render.message import Picture
from core.week import TopicCount, Week

TITLE: Final = "제목에 많이 나온 주제"
NOW, BEFORE = "이번 7일", "앞 7일"
_WIDTH: Final = 480  # of a phone's column, where it is shown at three fifths: its letters are large
_LABEL, _RIGHT, _TOP, _ROW, _BAR = 134, 128, 84, 44, 15
_ZOOM: Final = 2.5
_FONT: Final = "Noto Sans CJK KR"
_PAPER, _INK, _SOFT, _AXIS = "#ffffff", "#1d1c1a", "#625f58", "#d8d3c8"
_DARK, _PALE = "#0b5c74", "#b9cfd6"


def shows(week: Week) -> bool:
    """Whether there is something to compare."""
    return len(week.topics) > 1


def picture(week: Week) -> Picture | None:
    """The chart for channels; None where there is nothing to compare."""
    return Picture(_png(_svg(week)), alternative(week), f"aidaily-week-{week.last}.png") if shows(week) else None


def alternative(week: Week) -> str:
    """What the chart says, in words."""
    told = ", ".join(f"{each.name} {counted(each)}" for each in week.topics)
    return f"{phrases.days(week.first, week.last)}의 논문·뉴스 제목에 많이 나온 주제를 건수로 그린 막대그래프. {told}."


def subtitle(week: Week) -> str:
    return f"{phrases.days(week.first, week.last)}에 모은 논문 {week.papers:,}편 · 뉴스 {week.news:,}건"


def change(topic: TopicCount) -> str:
    """The count, and by how much it is another than before."""
    if topic.before is None or topic.before == topic.count:
        return f"{topic.count:,}"
    more = topic.count - topic.before
    return f"{topic.count:,} ({'+' if more > 0 else '–'}{abs(more):,})"


def counted(topic: TopicCount) -> str:
    """The same where there is nothing to see."""
    return f"{topic.count:,}건" + ("" if topic.before is None else f" ({BEFORE} {topic.before:,}건)")


def most(week: Week) -> int:
    """What the longest bar stands for."""
    return max(max(topic.count, topic.before or 0) for topic in week.topics)


def _svg(week: Week) -> str:
    height = _TOP + _ROW * len(week.topics) + 14
    compared = any(topic.before is not None for topic in week.topics)
    rows = "".join(_row(_TOP + n * _ROW, topic, most(week)) for n, topic in enumerate(week.topics))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" font-size="18">'
        f'<rect width="{_WIDTH}" height="{height}" fill="{_PAPER}"/>'
        + _text(14, 34, TITLE, 'font-size="21"')
        + _text(14, 62, subtitle(week), 'font-size="16"', _SOFT)
        + (_legend() if compared else "")
        + f'<path d="M{_LABEL} {_TOP - 4}V{height - 12}" stroke="{_AXIS}"/>{rows}</svg>'
    )


def _row(top: int, topic: TopicCount, most: int) -> str:
    middle, scale = top + 21, (_WIDTH - _LABEL - _RIGHT) / most
    now, before = topic.count * scale, (topic.before or 0) * scale
    return (
        _text(_LABEL - 10, middle + 3, phrases.shown(topic.name), 'text-anchor="end"')
        + _bar(_LABEL, middle - 13, now, _BAR if topic.before is not None else _BAR + 7, _DARK)
        + _bar(_LABEL, middle + 3, before, 8, _PALE)
        + _text(_LABEL + max(now, before) + 8, middle + 3, change(topic))
    )


def _legend() -> str:
    return (
        _bar(_WIDTH - 176, 22, 12, 12, _DARK)
        + _text(_WIDTH - 160, 34, NOW, 'font-size="16"', _SOFT)
        + _bar(_WIDTH - 82, 22, 12, 12, _PALE)
        + _text(_WIDTH - 66, 34, BEFORE, 'font-size="16"', _SOFT)
    )


def _bar(x: float, y: float, wide: float, tall: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="{colour}"/>'


def _text(x: float, y: float, words: str, how: str = "", colour: str = _INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" {how}>{escape(words)}</text>'


@lru_cache(maxsize=8)
def _png(drawn: str) -> bytes:
    import resvg_py

    with as_file(files("core.render").joinpath("chart.otf")) as font:
        return resvg_py.svg_to_bytes(
            svg_string=drawn, zoom=_ZOOM, skip_system_fonts=True, font_files=[str(font)], font_family=_FONT
        )
