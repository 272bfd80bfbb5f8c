"""The manners of a draft before it is posted: what one rewrite is asked to put right. Style never drops a sentence.

The register of each section and the channel's tone, a headline in Korean and short, the words of the glossary. The
page as a whole (repetition, chains, empty phrases) is korean.py's business, after the fact.
"""

import re
from collections.abc import Iterator

from core.checking.korean.glossary import glossary_findings
from core.checking.korean.phrases import EMPTY, LIMITS
from core.checking.korean.register import NOUN, register
from core.model import Draft, Finding, Profile

_PROSE = 2  # sentences off the tone before a rewrite is worth its cost


def manners(draft: Draft, profile: Profile, source: str) -> tuple[Finding, ...]:
    """What a Korean reader would stumble over, for the writer to put right; kinds headline, register, phrase, term."""
    prose = [*(claim.text for claim in draft.summary), *(claim.text for claim in draft.risks), draft.one_liner]
    whole = "\n".join([draft.headline, *prose, *draft.ideas])
    terms = glossary_findings(whole, source, profile.glossary)
    return (*_headline(draft.headline), *_registers(prose, draft.ideas, profile.tone), *_phrases(prose), *terms)


def _phrases(prose: list[str]) -> Iterator[Finding]:
    """Empty phrases and translationese, where there is more than one."""
    found = [Finding("phrase", m[0], why) for text in prose for pattern, why in EMPTY if (m := pattern.search(text))]
    if len(found) >= _PROSE:
        yield from found


def _headline(text: str) -> Iterator[Finding]:
    hangul = len(re.findall("[가-힣]", text))
    if hangul == 0:
        yield Finding("headline", text[:60], "제목을 우리말로 씁니다")
    elif len(text) > LIMITS["headline"] + 10:
        yield Finding("headline", text[:60], f"제목이 {len(text)}자입니다. {LIMITS['headline']}자 안으로 줄입니다")


def _registers(prose: list[str], ideas: tuple[str, ...], tone: str) -> Iterator[Finding]:
    off = [text for text in prose if text and register(text) not in (tone, NOUN)]
    if len(off) >= _PROSE:
        for text in off:
            yield Finding("register", text[-16:], f"{tone}체로 끝맺습니다")
    finite = [idea for idea in ideas if register(idea) in ("합니다", "해요", "한다") and tone != "음슴"]
    if len(finite) >= _PROSE:
        for idea in finite:
            yield Finding("register", idea[-16:], "아이디어는 명사형으로 끝맺습니다")
