"""extract(): the 발췌 writer. A Draft in the source's own words, without any model.

It chooses sentences, it never makes one: what is proposed, what came out, what can be had. The sections that
need a writer (opinion, ideas, risks) stay empty, and the edition says so.
"""

import re

from core.model import Claim, Draft, Item, News, Paper, Reading
from core.text import one_line, readable, sentences, shorten

_PROPOSES = re.compile(
    r"\b(we|this paper|this work|our)\b.{0,40}\b(propose|introduce|present|develop|release|study|show|design|build)"
    r"|\b(announc|launch|releas|introduc|unveil|open-sourc)\w*", re.IGNORECASE)  # fmt: skip
_RESULT = re.compile(
    r"\d[\d.,]*\s*(%|\\%|x\b|\\times|×|points?|billion|million|B\b|K\b)"
    r"|\b(outperform|improv|reduc|achiev|surpass|state-of-the-art|faster|speedup)\w*", re.IGNORECASE)  # fmt: skip
_AVAILABLE = re.compile(r"\b(code|weights?|models?|data|dataset|checkpoints?)\b.{0,60}\b(available|released?|open)",
                        re.IGNORECASE)  # fmt: skip
_NAME = re.compile(  # capitals or digits inside (GRPO, OpenAI, GPT-4o), or a digit behind (Kimi K2.5, Gemini 3)
    r"(?<![\w-])(?:(?:(?!\w+ing )[A-Z][a-z]+ ){1,2}(?:\d[\w.]*\w|\d|[A-Z][A-Za-z-]*\d[\w.-]*\b)"
    r"|[A-Za-z]*[A-Z][A-Za-z]*(?:[0-9]|[A-Z])\w*(?:[-.][A-Za-z0-9]+)*\b)", re.ASCII
)  # fmt: skip
_SECTION = re.compile(r"^(?:Show|Ask|Tell|Launch) [HG]N:\s*")
_FIELDS = {
    "cs.AI": "인공지능", "cs.LG": "기계학습", "cs.CL": "자연어 처리", "cs.CV": "컴퓨터 비전", "cs.RO": "로봇",
    "cs.IR": "정보 검색", "cs.SE": "소프트웨어 공학", "cs.CR": "보안", "cs.MA": "다중 에이전트", "stat.ML": "기계학습",
    "cs.DC": "분산 처리", "cs.HC": "사람–컴퓨터 상호작용", "cs.SD": "음성", "eess.AS": "음성", "cs.AR": "하드웨어",
}  # fmt: skip
_CUT = re.compile(r"(?:…|\.\.\.|[:：])[\])}\"'”’]*$")  # by the feed, or before a list
_FEWEST_WORDS = 4
_LONGEST_NAME = 24
_LIMIT = 420  # a sentence longer than this is not read on a phone


def extract(reading: Reading) -> Draft:
    """Two or three verbatim sentences of `reading.text` (fewer where it has fewer), under the original title."""
    item = reading.item
    found = _whole(item.text if reading.basis in ("html", "pdf") else reading.text, item.title)
    chosen = _choose(found) if len(found) > 3 else range(min(3, len(found)))
    claims = tuple(Claim(shorten(readable(one_line(found[i])), _LIMIT), found[i]) for i in chosen)
    return Draft(
        headline=readable(item.title), keywords=_keywords(item), summary=claims, one_liner="", ideas=(), risks=(),
        extracted=True,
    )  # fmt: skip


def quotable(item: Item) -> bool:
    """Whether `extract` finds a sentence in the item's text; an abstract has one, and there are a thousand of them."""
    return bool(item.text if isinstance(item, Paper) else _whole(item.text, item.title))


def _whole(text: str, title: str) -> tuple[str, ...]:
    """Its sentences without what is none: a title, a label, what the source has cut."""
    return tuple(
        sentence
        for sentence in sentences(text)
        if len(sentence.split()) >= _FEWEST_WORDS
        and not _CUT.search(sentence)
        and one_line(sentence) != one_line(title)
    )


def _choose(found: tuple[str, ...]) -> list[int]:
    """Three indices in reading order: what it is, what came out, what else; position breaks ties."""

    def best(pattern: re.Pattern[str], taken: set[int], *, last: bool) -> int:
        """The first (or last) match; without one the first sentence not yet taken."""
        matches = [i for i, sentence in enumerate(found) if i not in taken and pattern.search(sentence)]
        if matches:
            return matches[-1 if last else 0]
        return next(i for i in range(len(found)) if i not in taken)

    taken: set[int] = set()
    taken.add(best(_PROPOSES, taken, last=False))
    strongest = max((i for i in range(len(found)) if i not in taken), key=lambda i: (len(_RESULT.findall(found[i])), i))
    taken.add(strongest)
    taken.add(best(_AVAILABLE if any(map(_AVAILABLE.search, found)) else _RESULT, taken, last=True))
    return sorted(taken)


def _keywords(item: Paper | News) -> tuple[str, ...]:
    names = _names(_SECTION.sub("", readable(item.title)))
    if isinstance(item, News):
        return (*names, item.source)
    fields = [_FIELDS.get(c, c) for c in (item.primary, *item.categories)]
    return tuple(dict.fromkeys([*names, *fields]))[:3]


def _names(title: str) -> list[str]:
    """At most two: the coined one before the colon ("Kimi K2.5: …"), then others that are no part of it."""
    coined, colon, _ = title.partition(":")
    names = [coined] if colon and len(coined) <= _LONGEST_NAME and len(coined.split()) <= 2 else []
    for name in _NAME.findall(title):
        if len(name) > 2 and not any(name in known for known in names):
            names.append(name)
    return names[:2]
