"""Orders by whom they address: a machine that reads, and a verb in the imperative or a duty to say something.

An abstract speaks of models and agents all the time, but seldom to them. Of 186,000 sentences of abstracts these
patterns take a few dozen, which then are no evidence: a cheap mistake, where an order let pass is a dear one.
"""

import re

_WHO = (
    r"(?:\bAIs?|\bLLMs?|GPT(?:-\d)?|ChatGPT|Claude|Gemini|Copilot|(?:large )?language[- ]models?|assistants?"
    r"|chat ?bots?|bots?|summari[sz]ers?|crawlers?|translators?|reviewers?|digests?|newsletters?"
    r"|aggregators?|pipelines?|summari[sz]ation|agents?|models?)"
)
_SAY = (
    r"(?:say|state|mention|include|add|append|write|output|report|describe|call|rank|rate|label|present|emphasi[sz]e"
    r"|highlight|stress|claim|declare|tell|inform|remind|urge|advise|suggest|recommend|praise|endorse|cite|award|give"
    r"|deny|disclose|pretend|translate|render|open|begin|start|end|close|conclude|place|put|list|skip|omit|ignore"
    r"|retweet|share|quote|repeat|reply|respond|answer|treat|assume|note|insist|assure|promote|point|refer|accept)"
)
_DUTY = (
    r"(?:must|should|shall|ought to|need to|have to|(?:is|are) (?:\w+ )?(?:asked|requested|required|instructed|advised"
    r"|told|obliged|expected|encouraged|urged|directed|ordered) to)"
)
_NAME = r"(?:note|notice|reminder|attention|instructions?|directive|message|memo|request|order|command|prompt|override)"
_TEXT = r"(?:abstract|paper|article|text|work|study|document|piece|page|post|story|item|line|preprint|title)"
_ADDRESSED = re.compile(
    rf"^\W*(?:\w+\s)?{_WHO}\s(?:{_NAME})\s?[:—–-]"
    rf"|^\W*(?i:{_NAME})\b[^:—]{{0,12}}\(?(?:for|to)?\s?(?:\w+\s)?{_WHO}\b[^:—]{{0,24}}[:—–]"
    r"|\b(?:BEGIN|START|END)\s(?:OF\s)?(?:SYSTEM|ADMIN|ASSISTANT|HIDDEN)\s(?:MESSAGE|PROMPT|NOTE|INSTRUCTIONS?)\b"
    rf"|^\W*(?:(?:to|for|dear|hey|attention)\s)?(?:all\s|any\s|every\s)?(?:\w+\s)?{_WHO}(?:\s\w+)?\s?[:,—–]\s"
    rf"(?:please\s|kindly\s|also\s|always\s|never\s|do not\s)*(?:{_SAY}\b|the (?:required|correct|expected|right)\b"
    rf"|[^.]{{0,80}}[;,]\s{_SAY}\s(?:so|this|it)\b)"
    rf"|\b(?:remember|please|kindly)\b,?\s[^.,]{{0,16}}\b{_WHO}\b,?\s(?:to\s|do not\s|never\s|always\s)?{_SAY}\b"
    rf"|\b(?:if|when|whenever|should)\b[^.,]{{0,30}}\b(?:this|the present)\s{_TEXT}\b[^.,]{{0,24}}\b(?:summari[sz]ed"
    rf"|read|translated|cited|discussed|digested|shared|mentioned|quoted|reviewed)\b[^.,]{{0,16}},\s(?:\w+\s){{0,2}}{_SAY}\b"
    rf"|\b(?:asked|queried|questioned)\sabout\sthis\b[^.,]{{0,24}},\s[^.]{{0,24}}{_SAY}\b"
    rf"|\b(?:whoever|anyone who|those who)\s[^.,]{{0,40}}\bthis\b[^.,]{{0,30}},\s(?:please\s)?{_SAY}\b"
    rf"|^\W*(?:\w+\s){{0,3}}{_SAY}\s(?:the\s)?[^.,:]{{0,30}}\sas\s['\"“‘]"
    rf"|\bas an AI,? you {_DUTY}\s{_SAY}\b"
    r"|\bthe (?:required|correct|expected) (?:closing|opening) (?:sentence|line|words?|verdict)\b",
    re.IGNORECASE,
)
_DUTIFUL = re.compile(rf"\b{_WHO}\b[^.:;]{{0,40}}?\b{_DUTY}\s(?:always\s|also\s|never\s|not\s)?{_SAY}\b", re.IGNORECASE)
_OF_THIS = re.compile(
    r"\b(?:this|today'?s)\b|\b(?:first|best|top|full marks|everyone|readers?|audience)\b|\s['\"“]", re.IGNORECASE
)
_TELLS = re.compile(
    r"\b(?:we|our|results?|experiments?|propos|stud(?:y|ies)|investigat|evaluat|benchmark|framework|approach|task)",
    re.IGNORECASE,
)


def addressed(sentence: str) -> bool:
    """An order spoken to a machine reader."""
    if _ADDRESSED.search(sentence):
        return True
    return bool(_DUTIFUL.search(sentence) and _OF_THIS.search(sentence) and not _TELLS.search(sentence))
