"""The Korean that every form of an edition shares: dates, the funnel, how sources ended, what it cost.

One place, so that the channel, the page and the terminal say the same thing in the same words. Above all,
"nothing new" (새 소식 없음), "switched off" (꺼짐) and "failed" (수집 실패) are never mixed up. A `~` between
numbers becomes `–`, because Markdown on chat platforms eats it and 5~10 turns into 510.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from typing import Final

from core.model import Basis, Claim, Cost, Edition, Funnel, Item, News, Paper, SourceReport, Story
from core.text import one_line, readable, shorten

KST: Final = timezone(timedelta(hours=9), "KST")
OFF: Final = "꺼짐"  # how a source that is switched off begins its report's detail
SECTIONS: Final = ("요약", "개발자 관점 한 줄 평", "지금 바로 적용 아이디어", "리스크/주의", "참고 링크")
ACTIONS: Final = "오늘의 실무 액션 3가지"
_WEEKDAYS: Final = "월화수목금토일"
_SATURDAY: Final = 5
_BASIS: Final[dict[Basis, str]] = {"html": "본문(HTML)", "pdf": "본문(PDF)", "abstract": "초록", "article": "기사"}
_RANGE: Final = re.compile(r"(?<=[\d%])\s?[~∼～〜]\s?(?=[$₩€]?\d)")
_HANGUL: Final = re.compile("[가-힣]")
CODE: Final = re.compile(r"(?<!`)`([^`\n]{1,80})`(?!`)")


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


def texts(story: Story, section: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for each in section if (text := claim(story, each)))


def links(story: Story) -> tuple[tuple[str, str | None], ...]:
    """(label, address) of a story's links; no address where it may not be printed."""
    pairs = ((source(story.item, link.title), web(link.url)) for link in story.links)
    return tuple((label or address or "(제목 없음)", address) for label, address in pairs)


def keywords(story: Story) -> str:
    return ", ".join(texts(story, story.keywords))


def web(url: str) -> str | None:
    """The address if it may be printed as a link: http(s) with a host, and everything that could end a link in
    Markdown or HTML percent-encoded."""
    url = one_line(url).replace(" ", "%20")
    if not re.match(r"https?://[\w.-]+(:\d{1,5})?([/?#]|$)", url, re.IGNORECASE):
        return None
    return re.sub(r"""[<>"'`*()\[\]{}|\\^]""", lambda found: f"%{ord(found[0]):02X}", url)


def is_korean(text: str) -> bool:
    return bool(_HANGUL.search(text))


def day(value: date) -> str:
    return f"{value.month}월 {value.day}일 ({_WEEKDAYS[value.weekday()]})"


def clock(moment: datetime) -> str:
    return f"{moment.astimezone(KST):%H:%M}"


def stamp(moment: datetime) -> str:
    return f"{moment.astimezone(KST):%Y-%m-%d %H:%M}"


def batch(edition: Edition) -> str:
    """The announcement in words, for after `arXiv 배치: `."""
    if edition.batch:
        return f"{stamp(edition.batch.announced_at)} KST 공지, 신규 {edition.batch.new:,}편"
    if broken := [report for report in failed(edition) if _is_arxiv(report)]:
        return f"확인하지 못함({outcome(broken[0])})"
    return "오늘 공지 없음(주말)" if edition.date.weekday() >= _SATURDAY else "오늘 공지 없음"


def funnel(value: Funnel) -> str:
    return f"수집 {value.collected:,} → 신규 {value.new:,} → 후보 {value.candidates:,} → 선정 {value.chosen:,}"


def failed(edition: Edition) -> tuple[SourceReport, ...]:
    """Sources that were asked and gave nothing that can be trusted."""
    return tuple(report for report in edition.sources if not report.ok and not report.detail.startswith(OFF))


def outcome(report: SourceReport) -> str:
    """How a source ended: a count, 새 소식 없음, 꺼짐, or 수집 실패 with the reason."""
    detail = shorten(shown(report.detail), 120)
    if detail.startswith(OFF):
        return detail
    if not report.ok:
        return f"수집 실패: {detail}" if detail else "수집 실패: 이유를 알 수 없음"
    count = f"{report.count:,}건" if report.count else "새 소식 없음"
    return f"{count} ({detail})" if detail else count


def origins(edition: Edition) -> tuple[str, ...]:
    """The 데이터 소스 line, origin by origin. Counts are of the raw index; an origin that gave nothing because it
    failed or was off says that instead of 0."""
    news = [item for item in edition.index if isinstance(item, News)]
    papers = sum(isinstance(item, Paper) for item in edition.index)
    count = {via: sum(item.via == via for item in news) for via in ("ddgs", "feed", "hn")}
    reports = {
        "ddgs": [report for report in edition.sources if _is_search(report)],
        "feed": [report for report in edition.sources if _is_feed(report)],
        "hn": [report for report in edition.sources if report.name.startswith("Hacker News")],
        "arxiv": [report for report in edition.sources if _is_arxiv(report)],
    }
    found = [
        f"DuckDuckGo({_origin('뉴스', count['ddgs'], reports['ddgs'])})",
        f"피드({_origin('뉴스', count['feed'], reports['feed'])})",
        f"arXiv({'/'.join(edition.categories)}, {_origin('논문', papers, reports['arxiv'])})",
    ]
    if count["hn"]:
        found.insert(2, f"Hacker News({_origin('뉴스', count['hn'], reports['hn'])})")
    return tuple(found)


def _origin(kind: str, count: int, reports: list[SourceReport]) -> str:
    off = [report for report in reports if report.detail.startswith(OFF)]
    broken = [report for report in reports if not report.ok and report not in off]
    if not count and broken:
        return shorten(outcome(broken[0]), 60) + (f" 외 {len(broken) - 1}곳" if len(broken) > 1 else "")
    if not count and len(off) == len(reports):
        return OFF
    return f"{kind} {count:,}" + (f", {len(reports)}곳 중 {len(broken)}곳 실패" if broken else "")


def _is_arxiv(report: SourceReport) -> bool:
    return report.name.startswith("arXiv")


def _is_search(report: SourceReport) -> bool:
    return report.name.startswith("DuckDuckGo")


def _is_feed(report: SourceReport) -> bool:
    return not (
        _is_arxiv(report) or _is_search(report) or report.name.startswith(("Hugging Face Daily", "Hacker News"))
    )


def facts(story: Story) -> tuple[str, ...]:
    """The fact strip under the original title: what and when it is, what code found, what it was read from."""
    item = story.item
    if isinstance(item, Paper):
        strip = [f"arXiv {item.id}", item.primary]
        strip += [f"{item.published.astimezone(KST):%Y-%m-%d} 제출"] if item.published else []
    else:
        strip = [shown(item.source)]
        strip += [f"{item.published.astimezone(KST):%Y-%m-%d} 게재"] if item.published else []
    strip += [f"{shown(label)} {shown(found)}" for label, found in story.facts]
    return (*(fact for fact in strip if fact.strip()), f"기준: {_BASIS[story.basis]}")


def why(story: Story) -> str:
    return " · ".join(texts(story, story.why))


def marks(edition: Edition) -> tuple[str, ...]:
    """What this edition is not: the real thing, final, or written by a model."""
    extracted = bool(edition.stories) and all(story.extracted for story in edition.stories)
    return (
        *(["표본"] if edition.sample else []),
        *(["초안"] if edition.status == "draft" else []),
        *(["발췌"] if extracted else []),
    )


_MARKS: Final = {
    "표본": "표본: 프로그램에 들어 있는 예시 자료로 만든 것이며 오늘의 소식이 아닙니다.",
    "초안": "초안: 정해진 시각 전에 만든 것이며, 그 시각에 만드는 판으로 바뀝니다.",
    "발췌": "발췌: 언어 모델 없이 원문 문장을 그대로 옮겼습니다. 한 줄 평·아이디어·리스크·실무 액션은 없습니다.",
}


def notices(edition: Edition) -> tuple[str, ...]:
    """Everything a reader must know first, each once: marks in words, what is missing, the edition's own notes."""
    notes = tuple(dict.fromkeys(note for each in edition.notes if (note := shown(each))))
    told = " ".join(notes)
    return (*(_MARKS[mark] for mark in marks(edition) if mark not in told), *_missing(edition), *notes)


def _missing(edition: Edition) -> Iterable[str]:
    """A whole kind of item that is absent because its sources failed, not because there was nothing."""
    if any(map(_is_arxiv, failed(edition))) and not any(isinstance(item, Paper) for item in edition.index):
        yield "arXiv 수집에 실패해 논문이 빠져 있습니다."
    broken = [report for report in failed(edition) if _is_search(report) or _is_feed(report)]
    if broken and not any(isinstance(item, News) for item in edition.index):
        yield "뉴스 출처의 수집에 실패해 뉴스가 빠져 있습니다."


def no_stories(edition: Edition) -> str:
    """Why there is nothing to choose from: honest about failures."""
    if failed(edition):
        return "수집에 실패한 출처가 있어 오늘은 고른 이슈가 없습니다."
    return "새 소식 없음: 오늘은 고를 만한 이슈가 없습니다."


def no_items(edition: Edition, kind: str) -> str:
    """Why an index section is empty; `kind` is 뉴스 or 논문."""
    broken = [report.name for report in failed(edition) if _is_arxiv(report) == (kind == "논문")]
    if broken:
        return f"수집된 {kind} 링크 없음: {', '.join(map(shown, broken))} 수집 실패"
    return f"수집된 {kind} 링크 없음: 새 {'소식' if kind == '뉴스' else '공지'} 없음"


def cost(value: Cost) -> str:
    if not value.calls:
        return "모델: 쓰지 않음"
    price = "비용 알 수 없음" if value.usd is None else f"비용 ${value.usd:.4f}"
    return (
        f"모델: {shown(value.model)} · 호출 {value.calls:,}회"
        f" · 토큰 입력 {value.tokens_in:,} / 출력 {value.tokens_out:,} · {price}"
    )


def checks(edition: Edition) -> str:
    return f"검증: 문장 {edition.checked:,}개 확인, {edition.removed:,}개 제외"


def bases(edition: Edition) -> str:
    """What each story was read from, for the footer."""
    if not edition.stories:
        return "기준: 없음"
    return "기준: " + ", ".join(f"{story.n}번 {_BASIS[story.basis]}" for story in edition.stories)


def making(edition: Edition) -> tuple[str, ...]:
    """How the edition came about, a line each."""
    prompts = (f"프롬프트: {shown(edition.prompts)}",) if edition.prompts else ()
    time = f"제작: {edition.built_s:.1f}초"
    waited = f" (출처에 대한 예의 대기 {edition.waited_s:.1f}초 별도)" if edition.waited_s else ""
    return (funnel(edition.funnel), bases(edition), cost(edition.cost), checks(edition), *prompts, time + waited)
