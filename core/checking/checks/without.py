"""Without told as with: `without auxiliary labels` as 보조 라벨을 써서, `no retraining` as 재학습이 필요하다.

The thing is found by the lexicon: what stands behind without, no or no need for in the quote, and nowhere else in
it. The sentence must speak of it as used or needed and have no word of absence near it.
"""

import re
from collections.abc import Iterator

from core.checking.texts import lexicon
from core.checking.texts.source import Case
from core.model import Finding

_WITHOUT = re.compile(
    r"\b(?:without|no need for|not requir\w+|requir\w+ no|needs? no|free of|does not (?:need|require|use|rely on)"
    r"|avoids?)\s"
    r"(?:any\s|the\s|an?\s|additional\s|extra\s|further\s|explicit\s|requiring\s|using\s|needing\s"
    r"|relying on\s)*(?P<what>[a-z-]+(?:\s[a-z-]+)?)",
    re.IGNORECASE,
)
_NEEDED = re.compile(
    r"^[가-힣]{0,4}(?:[을를이가도은는]|으로|로)?\s(?:[가-힣]{1,6}\s){0,2}(?:필요|써야|쓴\s|써서|써\s|쓰며|쓰고|사용해|사용하|거쳐|거치|있어야|요구|들여|받아|더해|이용해"
    r"|활용해|의존)"
)
_NONE = re.compile(r"없|않|못|아니|안\s|불필요|빼|무(?:학습|지도|감독)|줄|대신|벗어")


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.opinion or case.absence or case.sentence.section in ("link", "headline"):
        return
    if _NONE.search(case.text):
        return
    quote = case.source.text[slice(*case.place)]
    concepts = lexicon.lexicon().concepts
    for m in _WITHOUT.finditer(quote):
        rest = lexicon.given((quote[: m.start()] + " " + quote[m.end() :]).lower())
        wanted = {k for k in lexicon.given(m["what"].lower()) if concepts[k].mark != "-"} - rest
        for key, stem in lexicon.said(case.text, strict=True).items():
            at = case.text.find(stem)
            if key in wanted and _NEEDED.match(case.text[at + len(stem) :]):
                yield Finding("direction", stem, f"원문은 없이 한다고 합니다: {m[0]}")
                return
