"""What a paper says it gives and needs, read by code: the fact strip 코드 · 가중치 · 라이선스 · 필요 자원.

Only the authors' own offers count (we release, our code is available); a mention of others' repositories does not.
What was not found is said as not found *in the text that was read*, never as "비공개".
"""

import re

from core.model import News, Reading
from core.text import sentences

_CODE = (
    r"(?:source[- ]?code|code ?base|codes?|implementations?|software|toolkit|library|package|scripts|repository|repo)"
)
_WEIGHTS = r"(?:(?:model |pre-?trained |trained )?(?:weights|checkpoints?)|pre-?trained models?|models?)"
_OPEN = (
    r"(?:(?:is|are|(?:has|have) been|was|were|being|will be)\s+(?:also\s+|now\s+|all\s+|fully\s+|freely\s+|openly\s+|publicly\s+|made\s+)*"
    r"(?:available|avalible|released|open[- ]?sourced?|accessible|public|hosted|published)"
    r"|(?:can|may) be (?:found|viewed|accessed|downloaded|obtained))|available (?:at|from|on|here|via|under)|publicly available"
)
_LATER = re.compile(
    r"\b(?:will (?:be )?(?:\w+ )?(?:release|open|publish|make|available)|to be (?:made|released)|upon (?:acceptance|publication)|coming soon|plan to (?:release|open))",
    re.I,
)
_WE = r"\b(?:we|authors)\s+(?:also\s+|further\s+|publicly\s+|fully\s+|openly\s+|will\s+|have\s+|plan to\s+|are\s+|hereby\s+)*(?:open[- ]?sourc\w+|releas\w+|publish\w*|provid\w+|mak\w+|shar\w+)"
_LISTED = r"(?:(?:,? and|,|,? as well as| &)(?: (?!and\b|which\b|that\b|in\b|is\b|are\b)[\w-]+){1,4}){0,4}"
_HINTS = re.compile(r"availa|releas|open|found|view|access|download|obtain|shar|publi|provid|mak|hosted|https?:", re.I)
_HARDWARE = re.compile(r"GPU|TPU|RAM\b|memory|RTX|GTX|TITAN|\b[ABGHKLMPTV][HBI]?\d{1,4}", re.I)
_CODE_HOST = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/", re.I)
_THEIRS = re.compile(
    r"\bet al\b|\b(?:their|his|her) (?:code|models?|implementation|weights)|\bofficial (?:code|implementation|repository)|(?<!code )(?<!scripts )(?<!models )(?<!weights )(?<!data )\bwe (?:use|used|adopt|build on|follow|employ)\b|\b(?:data ?set|benchmark|model|corpus) that (?:was|is|has been|were|are)\b|\bbaselines?\b|\bnot (?:publicly |yet )?(?:available|released)",
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
_CARD = (
    r"(?:GeForce[\s-]+|Tesla[\s-]+)?(?:RTX[\s-]*(?:PRO\s*)?A?\d{4}(?:\s*(?:Ti|Ada|SUPER))?|GTX[\s-]*\d{4}(?:\s*Ti)?|TITAN\s?(?:RTX|Xp|X|V)"
    r"|A(?:100|800|10G?|16|30|40|[456]000)|H(?:100|200|800|20)|B[123]00|G[HB][23]00|V100S?|P100|P40|T4|L40?S?|L20|K[48]0|M40|MI[123]\d{2}[AX]?|Ascend\s?910[A-C]?)\b"
)
_COUNTS = {
    "a": "1",
    "one": "1",
    "single": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "eight": "8",
    "sixteen": "16",
    "thirty-two": "32",
    "sixty-four": "64",
}
_COUNT = rf"(\d[\d,]*|{'|'.join(_COUNTS)})"
_MEMORY = r"(?:[\s-]*\(?\d+\s?GB\)?)?"
_CARDS = re.compile(
    rf"(?<![-/\w.]){_COUNT}[\s~-]*(?:×|x|\*)?[\s~]*(?:NVIDIA|Nvidia|AMD|Google)?\s*(?:DGX\s+)?({_CARD})(?!\s*(?:GPU\s*)?hours?)",
    re.I,
)
_CARD_HOURS = re.compile(
    rf"(?<![\w.])([\d.,]+\s?[KMk]?)\s*(?:NVIDIA\s+)?({_CARD})\s*(?:GPU)?[\s-]*(?:GPU\s+)?hours?", re.I
)
_HOURS = re.compile(r"(?<![\w.])([\d.,]+\s?[KMk]?)\s+GPU[\s-]+(hours?|days?)", re.I)
_CARD_ALONE = re.compile(
    rf"(?<![-/\w])(?:NVIDIA\s+)?({_CARD}){_MEMORY}\s*(?:Tensor Core\s+)?GPUs?\b|\bNVIDIA\s+({_CARD})", re.I
)
_TPUS = re.compile(rf"(?:\b{_COUNT}\s*(?:×|x)?\s*)?\bTPU[\s-]?(v\d\w?)(?:-(\d+))?", re.I)
_GPUS = re.compile(rf"(?<![-/\w.])(?<!RTX )(?<!GTX ){_COUNT}\s+GPUs\b", re.I)
_COMPARED = re.compile(r"\b(?:than|over|versus|vs\.?|compared (?:to|with)|against)\b[^.,]{0,20}$", re.I)
_VRAM = re.compile(r"\b(\d+(?:\.\d+)?)\s?(GB|GiB)\s+(?:of\s+)?(?:GPU\s+memory|VRAM|memory|RAM)", re.I)
_ABSENT = {"abstract": "초록에 없음", "html": "본문에 없음", "pdf": "본문에 없음", "article": "기사에 없음"}


def offers(sentence: str) -> bool:
    """Whether the authors say in this sentence that they give code, weights, data or a demo."""
    return _offered(sentence, rf"\b(?:{_CODE}|{_WEIGHTS}|data ?sets?|data|benchmarks?|demo|project page)\b") and _own(
        sentence
    )


def facts(reading: Reading) -> tuple[tuple[str, str], ...]:
    """The fact strip as (label, what was found), in the order 코드, 가중치, 라이선스, 필요 자원; what the text does not say is
    one closing pair such as ("라이선스·필요 자원", "초록에 없음"). A news item has only what was found."""
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
    return (*told, (missing, _ABSENT[reading.basis])) if missing and not isinstance(item, News) else told


def offers_or_licence(sentence: str) -> bool:
    """Whether the strip would read 코드, 가중치 or 라이선스 from this sentence; a reading keeps these."""
    return offers(sentence) or bool(_licence(sentence, ""))


def resources(text: str) -> str:
    """`8×P100`, `H800 2.788M GPU시간`, `VRAM 24GB`; empty when no hardware is named. Sentences about the authors' own runs
    are preferred to others."""
    pieces = [s for s in sentences(re.sub(r"https?://\S+", " ", text)) if _HARDWARE.search(s)]
    own = [
        s
        for s in pieces
        if re.search(r"\b(?:we|our|train\w*|run|experiments?|fine-?tun\w*|requires?|conducted)\b", s, re.I)
    ]
    for pool in (own, pieces):
        for reader in (_card_hours, _cards, _tpus, _gpus, _card_alone, _vram):
            for sentence in pool:
                if shown := reader(sentence):
                    return shown
    return ""


def _card_hours(s: str) -> str:
    if match := _CARD_HOURS.search(s):
        return f"{_card(match[2])} {match[1].replace(' ', '')} GPU시간"
    if match := _HOURS.search(s):
        return f"{match[1].replace(' ', '')} GPU{'시간' if match[2].lower().startswith('h') else '일'}"
    return ""


def _cards(s: str) -> str:
    match = next((m for m in _CARDS.finditer(s) if not _COMPARED.search(s[: m.start()])), None)
    return f"{_number(match[1])}×{_card(match[2])}" if match else ""


def _tpus(s: str) -> str:
    match = _TPUS.search(s)
    if not match:
        return ""
    count = _number(match[1]) if match[1] else match[3]
    return f"{count}×TPU {match[2].lower()}" if count else f"TPU {match[2].lower()}"


def _gpus(s: str) -> str:
    match = _GPUS.search(s)
    return f"GPU {_number(match[1])}개" if match else ""


def _card_alone(s: str) -> str:
    match = next((m for m in _CARD_ALONE.finditer(s) if not _COMPARED.search(s[: m.start()])), None)
    return _card(match[1] or match[2]) if match else ""


def _vram(s: str) -> str:
    match = _VRAM.search(s)
    return f"메모리 {match[1]}{match[2]}" if match else ""


def _card(name: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"GeForce\s+|Tesla\s+", "", name, flags=re.I)).replace("RTX-", "RTX ").strip()


def _number(word: str) -> str:
    return _COUNTS.get(word.lower(), word)


def _offered(sentence: str, thing: str) -> bool:
    """Whether `thing` is what becomes available: "… are available", "we release …", "is an open-source …"."""
    if not _HINTS.search(sentence):
        return False
    few = r"(?:(?!\b(?:for|of|to|that|which|in|on|using|with)\b)[\w()'’/,&+-]+\s+){0,9}?"
    patterns = (
        rf"(?<!train )(?<!evaluate )(?<!our )(?<!from )(?<!of )(?<!for )\b{thing}{_LISTED}(?:\s+(?:that |which )?(?:we|used|presented|described|for|of|to|in|on|from|\([^)]*\))\b[^.;:,]{{0,60}})?\s+(?:{_OPEN})"
        rf"|^\W*(?:\w+,? )?our {thing}{_LISTED}[^.;:,]{{0,40}}?\s+(?:{_OPEN})",
        rf"{_WE}\s*(?:the |our |all )?{few}{thing}",
        rf"\b(?:is|are|as|present\w*|introduc\w+|releas\w+|develop\w*|provid\w+|we|our)\s+(?:an? |fully |released as )*open[- ]sourced?,?\s+(?:[\w-]+\s+){{0,4}}{thing}",
        rf"{thing}\s*(?:\([\w ]+\))?\s*:\s*(?:\\\w+\{{)?https?://",
        rf"{thing}\b[^.;:,]{{0,25}}\b(?:is|are|fully)\s+(?:\w+ly )?open[- ]sourced?\b",
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
