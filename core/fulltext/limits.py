"""Which sentences and sections speak of a paper's own limits, as its authors state them.

Papers speak of others' limits far more often (that is why they were written), so "limited" alone proves nothing: a
sentence counts when it speaks of *our* work or of what *we* left out, a section when its heading says so without
naming previous work.
"""

import re

_HEADING = re.compile(r"\blimitations?\b|threats to validity|failure (?:cases|modes)", re.I)
_OTHERS = re.compile(r"\b(?:previous|existing|prior|current|other|traditional|related|conventional)\b", re.I)
_OWN_WORK = (
    r"(?:our|this|the (?:present|proposed)) (?:\w+ )?"
    r"(?:works?|study|method|approach|models?|evaluations?|analysis|paper|experiments?|framework|system|dataset|benchmark|results?)"
)
_VERBS = (
    r"(?:test|evaluat|explor|consider|investigat|compar|var(?:y|i)|address|support|cover|stud|includ|focus|report"
    r"|experiment|us)"
)
_OWN = re.compile(
    rf"\b{_OWN_WORK}\b.{{0,80}}\b(?:limit(?:ed|s|ations?)|fails?|cannot|can not|underperforms?"
    r"|does not (?:support|handle|scale|generali[sz]e|cover|address|work)|(?:is|are) (?:only|restricted|confined)"
    r"|requires? (?:substantial|significant))\b"
    rf"|\bwe (?:only|have (?:only|not(?: \w+ly)?)|(?:did|do) not) {_VERBS}"
    r"|\bwe (?:leave|acknowledge|recogni[sz]e|were unable|restrict|confine|could not)\b"
    r"|\b(?:one|a|another|the|main|key|some|several|following) limitations?\b"
    r"|\blimitations? (?:of (?:our|this)|is|are|include)\b|\bbeyond the scope\b|\bfuture work\b"
    r"|\b(?:remains?|left) (?:for|to|as) future\b|\bat the cost of\b",
    re.I,
)


def about_limits(heading: str) -> bool:
    """Whether a section of this heading holds the authors' own limits (`Limitations`, `Conclusion and Limitations`)."""
    return _HEADING.search(heading) is not None and _OTHERS.search(heading) is None


def states_limit(sentence: str) -> bool:
    """Whether a sentence states what this paper's authors could not or did not do."""
    return _OWN.search(sentence) is not None
