"""The directions that a text tells, in either language: axis and sign (direction_words.py), negated ones turned."""

import re
from functools import lru_cache

from core.checking.texts import plain
from core.checking.texts.direction_words import ANY_ENGLISH, ENGLISH, KOREAN

_NOT_EN = re.compile(
    (
        r"(?:\bnot?\b(?!\s(?:only|sufficient|enough|adequate))|\bcannot\b|\bnever\b|n't\b|\bwithout\b"
        r"|\bno (?:meaning\w*|significant|noticeable|measurable|substantial)\b|\bneither\b|\bnor\b"
        r"|\b(?:rather than|instead of)\b(?!.*\sand\s(?:about\s)?[\d$])|\b(?:avoid|circumvent)\w*"
        r"|\bprevent(?:s|ed|ing)?\b"
        r"|\bfail\w* to\b)(?:(?!\sbut\s)[^,;.()]){0,48}$|(?<!non-)\b(?:negligible|minimal)\s(?:[a-z-]+\s){0,2}$"
    ),
    re.IGNORECASE,
)
_NOT_KO = re.compile(
    r"^[가-힣]{0,6}\s?(?:지|진|질|지는|지도|지를|게 하지|시키지|이|가|은|는|도)?\s?(?:않|못|없(?![애앤앨앴])|안 )"
    r"|^(?:을|를|도|은|이|가)?\s(?:주|보이|내|얻|거두|가져오|이루|끌어내)지(?:는|도)?\s?(?:않|못)"
    r"|^(?:이|가|은|는|도)?\s(?:확인|관찰|발견|보고|입증)되지\s않"
    r"|^(?!지만|고\s|고,|며|면서|[져해돼]서?\s)[가-힣\s]{0,8}(?:막(?![히힌혀힘힐])"
    r"|피하|(?<=[을를]\s)피[한할했]|방지|거의 없|억제|(?<![가-힣])우려|(?<!문제)(?<!무리)(?<!무리\s)(?<!지장\s)없이)"
    r"|^[가-힣]{1,3}\s(?:방법|모델|경우|것|곳|사례|기법|쪽|설정)(?:이|은|는|도)?\s(?:하나도|한\s[가-힣]+도|전혀|거의|아무도)?\s?없"
    r"|^[은는이가도]?\s(?:무시할|미미|극히)|^[가-힣]{0,2}\s(?:데|일)(?:는|에|에는)?\s(?:관심[이은도]?\s(?:적|없|덜|부족)|소홀|인색|서[툴투]|게을)"
    r"|^[은는]\s[가-힣]{2,6}[은는이가도]?\s(?:전혀\s)?필요[가는도]?\s?(?:없|않)"
    r"|^거나\s[^,.]{0,20}(?:것|필요|일)[이은도]?\s없|^거나\s[^,.]{0,40}지\s않고서는"
    r"|^으로\s[가-힣]{1,6}지는?\s?(?:않|못)|^적인\s[가-힣\s]{1,16}\s없이|^\s[가-힣]{1,6}[을를]\s[가-힣]{1,4}\s데(?:는)?\s(?:애를|어려움|실패|고전)"
)
# `나아진 결과가 아니라`, `늘리거나 줄이면서`: neither that nor its opposite
_NO_SUCH = re.compile(
    r"거나\s(?:줄|늘|높|낮|키|올|내)|[가-힣\s]{0,10}다는\s(?:뜻|의미|말|보장)[은이]?\s(?:아니|아닌|없)|[가-힣]{1,3}\s(?:결과|것|덕분|때문|탓|셈)(?:이|가|은|는)?\s아니"
)
# `늘어난 조건에서는`, `하락 곡선`, `높은 랭크의 모델보다`: a case, a thing or what is compared with, no claim
_CASE_OF = re.compile(
    r"이든\s|지자[\s,]|\s상태(?:에서|의|일)|[난든진]\s(?:조건|경우|상황|환경|구간|설정|데이터|영역|팀|쪽)|\s(?:곡선|추이|여부)|\s[가-힣A-Za-z-]{1,12}(?:의\s[가-힣A-Za-z-]{1,12})?보다\s"
)
# `어디서 밀리는지 볼 것`: asked, not told
_ASKED = re.compile(
    r"[가-힣]{0,3}(?:는지|은지|인지|을지|할지|[가-힣]지)(?:는|도|를|가|부터|뿐)?(?=[\s,.]|$)(?!\s?(?:않|못))"
)
_MAYBE = re.compile(
    r"(?:아|어|을|ㄹ)?[가-힣]{0,2}\s(?:수도?\s있|여지|가능성)"
    r"|[가-힣]{0,2}\s[가-힣]{1,4}(?:이|가|도|은|는)?\s[있없](?:을\s?것|을지|는지|을\s수|겠)"
)  # `평소 이득은 더 작을 수 있다`, `밀리는 경우도 있을 것`: supposed
# … 막지 못했다
_NOT_NOT_KO = re.compile(r"^[가-힣]{0,3}\s?(?:멈추|멎|막|피하|방지하|억제하|늦추)[가-힣]{0,3}\s?(?:못|않)")
_STOPPED = re.compile(r"\b(?:halt|stop|prevent|avoid|eliminate|curb|mitigate)\w*\s(?:the\s|this\s)?$", re.IGNORECASE)
_QUALITY_EN = re.compile(
    r"(?:quality|performance|accurac\w+|precision|recall|capabilit\w+|stability|fidelity|coherence|robustness)\b",
    re.IGNORECASE,
)
_QUALITY = re.compile(
    r"(?:성능|정확도|품질|정밀도|재현율|점수|충실도|일관성|안정성|신뢰성|정확성|강건성|견고성|이해력|추론력|F1|AUC)(?:을|를|이|가|은|는|도)?\s(?:[^,.]{0,24}(?:보다"
    r"|대비|에서|에서는)\s)?"
    r"(?:(?:오히려|도리어|되레|더|다소|소폭|약간|조금|살짝|대폭|크게|뚜렷하게|모두|최대|약|평균|[+-]?[\d.,~–-]+\s?(?:%p?|포인트|점|배)?(?:나|이나|까지|가량|정도|쯤)?)\s)*$"
)
_OF_QUALITY = re.compile(r"(?<=[은던])\s(?:성능|정확도|품질|정밀도|재현율|점수|충실도|일관성|안정성)")
_SPEED = re.compile(r"속도(?:가|는|를|도)?\s(?:[\d.]+배(?:로|나|까지)?\s|더\s|약\s|크게\s)*$")
_NEAR = 12  # characters: `not very `


@lru_cache(maxsize=512)
def english(text: str) -> tuple[tuple[str, str], ...]:
    """Directions of an English text; negated ones turned."""
    low = plain.lower(text)
    if not ANY_ENGLISH.search(low):
        return ()
    found: list[tuple[str, str]] = []
    for own, pattern in ENGLISH:
        for m in pattern.finditer(low):
            axis, word = own, text[m.start() : m.end()]
            turned = _NOT_EN.search(text[: m.start()])
            turned = None if turned and "not" in turned[0] and _STOPPED.search(text[: m.start()]) else turned
            if turned and axis[0] == "f" and turned.end() - turned.start() > _NEAR:
                turned = None  # `do not perform well on common tasks`
            if axis[0] == "a" and _QUALITY_EN.search(_beside(text, m.start(), m.end())):
                axis = "q" + axis[1]
            if turned and word.lower() in ("additional", "extra"):
                continue  # `without additional training`: nothing is less
            if turned and re.match("negligible|minimal", turned[0], re.IGNORECASE):
                found.append((axis, word))  # a minimal increase is one, and is none
            found.append((turn(axis) if turned else axis, word))
    return tuple(found)


def _beside(text: str, start: int, end: int) -> str:
    """The words around a word of direction, within its commas."""
    before = re.split(r"[,;()]", text[max(0, start - 28) : start])[-1]
    return before + text[start:end] + re.split(r"[,;()]", text[end : end + 28])[0]


def korean(text: str, *, guesses: bool = False) -> list[tuple[str, str]]:
    """The directions of a Korean text, each as (axis, word)."""
    return [(axis, word) for _, axis, word in placed(text, guesses=guesses)]


@lru_cache(maxsize=256)
def placed(text: str, *, guesses: bool = False) -> tuple[tuple[int, str, str], ...]:
    """The directions of a Korean text in order, each with where it stands; those of guesses only if asked for."""
    found = []
    for own, pattern in KOREAN:
        for m in pattern.finditer(text):
            axis = own
            if axis[0] == "a" and _QUALITY.search(text[max(0, m.start() - 48) : m.start()]):
                axis = "q" + axis[1]
            if axis[0] == "a" and _OF_QUALITY.match(text, m.end()):
                axis = "q" + axis[1]  # `높은 성능`
            if axis == "a+" and _SPEED.search(text[max(0, m.start() - 24) : m.start()]):
                axis = "s+"
            if (
                _NO_SUCH.match(text[m.end() :])
                or _CASE_OF.match(text[m.end() :])
                or _ASKED.match(text[m.end() :])
                or (not guesses and _MAYBE.match(text[m.end() :]))
            ):
                continue
            turned = denied(text[m.end() :]) and not _NOT_NOT_KO.match(text[m.end() :])
            found.append((m.start(), turn(axis) if turned else axis, m[0]))
    return tuple(sorted(found))


def denied(rest: str) -> bool:
    """Whether what follows a Korean word of direction negates it (`지 않았다`, `를 막았다`)."""
    return _NOT_KO.match(rest) is not None


def turn(axis: str) -> str:
    """The opposite."""
    return axis[0] + ("-" if axis[1] == "+" else "+")
