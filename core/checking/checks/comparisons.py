"""Two things compared: who is ahead of whom, and what more of the one does to the other.

`A outperforms B` told as `B가 A보다 좋았다`, `larger models produce fewer errors than smaller ones` told as more,
`size has a negative impact` told as `클수록 높아졌다`. Told by the lexicon's concepts and by words of size alone.
"""

import re
from collections.abc import Iterator

from core.checking.texts import lexicon, loanwords, plain
from core.checking.texts.source import Case
from core.model import Finding

_BEATS = re.compile(r"\b(?:outperform|surpass|exceed|beat|outpac)(?:s|ed|ing|es)?\b", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:superior to|preferable to|better than)\b"
    r"|\b(?:predict|perform|work|generali[sz]|transfer|converg|scal|train|learn)(?:e?s|ed|e)?\b[^,;.]{0,40}?"
    r" (?:more \w+ly|better|faster) than\b"
    r"|\b(?:is|are|was|were|provides?|offers?|gives?|yields?) (?:an? )?(?:far |much |[a-z]+ly )?"
    r"(?:more|better|stronger|faster|cheaper)\b"
    r"[^,;.]{0,60}? than\b",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:superiority of|advantages? of|prefer\w*|favou?r\w*|prioriti[sz]\w+)\s(?P<ahead>[^,;.]{3,60}?)"
    r"\sover\s(?P<behind>[^,;.]{3,48})",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"^(?:[^,.]{1,30}(?:으로는|로는|에서는)\s)?(?P<a>[^,.]{2,40}?)(?:이|가|은|는)\s(?P<b>[^,.]{1,40}?)보다(?P<verb>[^,.]*)$"
)
_RATHER = re.compile(
    r"^(?:[^,.]{1,30}(?:은|는|으로는|로는)\s)?(?P<b>[^,.]{2,20}?)보다(?:는)?\s(?P<a>[^,.]{1,24}?)(?:이|가)\s(?P<verb>[^,.]*)$"
)
_PUT_FIRST = re.compile(
    r"^(?P<b>[^,.]{2,45}?)보다(?:는)?\s(?P<a>[^.]{2,45}?)(?:이|가|을|를|편이|쪽이)\s(?P<verb>[^,.]*)$"
)
_ASIDE = re.compile(r",\s(?:particularly|especially|notably|in particular|including|such as)[^,]{2,40},")
_WINS = re.compile(
    r"(?<![가-힣])(?:더|훨씬)\s|좋|나았|나은|낫|앞섰|앞선|앞서|높|우수|뛰어|효과가\s(?:컸|크|좋|높)|유리|효과적|쉽[고다습]|덜\s[들쓰드]"
)
_LOSES = re.compile(r"나쁘|나쁜|나빴|나빠|뒤[처지떨졌]|밀[리렸려]|낮|느[리렸려린]|적|약하|약했|약한|떨어|어려|않|못|없")
_SIZED_KO = re.compile(
    r"(?P<size>큰|대형|긴|작은|소형|짧은)\s?[가-힣]{1,6}(?:이|가|은|는|일수록)\s[^.]*?"
    r"(?:큰|대형|긴|작은|소형|짧은)\s?[가-힣]{0,6}보다[^.]*?(?P<way>많|높|좋|낫|나았|적|낮|나쁘|나빴)"
)
_SIZED_EN = re.compile(
    r"\b(?P<size>larger|bigger|longer|smaller|shorter)\b[^,;.]*?"
    r"\b(?P<way>more|higher|better|fewer|less|lower|worse)\b[^,;.]* than\b",
    re.IGNORECASE,
)
_LARGE = {"큰", "대형", "긴", "larger", "bigger", "longer"}
_LESS = {"적", "낮", "나쁘", "나빴", "fewer", "less", "lower", "worse"}
_QUALITY = {"좋", "낫", "나았", "나쁘", "나빴", "better", "worse"}
_THE_MORE = re.compile(
    r"(?:클|커질|많을|많아질|길|길어질|높을|높아질|늘|늘어날|늘릴|키울|깊을|깊어질|강할|강해질|심할|심해질|가까울|가까워질)수록\s(?P<way>[^,.]{2,40})"
)
_UP = re.compile(
    r"높아|높았|높다|높습|높음|높은|좋아|좋았|늘어|늘었|늘고|커졌|커지|커진|커짐|벌어|넓어|나아|증가|향상|올라|올랐|강해"
)
_DOWN = re.compile(r"낮아|낮았|낮다|낮습|낮음|낮은|나빠|나쁘|줄어|줄었|줄고|좁혀|좁아|작아|떨어|감소|하락|저하|약해")
_SIZE_EN = re.compile(
    r"\b(?:size|scale|scaling|larger|bigger|longer|length|depth|deeper|number|amount)\b", re.IGNORECASE
)
_POSITIVE = re.compile(r"\bpositive(?:ly)?\s(?:impact|effect|correlat|influenc|associat|relat)", re.IGNORECASE)
_NEGATIVE = re.compile(
    r"\bnegative(?:ly)?\s(?:impact|effect|correlat|influenc|associat|relat)|\binverse(?:ly)?\b", re.IGNORECASE
)  # fmt: skip
_TOGETHER = re.compile(r"함께|같이|나란히|더불어|비례")
_TRADE = re.compile(r"trade-?\s?off|at the (?:cost|expense) of|tension between|inverse", re.IGNORECASE)
_NOT_TRADE = re.compile(r"\b(?:no|without|avoid\w*|eliminat\w*|break\w*|overcom\w*)\b", re.IGNORECASE)
_SMALL_WHEN = re.compile(
    r"\b(?:small|low|vanish\w*"
    r"|negligible)\b[^.;]{0,20}\bwhen\b[^.;]{0,60}\bclose\b",
    re.IGNORECASE,
)
_CLAUSE_EN = re.compile(r",|;| while | whereas | but ")


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.sentence.section in ("link", "headline"):
        return
    source = case.source.text[slice(*case.place)]
    yield from _roles(case, source)
    yield from _baseline_wins(case, source)
    yield from _rather(case, source)
    if not (case.opinion or case.absence):
        yield from _the_more(case, source)
        yield from _sized(case, source)


def _roles(case: Case, source: str) -> Iterator[Finding]:
    """Winner and loser exchanged, told by the lexicon's concepts: `A outperforms B` as `B가 A보다 좋았다`."""
    text = case.text.rstrip(".")
    parts = dict.fromkeys((text, text.rpartition(", ")[2]))
    told = [m for part in parts for each in (_THAN, _RATHER, _PUT_FIRST) if (m := each.match(part))]
    readings = [m for m in told if _WINS.search(m["verb"]) and not _LOSES.search(m["verb"])]
    sides = _sides(source) if readings else None
    if sides is None:
        return
    winner, loser = sides[0] - sides[1], sides[1] - sides[0]
    for said in readings:
        better, worse = (_said(said[side]) for side in ("a", "b"))
        better, worse = better - worse, worse - better
        if better & loser and worse & winner and not (better & winner or worse & loser):
            yield Finding("direction", case.text[:60], "원문에서 이긴 쪽과 진 쪽이 반대입니다")
            return


def _sides(source: str) -> tuple[frozenset[int | str], frozenset[int | str]] | None:
    """The words of who is ahead and of who is behind, where the quote sets two against each other, once."""
    if put := _OVER.search(source):
        return _words(put["ahead"]), _words(put["behind"])
    beats = [*_BEATS.finditer(source), *_MORE.finditer(source)]
    if len(beats) != 1:
        return None
    head = _ASIDE.sub(" ", source[max(0, beats[0].start() - 120) : beats[0].start()])
    before = re.split(r"[,;.](?!\d)", head)[-1]
    after = re.split(r"[,;.](?!\d)", source[beats[0].end() : beats[0].end() + 60])[0]
    return _words(before), _words(after)


def _said(text: str) -> set[int | str]:
    """Concepts, loanwords and names of a Korean phrase."""
    return {*lexicon.said(text), *loanwords.told(text), *plain.tokens(" ".join(re.findall(r"[A-Za-z][\w.-]+", text)))}


def _words(text: str) -> frozenset[int | str]:
    """The same of an English one."""
    named = plain.tokens(" ".join(re.findall(r"[A-Za-z]*[A-Z][\w.-]+", text)))
    return frozenset({*lexicon.given(text.lower()), *loanwords.given(text), *named})


def _baseline_wins(case: Case, source: str) -> Iterator[Finding]:
    """`outperforms the plain baseline` told as the baseline being ahead."""
    told = _BASE_KO.search(case.text)
    given = _BEATS_BASE.search(source) if told else None
    if told and given and not _BASE_AHEAD.search(source) and not _LOSES.search(told["verb"]):
        yield Finding("direction", told[0][:60], f"원문에서는 기준선이 집니다: {given[0]}")


def _rather(case: Case, source: str) -> Iterator[Finding]:
    """`A rather than B` told as A가 아니라 B."""
    told = _NOT_BUT_KO.search(case.text) if "아니라" in case.text else None
    given = _RATHER_EN.search(source) if told else None
    if not told or not given:
        return
    no, yes = _said(told["no"]), _said(told["yes"])
    chosen, left = (_words(given["yes"] or given["yes2"]), _words(given["no"] or given["no2"]))
    no, yes, chosen, left = no - yes, yes - no, chosen - left, left - chosen
    if no & chosen and yes & left and not (no & left or yes & chosen):
        yield Finding("direction", told[0][:60], f"원문은 반대입니다: {given[0][:80]}")


_BASE_KO = re.compile(
    r"(?:기준선|베이스라인|기존\s?(?:방법|모델|방식|기법|연구)(?:들)?)(?:이|가|은|는)\s(?P<verb>[^,]{0,40}?"
    r"(?:앞섰|앞선|이겼|능가|나았|나은|낫|더\s(?:좋|높|나)|우수|뛰어났)[가-힣]*)"
)
_BEATS_BASE = re.compile(
    r"\b(?:outperform\w*|surpass\w*|exceed\w*|beat\w*|superior to|better than|improv\w+ (?:over|upon|on))\b[^.;,]{0,50}"
    r"\b(?:baselines?|existing|prior|previous|conventional|state-of-the-art)\b",
    re.IGNORECASE,
)
_BASE_AHEAD = re.compile(
    r"\b(?:underperform|worse|behind|below|fail|inferior|not (?:outperform|surpass|exceed|beat))", re.IGNORECASE
)
_NOT_BUT_KO = re.compile(
    r"(?P<no>[가-힣A-Za-z\s]{2,16})(?:이|가|은|는)?\s아니라\s(?P<yes>[가-힣A-Za-z\s]{2,16}?)(?:을|를|이|가|은|는|으로|로|에|의)\s"
)
_RATHER_EN = re.compile(
    r"(?P<yes>(?:[\w-]+\s){1,4})(?:rather than|instead of|and not|but not)\s(?P<no>[\w-]+(?:\s[\w-]+){0,3})"
    r"|\bnot (?P<no2>[\w-]+(?:\s[\w-]+){0,3}),? but (?P<yes2>[\w-]+(?:\s[\w-]+){0,3})",
    re.IGNORECASE,
)


def _sized(case: Case, quote: str) -> Iterator[Finding]:
    """`larger models produce fewer errors than smaller ones` told as `큰 모델이 작은 모델보다 오류가 많다`."""
    told, given = _SIZED_KO.search(case.text), _SIZED_EN.search(quote)
    if not told or not given:
        return
    size, way = given["size"].lower(), given["way"].lower()
    ours = (told["size"] in _LARGE) == (told["way"] not in _LESS)
    theirs = (size in _LARGE) == (way not in _LESS)
    if ours != theirs and (way in _QUALITY) == (told["way"] in _QUALITY):
        yield Finding("direction", told[0][:60], f"원문은 반대 방향입니다: {given[0]}")


def _the_more(case: Case, quote: str) -> Iterator[Finding]:
    """`클수록 높아졌다` of `size has a negative impact`, in the quote's clauses that speak of size."""
    told = _THE_MORE.search(case.text)
    if not told or bool(_UP.search(told["way"])) == bool(_DOWN.search(told["way"])):
        return
    if (
        _TOGETHER.search(told["way"])
        and (given := _TRADE.search(quote))
        and not _NOT_TRADE.search(quote[max(0, given.start() - 32) : given.start()])
    ):
        yield Finding("direction", told[0], f"원문은 반대 방향입니다: {given[0]}")
        return
    if (small := _SMALL_WHEN.search(quote)) and "가까" in told[0] and _UP.search(told["way"]):
        yield Finding("direction", told[0], f"원문은 반대 방향입니다: {small[0]}")
        return
    clauses = [clause for clause in _CLAUSE_EN.split(quote) if _SIZE_EN.search(clause)]
    ways = {bool(_POSITIVE.search(c)) for c in clauses if _POSITIVE.search(c) or _NEGATIVE.search(c)}
    if len(ways) == 1 and ways != {bool(_UP.search(told["way"]))}:
        yield Finding("direction", told[0], "원문은 반대 방향입니다")
