"""What an edition says about itself: where it comes from, what is missing, how it was made, what it cost.

The same words in the channel, on the page and in the terminal; above all, "nothing new" (새 소식 없음), "switched
off" (꺼짐) and "failed" (수집 실패) are never mixed up. Which origin a report belongs to is read from its name, as
the sources name themselves: arXiv…, 피드: …, DuckDuckGo, Hacker News.
"""

from collections.abc import Iterable
from typing import Final, Literal

from core.model import Edition, Funnel, Item, News, Paper, SourceReport
from core.render.phrases import BASIS, shown, stamp
from core.text import shorten

Origin = Literal["arXiv", "피드", "DuckDuckGo", "Hacker News"]
IndexKind = Literal["뉴스", "논문"]
INDEX: Final[tuple[tuple[IndexKind, type[Item]], ...]] = (("뉴스", News), ("논문", Paper))  # the raw index's sections
NEWS: Final[tuple[Origin, ...]] = ("DuckDuckGo", "피드", "Hacker News")
OFF: Final = "꺼짐"  # how the detail of a source that is switched off begins, if it reports at all
_VIA: Final[dict[str, Origin]] = {"ddgs": "DuckDuckGo", "feed": "피드", "hn": "Hacker News"}
_SATURDAY: Final = 5
_MARKS: Final = {
    "표본": "표본: 프로그램에 들어 있는 예시 자료로 만든 것이며 오늘의 소식이 아닙니다.",
    "초안": "초안: 게시 시각 전에 만들었습니다. 게시 시각에 다시 만들면 내용이 달라질 수 있습니다.",
    "발췌": "발췌: {how}원문 문장을 그대로 옮겼습니다. 한 줄 평·아이디어·리스크·실무 액션은 없습니다.",
}


def marks(edition: Edition) -> tuple[str, ...]:
    """What this edition is not: the real thing, final, or written by a model."""
    extracted = bool(edition.stories) and all(story.extracted for story in edition.stories)
    return (
        *(["표본"] if edition.sample else []),
        *(["초안"] if edition.status == "draft" else []),
        *(["발췌"] if extracted else []),
    )


def notices(edition: Edition) -> tuple[str, ...]:
    """Everything a reader must know first, each once: marks in words, what is missing, the edition's own notes."""
    notes = tuple(dict.fromkeys(note for each in edition.notes if (note := shown(each))))
    how = "" if edition.cost.model else "언어 모델 없이 "  # of a model that failed, the notes speak
    return (*(_MARKS[mark].format(how=how) for mark in marks(edition)), *_missing(edition), *notes)


def _missing(edition: Edition) -> Iterable[str]:
    """A whole kind of item that is absent because its sources failed, not because there was nothing."""
    if _down(edition, "arXiv") and not any(isinstance(item, Paper) for item in edition.index):
        yield "arXiv 수집에 실패해 논문이 빠져 있습니다."
    if _down(edition, *NEWS) and not any(isinstance(item, News) for item in edition.index):
        yield "뉴스 출처의 수집에 모두 실패해 뉴스가 빠져 있습니다."


def batch(edition: Edition, count: str = "논문 {:,}편") -> str:
    """The announcement in words, for after `arXiv 배치: `. Not 신규: that is the funnel's word for what was not seen
    before."""
    if edition.batch:
        return f"{stamp(edition.batch.announced_at)} KST 공지, {count.format(edition.batch.new)}"
    if _down(edition, "arXiv"):
        return "확인하지 못함"  # why is said with the other failed sources
    return "오늘 공지 없음(주말)" if edition.date.weekday() >= _SATURDAY else "오늘 공지 없음"


def funnel(value: Funnel) -> str:
    return f"수집 {value.collected:,} → 신규 {value.new:,} → 후보 {value.candidates:,} → 선정 {value.chosen:,}"


def failed(edition: Edition) -> tuple[SourceReport, ...]:
    """Sources that were asked and did not give all that they should, in their order."""
    return tuple(report for report in edition.sources if not report.ok and not _is_off(report))


def outcome(report: SourceReport) -> str:
    """How a source ended: a count, 새 소식 없음, 꺼짐, or 수집 실패 with the reason."""
    detail = shorten(shown(report.detail), 120)
    if _is_off(report):
        return detail
    if not report.ok:
        return f"수집 실패: {detail or '이유를 알 수 없음'}"
    count = f"{report.count:,}건" if report.count else "새 소식 없음"
    return f"{count} ({detail})" if detail else count


def line(report: SourceReport) -> str:
    """A source and how it ended."""
    return f"{shown(report.name)} — {outcome(report)}"


def failures(edition: Edition) -> str:
    """The failed sources in one line, empty where none failed."""
    broken = failed(edition)
    more = f" 외 {len(broken) - 4}곳" if len(broken) > 4 else ""
    return f"수집 실패: {', '.join(map(blame, broken[:4]))}{more}" if broken else ""


def blame(report: SourceReport) -> str:
    """A failed source with its reason, short."""
    reason = shorten(shown(report.detail), 60)
    return f"{shown(report.name)}({reason})" if reason else shown(report.name)


def origins(edition: Edition, number: str = "{:,}") -> tuple[str, ...]:
    """The 데이터 소스 line, origin by origin. Counts are of the raw index; an origin that gave nothing because it
    failed or was off says so behind its 0."""
    papers = sum(isinstance(item, Paper) for item in edition.index)
    found = dict.fromkeys(NEWS, 0)
    for item in edition.index:
        if isinstance(item, News):
            found[_VIA[item.via]] += 1
    news = [
        f"{name}({_origin(edition, name, '뉴스', found[name], number)})"
        for name in NEWS
        if found[name] or name != NEWS[-1]
    ]
    return (*news, f"arXiv({'/'.join(edition.categories)}, {_origin(edition, 'arXiv', '논문', papers, number)})")


def _origin(edition: Edition, origin: Origin, kind: str, count: int, number: str) -> str:
    reports = _of(edition, origin)
    if not count and _down(edition, origin):
        return f"{kind} 0, {shorten(_failure(reports), 80)}"
    if not count and all(map(_is_off, reports)):
        return f"{kind} 0, {OFF}"
    broken = sum(not report.ok for report in reports if not _is_off(report))
    part = f"{len(reports)}곳 중 {broken}곳 실패" if origin == "피드" else "일부 실패"
    return f"{kind} {number.format(count)}" + (f", {part}" if broken else "")


def _of(edition: Edition, origin: Origin) -> list[SourceReport]:
    return [report for report in edition.sources if report.name.startswith(origin)]


def _down(edition: Edition, *names: Origin) -> bool:
    """Whether these origins were asked and none of them answered as it should."""
    asked = [report for name in names for report in _of(edition, name) if not _is_off(report)]
    return bool(asked) and not any(report.ok for report in asked)


def _failure(reports: list[SourceReport]) -> str:
    broken = [report for report in reports if not report.ok and not _is_off(report)]
    return outcome(broken[0]) + (f" 외 {len(broken) - 1}건" if len(broken) > 1 else "")


def _is_off(report: SourceReport) -> bool:
    return report.detail.startswith(OFF)


def no_stories(edition: Edition) -> str:
    """Why there is nothing to choose from: honest about failures."""
    if failed(edition):
        return "수집에 실패한 출처가 있어 오늘은 고른 이슈가 없습니다."
    return "새 소식 없음: 오늘은 고를 만한 이슈가 없습니다."


def no_items(edition: Edition, kind: IndexKind) -> str:
    """Why an index section is empty."""
    names: tuple[Origin, ...] = NEWS if kind == "뉴스" else ("arXiv",)
    broken = [shown(report.name) for report in failed(edition) if report.name.startswith(names)]
    why = f"{', '.join(broken)} 수집 실패" if broken else f"새 {'소식' if kind == '뉴스' else '공지'} 없음"
    return f"수집된 {kind} 링크 없음: {why}"


def entry(item: Item) -> str:
    """Where an item of the index comes from."""
    return f"{item.id} · {item.primary}" if isinstance(item, Paper) else shown(item.source)


def _merged(edition: Edition) -> Iterable[str]:
    """Why the news sources' counts add up to more than is listed."""
    given = sum(report.count for name in NEWS for report in _of(edition, name))
    twice = given - sum(isinstance(item, News) for item in edition.index)
    if twice > 0:
        yield f"뉴스 {given:,}건 가운데 여러 출처에 겹친 {twice:,}건은 하나로 합쳤습니다."


def _cost(edition: Edition) -> str:
    value = edition.cost
    if not value.model:
        return "모델: 쓰지 않음"
    if not value.calls:
        return f"모델: {shown(value.model)} · 받은 답 없음"
    price = "비용 알 수 없음" if value.usd is None else f"비용 ${value.usd:.4f}"
    used = f"토큰 입력 {value.tokens_in:,} / 출력 {value.tokens_out:,} · {price}"
    used = "표본이라 토큰과 비용을 세지 않습니다" if edition.sample else used
    return f"모델: {shown(value.model)} · 호출 {value.calls:,}회 · {used}"


def making(edition: Edition) -> tuple[str, ...]:
    """How the edition came about, a line each."""
    bases = ", ".join(f"{story.n}번 {BASIS[story.basis]}" for story in edition.stories)
    waited = f" (arXiv 요청 간격을 지킨 {edition.waited_s:.1f}초는 별도)" if edition.waited_s else ""
    return (
        funnel(edition.funnel),
        *_merged(edition),
        *([f"기준: {bases}"] if bases else []),
        _cost(edition),
        f"검증: 문장 {edition.checked:,}개 확인, {edition.removed:,}개 제외",
        *([f"프롬프트: {shown(edition.prompts)}"] if edition.prompts else []),
        f"제작: {edition.built_s:.1f}초{waited}",
    )
