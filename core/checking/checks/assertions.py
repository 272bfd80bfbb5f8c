"""A risk that asserts without a quote: it must quote, state an absence, or suppose (수 있다, 확인해야 …).

Risks without a quote are the writer's own inferences; right ones hedge. One that simply states how things are, with
no figure of the source and little else of it, was made up.
"""

import re
from collections.abc import Iterator

from core.checking.texts import lexicon, loanwords
from core.checking.texts.quantity import Match, agree
from core.checking.texts.reported import cited
from core.checking.texts.source import Case
from core.model import Finding

_HEDGED = re.compile(
    r"수\s?(?:도\s?)?(?:있|없)|필요|확인|어렵|어려|해야|봐야|춰야|둬야|[아어셔겨려]야\s|따져|살펴|지켜|모르|모른|모릅|않|못|없|아니|아닌|아닙|안\s[돼되된됩]|일지|는지|을지|은지"
    r"|가능성|생각해\s볼|우려|염려|조심|이르다|이릅니다|이르[고며지]|이른\s(?:감|듯)|주의|미지수|다르|달라|따로|별도|별개|아직|뿐|만\s|지만|여지|공산|쉽|기\s전|장담|보장|한계|제한|국한"
    r"|한정|그치|머물|그친|부담|비교|참고|만으로|겠|듯|려면|불확실|불분명|의문|숙제|과제로|나름|셈|예상|곤란|무리|보인다|보임|보입|만하|만함|남는다"
    r"|남음|남습|재\s?보|해\s?보|볼\s?것|볼\s?일"
)
_ADVICE = re.compile(r"(?:편|쪽)이\s(?:안전|좋|낫|나[아을])|바람직")
_OF_ABSTRACT = re.compile(
    r"^초록에|초록에(?:서)?\s(?:나오|나온|적힌|드러난|밝힌|소개된|언급된)"
)  # what it has is no claim
_SHARED = 0.75


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section != "risk" or case.has_quote or case.absence or _OF_ABSTRACT.search(case.text):
        return
    last = re.split(r"(?<=[가-힣])[.!?]\s", case.text.strip())[-1]
    if (
        _HEDGED.search(last)
        or (_ADVICE.search(last) and not cited(case.text))
        or not re.search(r"[가-힣]", last)
        or _told(case)
    ):
        return
    yield Finding("unsupported", last[:80], "인용도 유보도 없이 단정합니다. 원문에서 근거를 찾지 못했습니다")


def _told(case: Case) -> bool:
    """It has a figure of the source, or most of its terms are one source sentence's."""
    figures = [q for q in case.quantities if not (q.word or q.weak)]
    if any(agree(q, g) is Match.YES for q in figures for g in case.source.quantities):
        return True
    concepts = lexicon.lexicon().concepts
    said: set[int | str] = {k for k in lexicon.said(case.text) if concepts[k].mark != "-"}
    said |= loanwords.told(case.text)
    spans = zip(case.source.sentences, case.source.sentence_concepts, strict=True)
    shares = (len(said & (have | loanwords.given(case.source.low[slice(*span)]))) for span, have in spans)
    return len(said) >= 3 and max(shares, default=0) >= _SHARED * len(said)
