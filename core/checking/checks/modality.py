"""How sure the source is: planned or projected told as measured, simulated as real, often as always.

The quoted sentence must have the weaker word and nothing of the stronger; the sentence the stronger and no hedge.
"""

import re
from collections.abc import Iterator

from core.checking.texts.source import Case
from core.model import Finding

_MEASURED_KO = re.compile(
    r"(?:기록|달성|입증|확인|증명|개선|성공|도달|감소|향상|단축|절감)(?:했|하였|됐|되었|한\s(?:성적|결과|값|수치))"
    r"|(?:얻었|거뒀|보였|넘어섰|넘어선|앞섰|앞선|줄였|줄었|높였|올렸|올랐|끌어올렸|해냈|이겼|제쳤|낮췄|밝혀냈|끝냈)"
)
_HEDGE_KO = re.compile(
    r"예상|전망|목표|추정|기대|예측(?:된|됩|한다|했|값)|것으로\s(?:보|추)|수\s?도?\s?있|겠|계획|가설|제안|듯|잠재|가능|미지수|노린|노리|겨냥|바라|이론상"
    r"|계산상|해석적|하려|한다면|일\s수|할\s것"
)
_STRONG_EN = re.compile(
    r"\b(?:projected|expected(?! (?:number|value|cost|time|error|loss|return|regret|run))"
    r"|anticipated|hypothesi[sz]ed?|envision\w*|planned|targeting|intended) (?:to|that|for"
    r"|gains?|auc)?"
    r"|\bwould\b|\bcould\b|\bmay\b|\bmight\b",
    re.IGNORECASE,
)
_MEASURED_EN = re.compile(
    r"\b(?:appear|seem|achiev|demonstrat|show|found|find|observ|obtain|reach|attain|record|result|report|confirm|prov"
    r"|reduc(?:es|ed|ing)"
    r"|improv(?:es|ed|ing)|outperforms|outperformed|surpass(?:es|ed)|exceed(?:s|ed)|yields?|yielded|measur"
    r"|establish|verif|valid)"
    r"\w*\b",
    re.IGNORECASE,
)
_ROWS: tuple[tuple[str, str, str, str], ...] = (
    # told; what the source's sentences must have for it; the weaker word of the quote; what is wrong
    (
        r"(?<![가-힣])실제\s?(?:로봇|환경|도로|현장|병원|사용자|공장|차량|기기|운영)(?:에서|에|으로|을|의|\s데이터)",
        r"real|actual|physical|in the wild|field|deploy|production|live|clinical|hospital|hardware|practice|human",
        r"simulat\w+|synthetic|in silico|virtual",
        "원문에서는 시뮬레이션이나 합성 자료입니다",
    ),
    (
        r"(?<![가-힣])(?:항상|언제나|예외\s?없이|어떤\s?경우에도|늘\s)",
        r"always|all\b|every|each|never|any\b|guarantee|consistent|invariab|uniform|whenever|regardless"
        r"|without exception|must"
        r"|constant|persist|no matter|universal|systematic|only|remain|\d+ (?:of|out of) \d+|strictly|steadily",
        r"often|sometimes|frequent\w*|typical\w*|usual\w*|general\w*|tend\w*|can\b|may\b|mostly|in many|in some"
        r"|most\b|occasion\w*"
        r"|largely|predominantly",
        "원문은 늘 그렇다고 하지 않습니다",
    ),
    (
        r"(?:완전히|모두|전부|깨끗이)\s?(?:없앴|없앤|없애|해결|제거|막았|막아|막는|사라)",
        r"complete|fully|entire|eliminat|all\b|zero|remov|any\b|total|never|perfect|no\b|solv|prevent|without",
        r"mitigat\w*|alleviat\w*|reduc\w*|lessen\w*|limit\w*|partial\w*|lower\w*|decreas\w*|curb\w*|attenuat\w*"
        r"|relie\w*",
        "원문은 줄인다고만 합니다",
    ),
    (
        r"(?<![가-힣])(?:모든|전부|모두)\s[^,.]{0,18}에서\s[^,.]{0,24}(?:높|앞|나은|나았|낫|이겼|넘|최고|좋|능가|개선|향상)",
        r"all\b|every|each|across|both|consistent|any\b|uniform|entire|universal|various|multiple|\d+ of \d+|six"
        r"|five|four|three"
        r"|seven|eight|nine|ten|overall|on \w+ and|and",
        r"most\b|several|some\b|many\b|often|majority|mostly|a subset|in part|half|two of|three of|\d+ out of \d+",
        "원문은 모두라고 하지 않습니다",
    ),
    (
        r"(?<![가-힣])(?:원인(?:이다|임|입니다|이라고|으로\s밝)|(?:때문|탓)에\s[^.]{0,12}(?:낮아졌|높아졌|떨어졌|올랐))",
        r"caus|because|due to|lead|led|driv|result|attribut|owing|stem|explain|by\b|reason|trigger|induc|effect"
        r"|impact|influenc",
        r"correlat\w*|associat\w*|co-?occur\w*|link\w*",
        "원문은 관련이 있다고만 합니다",
    ),
)  # fmt: skip
_TABLE = tuple(
    (re.compile(ko), re.compile(rf"\b(?:{en})", re.IGNORECASE), re.compile(rf"\b(?:{weak})", re.IGNORECASE), why)
    for ko, en, weak, why in _ROWS
)


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.opinion or case.absence or case.sentence.section in ("link", "headline"):
        return
    quote = case.source.text[slice(*case.place)]
    told = _MEASURED_KO.search(case.text)
    given = _STRONG_EN.search(quote)
    if told and given and not _HEDGE_KO.search(case.text) and not _MEASURED_EN.search(quote.replace(given[0], " ")):
        yield Finding("unsupported", told[0], f"원문은 측정한 결과가 아닙니다: {given[0].strip()}")
        return
    if _HEDGE_KO.search(case.text) or case.sentence.section != "summary":
        return
    around = " ".join(case.source.text[a:b] for a, b in case.source.around(case.place))
    for korean, enough, weak, why in _TABLE:
        m = korean.search(case.text)
        given = weak.search(quote) if m else None
        if not m or not given or re.search(r"않|못|없", case.text[m.end() :][:20]):
            continue
        if not enough.search(around.replace(given[0], " ")):
            yield Finding("unsupported", m[0], f"{why}: {given[0]}")
            return
