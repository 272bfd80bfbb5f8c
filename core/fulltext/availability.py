"""What a paper says it gives and needs, read by code: the fact strip 코드 · 가중치 · 라이선스 · 필요 자원.

Only the authors' own offers count (we release, our code is available); a mention of others' repositories does not.
What was not found is said as not found *in the text that was read*, never as "비공개".
"""

import re

from core.fulltext.hardware import resources
from core.model import News, Reading
from core.text import sentences

_CODE = (
    r"(?:source[- ]?code|code ?base|codes?|implementations?|software|toolkit|library|package|scripts|repository|repo)"
)
_WEIGHTS = (
    r"(?:(?:model |(?:(?:pre|post|instruction)-?)?trained |fine-?tuned )?(?:weights|checkpoints?)"
    r"|(?:(?:pre|post)-?)?trained models?|models?)"
)
_OPEN = (
    r"(?:(?:is|are|(?:has|have) been|was|were|being|will be)\s+"
    r"(?:(?:also|now|all|fully|freely|openly|publicly|made)\s+)*"
    r"(?:available|avalible|released|open[- ]?sourced?|accessible|public|hosted|published)"
    r"|(?:can|may) be (?:found|viewed|accessed|downloaded|obtained))"
    r"|available (?:at|from|on|here|via|under)|publicly available"
)
_LATER = re.compile(
    r"\b(?:will (?:be )?(?:\w+ )?(?:release|open|publish|make|available)|to be (?:made|released)"
    r"|upon (?:acceptance|publication)|coming soon|plan to (?:release|open))",
    re.I,
)
_WE = (
    r"\b(?:we|authors)\s+(?:(?:also|further|publicly|fully|openly|will|have|plan to|are|hereby)\s+)*"
    r"(?:open[- ]?sourc\w+|releas\w+|publish\w*|provid\w+|mak\w+|shar\w+)"
)
_LISTED = r"(?:(?:,? and|,|,? as well as| &)(?: (?!and\b|which\b|that\b|in\b|is\b|are\b)[\w-]+){1,4}){0,4}"
_HINTS = re.compile(r"availa|releas|open|found|view|access|download|obtain|shar|publi|provid|mak|hosted|https?:", re.I)
_CODE_HOST = re.compile(  # a repository, not what is said in it
    r"https?://(?:www\.)?(?:github|gitlab)\.com/(?!\S+/(?:issues|pull|discussions|commit|releases|-)/)", re.I
)
_THEIRS = re.compile(
    r"\bet al\b|\b(?:their|his|her) (?:code|models?|implementation|weights)"
    r"|\bofficial (?:code|implementation|repository)|\bbaselines?\b|\bnot (?:publicly |yet )?(?:available|released)"
    r"|(?<!code )(?<!scripts )(?<!models )(?<!weights )(?<!data )\bwe (?:use|used|adopt|build on|follow|employ)\b"
    r"|\b(?:data ?set|benchmark|model|corpus) that (?:was|is|has been|were|are)\b",
    re.I,
)
_NOT_OPEN = re.compile(
    r"\b(?:code|weights|models?|data)\b[^.]{0,40}\b(?:not|cannot|won't)\b[^.]{0,30}\b(?:available|released?|public)",
    re.I,
)
_REQUEST = re.compile(r"upon (?:reasonable )?request", re.I)

_LICENCES = (
    (r"Apache(?:[- ]?(?:License)?,?\s*(?:Version\s*)?2(?:\.0)?)?(?=[\s-]*(?:license|licence|2|\.|,|$))", "Apache-2.0"),
    (r"\bMIT\b(?=[- ]licen[cs]ed?|\s+open|\.$)", "MIT"),
    (r"\bBSD(?:[- ](\d)(?:[- ]Clause)?)?", "BSD"),
    (r"\b[AL]?GPL(?:[- ]?v?\d(?:\.\d)?)?", "GPL"),
    (r"\bCC[- ]BY(?:[- ](?:NC|SA|ND))*(?:[- ]\d\.\d)?", "CC BY"),
    (r"\bCC0\b", "CC0"),
    (r"\bLlama[\w .]* (?:community )?licen[cs]e", "Llama 라이선스"),
    (r"\bOpenRAIL\S*", "OpenRAIL"),
)  # fmt: skip
_ABSENT = {"abstract": "초록에 없음", "html": "본문에 없음", "pdf": "본문에 없음", "article": "기사에 없음"}


def offers(sentence: str) -> bool:
    """Whether the authors say in this sentence that they give code, weights, data or a demo."""
    return _offered(sentence, rf"\b(?:{_CODE}|{_WEIGHTS}|data ?sets?|data|benchmarks?|demo|project page)\b") and _own(
        sentence
    )


def facts(reading: Reading) -> tuple[tuple[str, str], ...]:
    """The fact strip as (label, what was found), in the order 코드, 가중치, 라이선스, 필요 자원; what the text does
    not say is one pair such as ("라이선스·필요 자원", "초록에 없음"); last, a full text that could not be read. A news
    item has only what was found."""
    item = reading.item
    record = item.summary if isinstance(item, News) else f"{item.abstract}\n\n{item.comment or ''}"
    found = {
        "코드": _code(reading.text, record),
        "가중치": _weights(reading.text, record),
        "라이선스": _licence(reading.text, record),
        "필요 자원": resources(reading.text),
    }
    told = tuple((label, value) for label, value in found.items() if value)
    missing = "·".join(label for label, value in found.items() if not value)
    absent = ((missing, _ABSENT[reading.basis]),) if missing and not isinstance(item, News) else ()
    return (*told, *absent, *((("본문", "읽지 못함"),) if reading.unread else ()))


def offers_or_licence(sentence: str) -> bool:
    """Whether the strip would read 코드, 가중치 or 라이선스 from this sentence; a reading keeps these."""
    return offers(sentence) or bool(_licence(sentence, ""))


def gives_or_needs(sentence: str) -> bool:
    """Whether the strip would read anything from this sentence."""
    return offers_or_licence(sentence) or bool(resources(sentence))


def _offered(sentence: str, thing: str) -> bool:
    """Whether `thing` is what becomes available: "… are available", "we release …", "is an open-source …"."""
    if not _HINTS.search(sentence):
        return False
    few = r"(?:(?!\b(?:for|of|to|that|which|in|on|using|with)\b)(?:[\w()'’/,&+-]|\.(?=\d))+\s+){0,9}?"
    patterns = (
        rf"(?<!train )(?<!evaluate )(?<!our )(?<!from )(?<!of )(?<!for )(?<!trained )(?<!-)\b{thing}{_LISTED}"
        r"(?:\s+(?:that |which )?(?:we|used|presented|described|for|of|to|in|on|from|\([^)]*\))\b[^.;:,]{0,60})?"
        rf"\s+(?:{_OPEN})"
        rf"|^\W*(?:\w+,? )?our {thing}{_LISTED}[^.;:,]{{0,40}}?\s+(?:{_OPEN})",
        rf"{_WE}\s*(?:the |our |all )?{few}{thing}",
        r"\b(?:is|are|as|present\w*|introduc\w+|releas\w+|develop\w*|provid\w+|we|our)\s+"
        rf"(?:an? |fully |released as )*open[- ]sourced?,?\s+(?:[\w-]+\s+){{0,4}}{thing}",
        rf"{thing}\s*(?:\([\w ]+\))?\s*:\s*(?:\\\w+\{{)?https?://",
        rf"{thing}\b[^.;:,]{{0,25}}\b(?:is|are|fully)\s+(?:\w+ly )?open[- ]sourced?\b",
        rf"\b(?:is|are) an? (?:[\w-]+\s+){{0,4}}{thing} (?:that is )?(?:released|published) as open[- ]source\b",
    )
    return any(re.search(pattern, sentence, re.I) for pattern in patterns)


def _state(sentence: str) -> str:
    return "요청 시" if _REQUEST.search(sentence) else "공개 예정" if _LATER.search(sentence) else "공개"


def _code(text: str, record: str) -> str:
    """`record` is the item's own abstract and comment: a repository named there is the authors'."""
    states = [_state(s) for s in (*sentences(text), *sentences(record)) if _offered(s, _CODE) and _own(s)]
    states += [
        _state(s) for s in sentences(record) if _CODE_HOST.search(s) and repository_holds(s) == "코드" and _own(s)
    ]
    return _best(states)


def _weights(text: str, record: str) -> str:
    states = [_state(s) for s in (*sentences(text), *sentences(record)) if _offered(s, _WEIGHTS) and _own(s)]
    return _best(states)


def repository_holds(words: str) -> str:
    """What the words before a repository's address say it holds: 코드 unless only data or only a model is named."""
    if re.search(
        r"\b(?:codes?|implement\w+|repository|librar\w+|toolkit|framework|software|source|scripts?|package)\b",
        words,
        re.I,
    ):
        return "코드"
    if re.search(r"\b(?:checkpoints?|weights|models?)\b", words, re.I):
        return "모델"
    return "데이터" if re.search(r"\b(?:data ?sets?|benchmarks?|corpus|corpora|data)\b", words, re.I) else "코드"


def _own(sentence: str) -> bool:
    return not _THEIRS.search(sentence) and not _NOT_OPEN.search(sentence)


def _licence(text: str, record: str) -> str:
    for sentence in (*sentences(text), *sentences(record)):
        if not re.search(r"licen[cs]e|released under", sentence, re.I) or _THEIRS.search(sentence):
            continue
        if not re.search(r"\b(?:our|we|released|available|open|code|models?|weights|data ?set|this)\b", sentence, re.I):
            continue
        for pattern, name in _LICENCES:
            if match := re.search(pattern, sentence, re.I if name.startswith(("Apache", "Llama")) else 0):
                return (
                    re.sub(r"[\s-]+", " ", match[0]).strip()
                    if name in {"CC BY", "GPL", "OpenRAIL"}
                    else f"BSD-{match[1]}"
                    if name == "BSD" and match[1]
                    else name
                )
    return ""


def _best(states: list[str]) -> str:
    return next((state for state in ("공개", "공개 예정", "요청 시") if state in states), "")
