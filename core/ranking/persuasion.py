"""Texts that argue for their own place: instructions to whoever ranks, hidden or in the open.

Such a text is not removed (a paper about prompt injection quotes them) but it loses points, and the log says so.
Only words addressed to a judge count, or invisible characters in numbers that no writer types.
"""

import re

from core.model import Item
from core.text import INVISIBLE

PENALTY = -3.0
_HIDDEN = 8
_ADDRESSED = re.compile(
    r"ignore (?:all |any |the )?(?:previous|prior|above|other) (?:instructions?|prompts?|rules|papers|candidates)"
    r"|disregard (?:all |any |the )?(?:previous|prior|above|other) (?:instructions?|prompts?|papers|candidates)"
    r"|(?:rank|place|put|list|select|choose|pick|recommend) (?:this|our) (?:paper|article|work|item|story|submission)s?"
    r" (?:as |at |in |on )?(?:the )?(?:first|top|number one|no\. ?1|highest|#1)"
    r"|(?:give|assign|award) (?:this|our|it|us) (?:paper |article |work |submission )?(?:a |an |the )?"
    r"(?:positive|highest|top|maximum|perfect|excellent) (?:review|score|rating|rank)"
    r"|(?:do not|don't|never) (?:mention|highlight|list) (?:any |the )?(?:negatives?|weaknesses|limitations of this)"
    r"|(?:dear|attention|note to|instructions? (?:to|for)) (?:the )?"
    r"(?:ai|llm|language model|reviewer|ranker|assistant|model)s?\b[,:]"
    r"|you (?:must|should) (?:rank|select|choose|recommend|pick|accept) (?:this|our)"
    r"|(?:이전|위의?|앞의?|다른) (?:지시|명령|프롬프트|논문)\S* ?(?:모두 |전부 )?무시"
    r"|(?:이|본) (?:논문|기사|글)\S* (?:반드시 |꼭 )?(?:1위|첫 ?번째|최상위|가장 위|맨 위)\S* ?(?:로|에|으로)? ?"
    r"(?:선정|추천|뽑|올려|평가|배치)",
    re.I,
)


def argues_for_itself(item: Item) -> bool:
    """True when the item speaks to its judge."""
    text = f"{item.title}\n{item.text}"
    return bool(_ADDRESSED.search(text)) or len(INVISIBLE.findall(text)) >= _HIDDEN
