"""Texts that argue for their own place: instructions to whoever ranks, hidden or in the open.

Such a text is not removed (a paper about prompt injection quotes them) but it loses points, and the log says so.
Only words addressed to a judge count, or invisible characters in numbers that no writer types.
"""

import re

from core.model import Item
from core.text import INVISIBLE

PENALTY = -3.0
_HIDDEN = 8
_WORK = r"(?:this|our) (?:paper|article|work|item|story|submission)s?"
_MODEL = r"(?:ai|llm|language model|reviewer|ranker|assistant|model)s?"
_JUDGE = (  # no `attention models, …` or `attention model: …`
    r"(?:(?:ai|automated|language|large language) "
    r"(?:models?|systems?|readers?|reviewers?|summari[sz]ers?|assistants?|agents?|tools?)"
    r"|ais?|llms?|(?:llm |ai )?(?:reviewers?|rankers?|assistants?|curators?|editors?|summari[sz]ers?))"
)
# words one of which is there, so that a thousand abstracts need not be searched; what then counts
_ADDRESSED = tuple((words.split("|"), re.compile(pattern)) for words, pattern in (
    ("ignore|disregard", r"(?:ignore|disregard) (?:all |any |the )?(?:previous|prior|above|other) "
                         r"(?:instructions?|prompts?|rules|papers|candidates)"),
    ("this |our ", rf"(?:rank|place|put|list|select|choose|pick|recommend) {_WORK} (?:as |at |in |on )?(?:the )?"
                   r"(?:first|top|number one|no\. ?1|highest|#1)"),
    ("this |our |it |us ", r"(?:give|assign|award) (?:this|our|it|us) (?:paper |article |work |submission )?"
                           r"(?:an? |the )?(?:positive|highest|top|maximum|perfect|excellent) "
                           r"(?:review|score|rating|rank)"),
    ("mention|highlight", r"(?:do not|don't|never) (?:mention|highlight) (?:any |the )?(?:negatives?|weaknesses)"),
    ("dear|attention|note to|instruction", r"(?:^|[.!?:>\])] ?)(?:dear|attention|note to|instructions? (?:to|for)) "
                                           rf"(?:the |all |any )?{_JUDGE}\b[,:]"),
    ("you must|you should", r"you (?:must|should) (?:rank|select|choose|recommend|pick|accept) (?:this|our)"),
    ("무시", r"(?:이전|위의?|앞의?|다른) (?:지시|명령|프롬프트|논문)\S* ?(?:모두 |전부 )?무시"),
    ("논문|기사|글", r"(?:이|본) (?:논문|기사|글)\S* (?:반드시 |꼭 )?(?:1위|첫 ?번째|최상위|가장 위|맨 위)\S* ?"
                     r"(?:선정|추천|뽑|올려|평가|배치)"),
))  # fmt: skip


def argues_for_itself(item: Item) -> bool:
    """True when the item speaks to its judge."""
    text = f"{item.title}\n{item.text}"
    low = " ".join(text.lower().split())
    return any(any(word in low for word in words) and pattern.search(low) for words, pattern in _ADDRESSED) or (
        not text.isascii() and len(INVISIBLE.findall(text)) >= _HIDDEN
    )
