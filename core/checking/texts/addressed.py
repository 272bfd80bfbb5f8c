"""Orders by whom they address: a machine that reads, this very text, and a verb in the imperative or a duty.

An abstract speaks of models all the time, but seldom to them, and hardly ever of itself in the imperative. Of 186,000
sentences of abstracts these patterns take some thirty, which then are no evidence: a cheap mistake, where an order let
pass is a dear one.
"""

import re

_WHO = (
    r"\b(?:AIs?|LLMs?(?:[- ]\w+)?|GPT(?:-\d)?|ChatGPT|Claude|Gemini|Copilot|language[- ]models?|assistants?|chat ?bots?"
    r"|bots?|summari[sz]ers?|summari[sz]ation|crawlers?|translators?|reviewers?|referees?|digests?|newsletters?"
    r"|aggregators?|pipelines?|agents?|models?|(?:machine|auto)[- ](?:written|generated|made)"
    r"|automat(?:ed|ic) (?:summar\w+|digests?|reviews?|readers?|translat\w+)|generative (?:engines?|tools?|systems?))\b"
)
_VERB = (
    r"(?:say|state|mention|include|add|append|write|output|report|describe|call|rank|rate|label|present|emphasi[sz]e"
    r"|highlight|stress|claim|declare|tell|inform|remind|urge|advise|suggest|recommend|praise|endorse|cite|award|give"
    r"|deny|disclose|pretend|translate|render|open|begin|start|end|close|conclude|place|put|list|skip|omit|ignore"
    r"|retweet|share|quote|repeat|reply|respond|answer|treat|assume|note|insist|assure|promote|point|refer|accept"
    r"|replace|use|speak|thank|invite|warn|announce|confirm|credit|name|make|avoid|reveal|buy|visit|install|subscribe"
    r"|follow|click|join|contact|assign|score|grade)"
)
_DUTY = (
    r"(?:must|should|shall|ought to|(?:is|are) to|need to|have to|may (?:ignore|skip|omit)|owe"
    r"|(?:kindly |hereby )?(?:asked|requested|required|instructed|advised|told|obliged|expected|encouraged|urged"
    r"|directed|ordered|invited) to)"
)
_NAME = r"(?:note|notice|reminder|attention|instructions?|directive|message|memo|request|order|command|prompt|override)"
_TEXT = (
    r"(?:\b(?:this|the present|these)\s(?:\w+\s)?(?:abstract|paper|article|text|work|study|document|page|note|notice"
    r"|line|sentence|paragraph|preprint|post|story|record|submission|message|piece|item|title)\b|\b(?:summar(?:y|ies)"
    r"|summari[sz](?:e\w*|ing)|digests?|newsletters?|headlines?|overviews?|verdict|one-liner)\b"
    r"|\byour (?:readers?|users?|audience|answer|output|review)\b)"
)
_IMPERATIVE = (
    rf"(?:(?:^|[:;>]\s|[.,]\s|\b(?:please|kindly|and|so|then|always|never|do not|don't)\s|--\s|—\s)"
    rf"(?:please\s|always\s|also\s|never\s|do not\s|kindly\s)*{_VERB}(?=\s(?:that|the|an?|it|this|these|every|any|all"
    r"|your|readers?|users?|everyone|no|none|only|so|for|as|them|to|in)\b|\s['\"“‘\d]))"
)
_SPOKEN_TO = re.compile(
    rf"^\W*(?:\w+\s)?{_WHO}(?:-\w+)?(?:'s)?\s(?:{_NAME})\s?(?:[:—–\]]|-\s)"
    rf"|^\W*{_NAME}\b[^:—]{{0,12}}\(?(?:for|to)?\s?(?:\w+\s)?{_WHO}[^:—]{{0,24}}[:—–]"
    r"|\b(?:begin|start|end)\s(?:of\s)?(?:system|admin|assistant|hidden)\s(?:message|prompt|note|instructions?)\b"
    rf"|^\W*(?:(?:to|for|dear|hey|attention)\s)?(?:all\s|any\s|every\s)?(?:\w+\s)?{_WHO}(?:\s\w+){{0,3}}\s?"
    rf"(?:[:,—–]|>+|-\s)\s?(?:[^.]{{0,60}}[;,]\s)?(?:please\s|kindly\s|also\s|always\s|never\s|do not\s)*"
    rf"(?:{_VERB}\b|you\s{_DUTY}|you owe\b|the (?:required|correct|expected|right)\b"
    rf"|[^.]{{0,80}}[;,]\s{_VERB}\s(?:so|this|it)\b)"
    rf"|\b(?:remember|please|kindly)\b,?\s[^.,]{{0,16}}{_WHO},?\s(?:to\s|do not\s|never\s|always\s)?{_VERB}\b"
    rf"|\b(?:if|when|whenever|should)\b[^.,]{{0,30}}\bthis\s\w+\b[^.,]{{0,24}}\b(?:summari[sz]ed|read|translated|cited"
    rf"|discussed|digested|shared|mentioned|quoted|reviewed)\b[^.,]{{0,16}},\s(?:\w+\s){{0,2}}{_VERB}\b"
    rf"|\b(?:if|when|whenever)\s(?:an?\s|any\s|the\s)?{_WHO}\s(?:is|are|reads?|sees?|process\w*|happens)\b[^.]{{0,90}}"
    rf"(?:[:,]\s|\b(?:so|then)\s)(?:please\s)?{_VERB}\b"
    rf"|\b(?:asked|queried|questioned)\sabout\sthis\b[^.,]{{0,24}},\s[^.]{{0,24}}{_VERB}\b"
    rf"|\b(?:whoever|anyone who|those who)\s[^.,]{{0,40}}\bthis\b[^.,]{{0,30}},\s(?:please\s)?{_VERB}\b"
    rf"|^\W*(?:\w+\s){{0,3}}{_VERB}\s(?:the\s)?[^.,:]{{0,30}}\sas\s['\"“‘]"
    rf"|\bas an AI,? you (?:are )?{_DUTY}\s{_VERB}\b"
    rf"|\b(?:addressed|directed|meant|intended)\s(?:only\s)?(?:to|for)\s(?:any\s|all\s)?{_WHO}\s?(?:\w+\s?)?[.:]"
    r"|\bdo not summari[sz]e without\b"
    r"|\bthe (?:required|correct|expected) (?:closing|opening) (?:sentence|line|words?|verdict)\b",
    re.IGNORECASE,
)
_READS = re.compile(_WHO, re.IGNORECASE)
_OF_TEXT = re.compile(_TEXT, re.IGNORECASE)
_ORDERS = re.compile(rf"\b{_DUTY}\s(?:always\s|also\s|never\s|not\s)?{_VERB}\b|\bowe\b|{_IMPERATIVE}", re.IGNORECASE)
_OWED = re.compile(
    rf"^\W*(?:\w+\s){{0,3}}(?:summaries|digests|reviews|overviews|headlines|newsletters)\s(?:of this \w+\s)?{_DUTY}"
    rf"\s{_VERB}\b"
    rf"|{_WHO}[^.:;]{{0,40}}?\b{_DUTY}\s(?:always\s|also\s|never\s|not\s)?(?:{_VERB}|deny|suggest)\b[^.]{{0,40}}?"
    r"(?:\b(?:this|today'?s|everyone|readers?|audience|full marks|a score|numbers|contacting)\b|\s['\"“‘])",
    re.IGNORECASE,
)
# What speaks of the work itself, or of the field, is no order.
_TELLS = re.compile(
    r"^\W*(?:in )?(?:this|the|our) (?:\w+\s){0,3}(?:paper|work|study|article|survey|report|aim|goal|purpose|thesis)\b"
    r"|\bfuture work\b|\b(?:this|the) (?:study|paper|work|article|survey) (?:\w+ly )?[a-z]+s\b"
    r"|\b(?:we|our|ours|results?|experiments?|propos\w+|stud(?:y|ies) (?:show|of|on)|investigat\w+|evaluat\w+"
    r"|outperform\w*|existing|prior|previous|recent|approach(?:es)?|framework|training|trained|learning|tasks?"
    r"|participants|performance|users|however|challenge|thereby|thus|based)\b",
    re.IGNORECASE,
)


def addressed(sentence: str) -> bool:
    """An order spoken to a machine reader."""
    if _SPOKEN_TO.search(sentence):
        return True
    if _TELLS.search(sentence):
        return False
    asks = _OF_TEXT.search(sentence) and _READS.search(sentence) and _ORDERS.search(sentence)
    return bool(asks) or bool(_OWED.search(sentence))


def goes_on(sentence: str) -> bool:
    """What stands behind an order, in the imperative itself: more of it."""
    return bool(
        re.match(
            rf"\W*(?:please\s|also\s|then\s|and\s)*{_VERB}\s(?:that|to|it|this|the|them|readers?)\b", sentence, re.I
        )
    )
