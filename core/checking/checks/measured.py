"""What is measured: an accuracy of 78 % told as 재현율 78%, an AUC of 0.60 as 정확도 60%.

measures.tsv gives for a Korean measure what English may call it, widely. One that stands right before its value is
wrong where the quoted sentences have none of those and name another measure beside the very figure. Which of two told
measures a figure belongs to is pairs.py's business.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from core.checking.checks.beside import is_score
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.source import Case
from core.checking.texts.tables import TEXTS, rows
from core.model import Finding

_NEAR = 32  # characters of English on either side of a figure
_NAMED = re.compile(
    r"accuracy|recall|precision|\bF1|AU(?:RO)?C\b|AUPRC|error rate|\bMAEs?\b|RMSEs?|\bMSEs?\b|latency"
    r"|throughput|memory|\bcosts?\b|energy|similarity|correlation|perplexity|PPL|\bloss\b|success rate"
    r"|win rate|speed|training time|inference time|runtime|vocabulary|hidden|batch size|learning rate"
    r"|\bDice\b|m?IoU\b|specificity|sensitivity|coverage|agreement|hallucination|false positive|C-index"
    r"|parameters|tokens|convergence|NDCG|MRR\b|BLEU|ROUGE|BERTScore|\bR2\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _rows() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """The Korean measures before a value, and what English may call each."""
    table = rows(TEXTS / "measures.tsv")
    english = {korean: re.compile(row[1], re.IGNORECASE) for row in table for korean in row[0].split("|")}
    names = "|".join(sorted(map(re.escape, english), key=len, reverse=True))
    before = re.compile(rf"(?<![가-힣A-Za-z-])({names})[이가은는을를도]?\s(?:(?:약|최대|최고|평균|각각)\s)?$")
    return before, english


_DENIED = re.compile(r"[^,.]{0,12}(?:다는|란)\s(?:뜻|의미|말)[은이]\s아니")  # `절반이 된다는 뜻은 아니다`


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.opinion:
        return
    before, english = _rows()
    spans = case.source.around(case.place)
    quoted = " ".join(case.source.text[a:b] for a, b in spans)
    for said in case.quantities:
        told = before.search(case.text[: said.start])
        if (
            not told
            or said.weak
            or _DENIED.match(case.text, said.end)
            or not (is_score(said) or said.unit.dimension == "part")
        ):
            continue
        if english[told[1]].search(quoted):
            continue
        if other := _other(case, said, case.source.within(spans)):
            yield Finding("misattributed", f"{told[1]} {said.text}", f"원문에서 그 값은 {other}입니다")
            return


def _other(case: Case, said: Quantity, near: tuple[Quantity, ...]) -> str:
    """The measure that the source names beside the figure."""
    for given in near:
        if agree(said, given) is Match.YES:
            around = case.source.text[max(0, given.start - _NEAR) : given.end + _NEAR]
            if found := _NAMED.search(around):
                return found[0]
    return ""
