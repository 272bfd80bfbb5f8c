"""Text as readers see it: dates, titles, sentences, links, the fact strip. Shared by every form of an edition.

A paper's own words lose their LaTeX here, for display only. A `~` between numbers becomes `–`, because Markdown
on chat platforms eats it and 5~10 turns into 510. What an edition says about itself is in colophon.py.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Final

from core.model import Basis, Claim, Correction, Edition, Ground, Item, Paper, Story
from core.particles import particle
from core.text import one_line, readable

KST: Final = timezone(timedelta(hours=9), "KST")
SECTIONS: Final = ("요약", "개발자 관점 한 줄 평", "지금 바로 적용 아이디어", "리스크/주의", "참고 링크")
ACTIONS: Final = "오늘의 실무 액션 3가지"
BASIS: Final[dict[Basis, str]] = {"html": "본문 HTML", "pdf": "본문 PDF", "abstract": "초록", "article": "기사"}
CODE: Final = re.compile(r"(?<!`)`([^`\n]{1,80})`(?!`)")  # written text may name code between single backticks
_WEEKDAYS: Final = "월화수목금토일"
_RANGE: Final = re.compile(r"(?<=[\d%])\s?[~∼～〜]\s?(?=[$₩€]?\d)")
_WEB: Final = re.compile(r"https?://[\w.-]+(:\d{1,5})?([/?#]|$)", re.IGNORECASE)
_HANGUL: Final = re.compile("[가-힣]")


def shown(text: str) -> str:
    """Outside or written text as people see it: one line, nothing invisible, ranges with a dash."""
    return _RANGE.sub("–", one_line(text))


def source(item: Item, text: str) -> str:
    """An item's own words for display: `shown`; in a paper with LaTeX turned into what it stands for. News has no
    LaTeX, but prices with `$` that would pass for it."""
    return shown(readable(text) if isinstance(item, Paper) else text)


def title(item: Item) -> str:
    return source(item, item.title) or "(제목 없음)"


def headline(story: Story) -> str:
    """The one headline of a story, everywhere."""
    return claim(story, story.headline) or title(story.item)


def claim(story: Story, text: str) -> str:
    """A sentence of a story; in a 발췌 story it is the source's own."""
    return source(story.item, text) if story.extracted else shown(text)


def claims(story: Story, section: Iterable[Claim]) -> tuple[tuple[str, str], ...]:
    """(sentence, quote) pairs to show; the quote is empty where it would only repeat the sentence."""
    pairs = ((claim(story, each.text), source(story.item, each.quote or "")) for each in section)
    return tuple((text, "" if quote == text else quote) for text, quote in pairs if text)


def grounds(story: Story) -> dict[str, Ground]:
    """What each printed sentence stands on, as shown; the quote is empty where it would only repeat the sentence."""
    found: dict[str, Ground] = {}
    quoted = (Ground(c.text, c.quote, BASIS[story.basis]) for c in (*story.summary, *story.risks) if c.quote)
    for each in (*quoted, *story.grounds):
        text, quote = claim(story, each.text), source(story.item, each.quote)
        found[text] = replace(each, text=text, quote="" if quote == text else quote)
    return found


def texts(story: Story, section: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for each in section if (text := claim(story, each)))


def links(story: Story) -> tuple[tuple[str, str | None], ...]:
    """(label, address) of a story's links; the item's own is labelled with its title, as a reader would cite it. No
    address where it may not be printed."""
    found = []
    for link in story.links:
        address = web(link.url)
        label = title(story.item) if link.url == story.item.url else source(story.item, link.title)
        found.append((label or address or "(제목 없음)", address))
    return tuple(found)


def follow_up(story: Story) -> tuple[str, str, str | None] | None:
    """What a follow-up says before the first story's headline, that headline, and its address; None if it is none."""
    first = story.follow_up
    if first is None:
        return None
    lead = f"후속({shown(first.what)}): {first.date} {first.n}번 이슈에 이어 — "
    return lead, shown(first.headline), web(first.url)


def corrections(story: Story) -> tuple[str, ...]:
    """What was put right, a line each, with the time in Korea."""
    return tuple(_correction(each) for each in story.corrections)


def _correction(one: Correction) -> str:
    what = f"‘{shown(one.before)}’ → ‘{shown(one.after)}’." if one.before else "이 이슈를 거두었습니다."
    reason = f" 이유: {shown(one.reason)}" if one.reason else ""
    return f"정정({stamp(one.at)} KST): {what}{reason}"


def corrected(story: Story) -> str:
    """For lists of headlines: ` (거둔 이슈)`, ` (정정)`, or nothing."""
    if not story.corrections:
        return ""
    return " (거둔 이슈)" if story.withdrawn else " (정정)"


def keywords(story: Story) -> str:
    return ", ".join(texts(story, story.keywords))


def why(story: Story) -> str:
    return " · ".join(texts(story, story.why))


def chosen_by(edition: Edition, story: Story) -> str:
    """Who chose it, where a model had a say: what the ranking alone would have done."""
    if not edition.prompts:
        return ""
    own = {item.id for item in (story.item, *story.merged)}
    place = next((n for n, id_ in enumerate(edition.ranking_choice, 1) if id_ in own), None)
    return f"순위만으로도 {place}번째로 뽑혔습니다." if place else "순위만으로는 빠졌고, 모델이 후보 가운데 골랐습니다."


def facts(story: Story) -> tuple[str, ...]:
    """The fact strip under the original title: what and when it is, what code found, what it was read from."""
    item = story.item
    name = (f"arXiv {item.id}", item.primary) if isinstance(item, Paper) else (shown(item.source),)
    verb = "제출" if isinstance(item, Paper) else "게재"
    when = (f"{item.published.astimezone(KST):%Y-%m-%d} {verb}",) if item.published else ()
    found = (_fact(shown(label), shown(value)) for label, value in story.facts)
    return tuple(fact for fact in (*name, *when, *found, f"기준: {BASIS[story.basis]}") if fact)


def _fact(label: str, value: str) -> str:
    """`코드 공개`, but `필요 자원은 초록에 없음`."""
    if not value.endswith("없음") or not _HANGUL.match(label[-1:]):
        return f"{label} {value}".strip()
    return f"{label}{particle(label, '은/는')} {value}"


def web(url: str) -> str | None:
    """The address if it may be printed as a link: http(s) and a plain host, everything that could end a link in
    Markdown or HTML percent-encoded."""
    url = one_line(url).replace(" ", "%20")
    if not _WEB.match(url):
        return None
    return re.sub(r"""[<>"'`*()\[\]{}|\\^]""", lambda found: f"%{ord(found[0]):02X}", url)


def is_korean(text: str) -> bool:
    return bool(_HANGUL.search(text))


def day(value: date) -> str:
    return f"{value.month}월 {value.day}일 ({_WEEKDAYS[value.weekday()]})"


def days(first: date, last: date) -> str:
    """From one day to another."""
    same = first.month == last.month
    return f"{first.month}월 {first.day}일–{'' if same else f'{last.month}월 '}{last.day}일"


def clock(moment: datetime) -> str:
    return f"{moment.astimezone(KST):%H:%M}"


def stamp(moment: datetime) -> str:
    return f"{moment.astimezone(KST):%Y-%m-%d %H:%M}"
