"""How planted instructions look in a source: sentences that give orders to whoever reads. Patterns only.

They make a sentence worthless as evidence (source.py). A paper *about* prompt injection has such sentences too,
which costs little: only what is built on them alone is not printed.
"""

import re

from core.checking.texts.addressed import addressed
from core.checking.texts.duties import worded_freely

_READER = (
    r"(?:ai|llm|gpt|chatgpt|claude|gemini|language[- ]model|assistant|bot|chatbot|summari[sz]er"
    r"|reviewer|digest|crawler|automated)s?"
)
_VERB = (
    r"(?:recommend|accept|rate|praise|describe|mention|include|give|state|say|promote|share|call"
    r"|present|tell|announce|report|claim"
    r"|emphasi[sz]e|highlight|ignore|disregard|star|follow|upvote|subscribe|endorse|cite|write|output|repeat|reply)"
)
_TO_WHOM = re.compile(
    rf"\b(?:note|instructions?|message|hint|reminder|memo|notice|request|directive|command)s?\s(?:to"
    rf"|for)\s(?:the\s|any\s|all\s)?{_READER}\b(?:\s(?:readers?|assistants?|models?|reviewers?"
    rf"|agents?|systems?|summari[sz]ers?|bots?|writers?))?\s?(?:[:,.]|who|that|reading|summari)"
    rf"|^\W*(?:dear|attention[,:]?)\s{_READER}\b"
    rf"|^\W*{_READER}\s?(?:readers?|assistants?|reviewers?|summari[sz]ers?|bots?|agents?|writers?)?\s?:"
    rf"|\b{_READER}\s?(?:readers?|assistants?|reviewers?|summari[sz]ers?|bots?|agents?|systems?"
    rf"|writers?|models?)?\s(?:and\s\w+\s)?(?:must|should|shall|need to|have to|(?:is"
    rf"|are) (?:kindly )?(?:asked|requested|required|instructed|advised|told) to|please)\s(?:always\s"
    rf"|also\s)?{_VERB}\b"
    rf"|\b(?:readers?|editors?|everyone|anyone)\s(?:and\s\w+\s)?(?:must|shall|(?:are"
    rf"|is) (?:kindly )?(?:asked|requested|required|instructed) to)\s{_VERB}\b"
    r"|^\W*(?:system|admin(?:istrator)?)\s?(?:prompt|message|note|notice|override)?\s?:\s"
    rf"|^\W*(?:for|to) (?:all |any )?{_READER}\s?(?:readers?|assistants?|agents?|models?|bots?)?\s?:\s{_VERB}\b"
    rf"|(?:^|[(\[:;.!?-]\s?){_READER}\s?(?:readers?|assistants?|reviewers?|digests?|agents?|models?)?\s?:\s{_VERB}\b"
    rf"|\b{_READER}s?\s?(?:readers?|agents?|models?)?\s(?:reading|summari[sz]ing|processing|parsing|seeing)\s"
    r"[^.,;]{0,30}\s(?:must|should|shall|have to|need to)\s"
    r"|\b(?:summar(?:y|ies)|digests?|headlines?|reviews?) of this (?:piece|article|paper|work|story|post|page)\s"
    r"(?:must|should|shall|have to)\s"
    r"|\bif you(?:'re| are) (?:an? )?(?:ai|llm|language model|assistant|bot|chatbot|automated)"
    rf"|\bwhen (?:you )?summari[sz](?:e|ing) (?:this|it|the)\b[^.]{{0,40}}\b{_VERB}\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\s(?:all |any |the |your |everything )?(?:of the "
    r"|of your )?(?:previous|prior|above|earlier|preceding|system|safety"
    r"|other)\b[^.]{0,20}\b(?:instructions?|prompts?|rules|guidelines?|directions|context|messages?)"
    r"|\b(?:ignore|disregard|forget) (?:the |your |all |any )?(?:rules|instructions?|guidelines|prompts?)\b"
    r"(?: (?:above|before|so far))?\s(?:and|then|or)\b"
    r"|^\W*always (?:say|state|mention|write|claim|recommend|add|include) (?:that )?"
    r"|\byou are now\b|\bact as (?:an? )?(?:unrestricted|dan)\b|\b(?:reveal|print|output|repeat"
    r"|show) (?:your|the) (?:system prompt|hidden prompt|instructions)\b"
    r"|\b(?:tell|inform|remind) (?:your|the) (?:audience|readers?|users?|channel|subscribers)\b"
    r"|\byour (?:final )?(?:summary|digest|readers|audience|output|headline|review|answer|response|reply) (?:must"
    r"|should|shall|has to|needs to)\b"
    r"|\b(?:answering|responding to|replying to|asked|queried)\b[^.]{0,40}\b(?:about|on|regarding) this (?:paper"
    r"|work|article|study|research|page|document)\b"
    r"|\balways (?:say|state|mention|write|claim|recommend|add|include|answer|reply|respond)\b[^.]{0,30}(?:[\"']"
    r"|\bthe (?:sentence|phrase|words?|following)\b)"
    r"|\bthe (?:correct|only|right|expected|final) answer to (?:any|every|all|each|whatever)\b"
    r"|(?<!final )(?<!the )(?<!an )\b(?:answer|respond|reply|output|print|say|state|repeat)\b[^.]{0,40}"
    r"\b(?:regardless of (?:the|what|any)"
    r"|no matter (?:what|which)|in every (?:field|answer)|to (?:any|every|all) questions?)\b"
    r"|\b(?:reply|respond|answer) to (?:the|any|every|all) (?:users?|readers?|questions?|quer(?:y|ies))\b[^.]{0,20}"
    r"\bwith\b"
    r"|(?<!we )\b(?:describe|rate|rank|call|present|label|recommend|mark|score|praise|endorse) (?:this|it"
    r"|the) (?:work|paper|article|study|research|method|project|repository|manuscript|submission"
    r"|product)?\s?(?:paper\s)?(?:as|with|a|an|10|\d|among)\b[^.]{0,40}(?:best|most|top|must"
    r"|groundbreaking|breakthrough|revolutionary|excellent|10|five|highest|positive|greatest|leading"
    r"|accept)"
    r"|\b(?:please|kindly)\s(?:also\s)?(?:star|share|retweet|upvote|subscribe|follow us|promote"
    r"|recommend|mention|click|install|download|post|repeat|copy|paste|forward|say|write|reply|rate|respond|output"
    r"|state"
    r"|give|endorse|describe|call|tell)\b"
    r"|\b(?:make sure to|be sure to|remember to|do not forget to|don't forget to)\s(?:star|share"
    r"|recommend|mention|include|click|say|tell|post)\b"
    r"|\b(?:give|write|produce|output|provide) (?:only )?(?:a )?(?:positive|glowing|favou?rable"
    r"|five-star|perfect) (?:review|rating|score|summary|assessment)"
    r"|(?<!\w)@(?:everyone|here|channel)\b|<!(?:channel|here|everyone)>|<@[UW&!]?\w+>"
    r"|\b(?:post|send|forward|leak|reveal|print|exfiltrate|include) (?:me |us |the |your |all "
    r"|any )*(?:api key|secret|password|credential|system prompt|environment variable|bot token"
    r"|access token)s? (?:to|in|at|here|of)\b"
    r"|\bsay (?:that )?(?:this|it) is\b[^.]{0,40}\b(?:best|most|must|greatest)\b"
    r"|\bin your (?:summary|digest|output|reply|response|answer|headline)\b",
    re.IGNORECASE,
)
_KOREAN = re.compile(
    r"(?:요약|번역|소개|정리|리뷰|심사|평가)\s?(?:하는|할 때|시|시에|하려는|한다면)(?:는|에는)?\s[^.]{0,60}"
    r"(?:하라|하시오|할 것|하십시오"
    r"|해라|하세요|써라|적어라|적으시오|쓰시오|적으십시오|쓰십시오|(?:소개|언급|추천|명시|강조|기재|서술|평가)해야\s?(?:한다|합니다|함))"
    r"|(?:AI|LLM|요약|번역|자동)\s?(?:독자|모델|봇|비서|요약기|에이전트|시스템)?(?:에게|께|는|은"
    r"|라면)[^.]{0,40}(?:하라|하시오|할 것|하십시오"
    r"|해라|하세요|써라|적어라|적으시오|말하라|소개하라|추천하라|쓰시오)"
    r"|(?:이라고|라고|다고|이라|라)\s?(?:쓰시오|쓰라|써라|쓰세요|쓰십시오|답하라|답하시오|답하세요|답하십시오|말하라"
    r"|말하시오|말하세요|적으라|적으시오|적어라|적으세요|출력하라|출력하시오|출력하세요)"
    r"|(?:이전|위의?|앞의?|앞선|지금까지의|모든)\s?(?:지시|명령|규칙|프롬프트|지침)[^.]{0,15}(?:무시"
    r"|잊|따르지|어기|버리)|시스템\s?프롬프트[^.]{0,15}(?:출력|공개|보여|알려)"
    r"|(?:독자|요약|이 글|이 기사)[^.]{0,20}(?:반드시|꼭)\s?(?:추천|언급|공유|구독|소개)(?:하라"
    r"|해야|하시오|하십시오|할 것)"
)


# `We propose … that constructs instructions for language models, …`: what the work is about.
_OWN = re.compile(
    r"\W*(?:we|our|here,? we|in this \w+,? we|this (?:paper|work|study|article))\b[^.:]{0,60}\b(?:propos|present"
    r"|introduc|develop|design|stud|investigat|show|find|found|evaluat|releas|demonstrat)\w*\b[^:]*$",
    re.IGNORECASE,
)


def instructs(sentence: str) -> bool:
    """The (source) sentence gives orders to its reader: an assistant, a reviewer, a bot."""
    return bool(
        (not _OWN.match(sentence) and (_TO_WHOM.search(sentence) or worded_freely(sentence)))
        or _ORDER.search(sentence)
        or addressed(sentence)
        or (not sentence.isascii() and _KOREAN.search(sentence))
    )
