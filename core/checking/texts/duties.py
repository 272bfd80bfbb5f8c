"""Orders to those who read, worded freely: who reads, a duty to say something, and what such orders are after.

A form that nobody foresaw still has these marks together; a paper that describes readers, duties or praise has them
apart, or speaks of itself (we, results).
"""

import re

# Any name for who or what reads, what it does with the text, and the duty to say something: worded freely.
_WHO = (
    r"(?:ai|llms?|gpt|chatgpt|claude|gemini|copilot|artificial intelligence|(?:large )?language[- ]models?|machine"
    r"|automat(?:ed|ic)|generative|assistants?|(?:chat)?bots?|summari[sz]ers?|reviewers?|referees?|digests?"
    r"|newsletters?"
    r"|crawlers?|aggregators?|curators?|scrapers?|indexers?|translators?|summari[sz]ation|agents?)"
)
_SAY = (
    r"(?:recommend|accept|rate|rank|praise|describe|mention|include|give|state|say|promote|share|call|present|tell"
    r"|announce|report|claim|emphasi[sz]e|highlight|ignore|disregard|endorse|cite|write|output|repeat|reply|add|note"
    r"|stress|declare|inform|assert|urge|encourage|advise|invite|assign|award|score|list|label|treat|characteri[sz]e"
    r"|portray|frame|ask|direct|contact|email|open with|begin with|start with|end with|conclude|link|point|omit"
    r"|leave out|refrain|not mention"
    r"|never mention|avoid mention\w*|remind|assure|confirm|rank|refer to|prioriti[sz]e|feature|put|place)"
)
_DUTY = (
    r"(?:must|should|shall|need to|needs to|ha(?:ve|s) to|(?:is|are) (?:kindly |hereby |strongly )?(?:asked|requested"
    r"|required|instructed|advised|told|obliged|expected|encouraged|urged) to|please|kindly|will)"
)
_FREELY = re.compile(
    rf"^\W*(?:[a-z]+\s)?(?:note|notice|important|attention|instructions?|reminder|message|request|directive|hint|memo"
    rf"|guidance|warning|disclaimer|p\.?s\.?|nb)\b[^:.]{{0,24}}\b{_WHO}\b[^:.]{{0,60}}:\s"
    rf"|^\W*(?:important|attention|note|notice|instructions?|reminder|request|n\.?b\.?|p\.?s\.?)\s?:\s(?:[^.]{{0,40}}\b"
    rf"{_WHO}\b[^.]{{0,60}}\b{_DUTY}\b|(?:please\s|kindly\s|always\s|when [^,.]{{3,50}},\s)?{_SAY}\b"
    r"(?! (?:that the|on|is|are|was)\b))"
    rf"|\b{_WHO}\b(?:[\s-]\w+){{0,4}}\s(?:(?:that|who|which|when|while)\s)?(?:read|summari[sz]|process|pars|digest"
    rf"|review|index|cover|produc|writ|creat|generat|prepar|evaluat|analy[sz]|describ|present|translat|report)\w*\s"
    r"(?:[\w-]+\s){0,6}?(?:this|the) (?:[\w-]+\s)?(?:paper|article|abstract|work|text|study|document|manuscript"
    r"|piece|page"
    rf"|preprint|submission|report|item|record|post|story)\b[^.:]{{0,24}}(?:\b{_DUTY}\b|[:,]\s(?:please\s)?{_SAY}\b)"
    rf"|\byou (?:must|should|shall|need to|have to|are (?:asked|instructed|required) to) (?:also |always )?{_SAY}\b"
    r"|\b(?:whoever|anyone who|those who|everyone who)\s(?:\w+\s){0,3}?(?:summari[sz]|prepar|writ|read|review"
    r"|process|digest|cover)"
    rf"\w*\b[^.]{{0,50}}(?:\b{_DUTY}\b|:\s)"
    rf"|^\W*{_WHO}\s(?:note|notice|instruction|memo|hint|message|reminder)s?\s?:\s"
    rf"|^\W*(?:for|to)\s(?:all\s|any\s)?{_WHO}(?:\s\w+){{0,2}}\s?:\s(?:please\s|always\s)?{_SAY}\b"
    rf"|\b{_WHO}s?\b[^.:]{{0,24}}\b(?:must|should) be (?:told|informed|advised|reminded|warned) that\b"
    rf"|\b(?:any|all|every|each|your|the)?\s?(?:summar(?:y|ies)|digests?|headlines?|reviews?|translations?|newsletters?"
    r"|descriptions?|coverage|posts?|briefs?"
    r"|accounts?|discussions?|presentations?|mentions?|write-?ups?)\s(?:of|about|on|for"
    r"|covering) this\s(?:[\w-]+\s)?(?:paper|article"
    r"|abstract"
    rf"|work|study|piece|preprint|method|project|page|story|post)\b[^.:]{{0,20}}\b{_DUTY}\b"
    rf"|\b(?:when|if|while|before|after)\s(?:you\s(?:are\s)?)?(?:summari[sz]|review|digest|describ|present|cover"
    rf"|translat"
    r"|evaluat|report|writ|discuss|prepar|draft|creat|generat|extract"
    r"|compil)\w*\s(?:\w+\s){0,3}?(?:this|the present)\s(?:[\w-]+\s)?(?:paper|article"
    r"|abstract|work|text"
    rf"|study|document|manuscript|piece|page|preprint|story|post|method)\b[^.]{{0,24}},\s?(?:you\s|{_DUTY}\s"
    rf"|always\s|do not\s"
    rf"|never\s|be sure to\s|make sure\s|also\s)*{_SAY}\b"
    rf"|\b(?:do not|don't|never)\s(?:mention|report|discuss|reveal|include|list|state|say|point out|criticis\w*"
    rf"|criticiz\w*)"
    r"\b[^.]{0,50}\b(?:weakness|limitation|flaw|criticism|drawback|negative|caveat|this (?:note|instruction|message))"
    rf"|\b(?:be sure|make sure|make certain|remember|take care|ensure)\s(?:to|that you|you)\s(?:always\s"
    rf"|also\s)?{_SAY}\b"
    rf"[^.]{{0,60}}\b(?:this|the) (?:paper|work|article|study|method|model|system|framework|project|tool)\b"
    rf"|\b(?:tell|inform|remind|assure|advise|urge|encourage)\s(?:your\s|the\s|all\s)?(?:readers?|users?|audience"
    r"|subscribers?|followers?|developers?|team)\s(?:that|to)\b(?<!that)|\b(?:must|should) (?:appear|be (?:placed"
    r"|listed"
    r"|mentioned|featured)) (?:first|at the top|in (?:the|every|any) (?:summary|digest|headline))",
    re.IGNORECASE,
)
# Or in any order: somebody who reads, a duty, a verb of saying, and what such orders are after.
_SUMMARY = (
    r"(?:summar(?:y|ies)|digests?|headlines?|newsletters?|your (?:output|answer|response|reply|review|text)|overviews?)"
)
_ANY_WHO = re.compile(
    rf"\b(?:{_WHO}s?|{_SUMMARY}|readers?|editors?|whoever|anyone|everyone|you"
    r"|summari[sz]ing|(?:generating|writing|preparing) (?:an?|the|any) (?:review|post))\b|<\W?(?:system"
    r"|instruction|prompt)",
    re.IGNORECASE,
)
_ANY_DUTY = re.compile(
    r"\b(?:must|should|shall|please|kindly|need to|ha(?:ve|s) to|mandatory|(?:is|are) (?:\w+\s)?(?:asked|requested"
    r"|required|instructed|advised|told|obliged|urged) to|asked to|ensure)\b"
    rf"|(?:^|[:>]|\]|\s--?\s|^(?:in|when|while|before|for|gpt|claude|gemini"
    rf"|ai)\b[^.]{{2,50}},)\W{{0,3}}(?:please\s|also\s|always\s)?(?:{_SAY}|summari[sz]e)\b",
    re.IGNORECASE,
)
_ANY_SAY = re.compile(rf"\b(?:{_SAY}|summari[sz]e|mentions?|quote|install|visit|subscribe)\b", re.IGNORECASE)
_SPOKEN = re.compile(rf"\b(?:{_WHO}s?|{_SUMMARY}|readers?|editors?|users?|summari[sz]\w+)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"\b(?:best|top|greatest|only highlight|recommendation|solution|largest|(?:most|highly) (?:important"
    r"|significant|influential|recommended)|award|prize|adopt(?:ed|ion)"
    r"|approv\w+|certif\w+|endors(?:ed|ement)|flawless|breakthrough|revolutionary|definitive|gold standard"
    r"|official|superior"
    r"|immediate\w*|production[- ]ready|ready for|must[- ]read|(?:maximum|highest|perfect|full|positive) (?:score"
    r"|rating"
    r"|mark|review|recommendation)s?|paper of the|of the (?:year|week|month|day|decade|century)|10/10|10 out of 10|5/5"
    r"|ever|no (?:other|further|limitation|risk|flaw|weakness)\w*|zero (?:failure|error|risk)\w*|free (?:for|of"
    r"|consult)\w*"
    r"|install|visit|subscribe|download|donate|invest|raised|authoritative|first in|listed? first|conclusive"
    r"|replicated by"
    r"|safe for|human level|every (?:commercial|other)|all (?:major|other|leading)|everywhere|only (?:highlight|mention"
    r"|report)|evidence of|guarantee\w*|settles|world|industry|regulators?|company|government)\b",
    re.IGNORECASE,
)
_ITS = re.compile(
    r"\b(?:this|the|it|its|our|authors'?)\b(?:\s[\w-]+)?\s?(?:paper|article|abstract|work|text|study|document"
    r"|manuscript|item"
    r"|preprint|submission|report|method|model|system|framework|benchmark|tool|dataset|metric|approach|device|result"
    r"|vulnerability|package|company|software|authors?)?\b",
    re.IGNORECASE,
)
_DESCRIBES = re.compile(
    r"\b(?:we|our|results?|experiments?|show|find|found|propose|study|studies|investigate|evaluate|human"
    r"|participants)\b",
    re.IGNORECASE,
)


# Looked for first: a sentence without any of these orders nobody.
_HINT = re.compile(
    r"\b(?:must|should|shall|please|kindly|need|(?:has|have|asked|requested|required|instructed|advised|obliged|expected"
    r"|urged|encouraged) to|told|will|not|never|sure|certain|ensure|remember|take care|tell|inform"
    r"|remind|assure|mandatory|quote)\b|[:>]|--|summari[sz]|^\W*(?:in|when|while|before|for|gpt|claude|gemini|ai)\b",
    re.IGNORECASE,
)


def worded_freely(sentence: str) -> bool:
    """An order to whoever reads or summarises, in whatever words."""
    return bool(_HINT.search(sentence)) and (bool(_FREELY.search(sentence)) or _orders(sentence))


def demanded(sentence: str) -> str:
    """What a planted sentence wants said: what follows those it speaks to (and their colon), without their names."""
    who = _ANY_WHO.search(sentence)
    rest = sentence[who.end() :] if who and who.start() < 48 else sentence
    colon = re.match(r"[^.:]{0,60}:\s", rest)
    return _SPOKEN.sub(" ", rest[colon.end() :] if colon else rest)


def _orders(sentence: str) -> bool:
    """All the marks of an order together, in a sentence that tells nothing of the work itself."""
    return bool(
        _AFTER.search(sentence)
        and _ANY_DUTY.search(sentence)
        and _ANY_WHO.search(sentence)
        and _ANY_SAY.search(sentence)
        and _ITS.search(sentence)
        and not _DESCRIBES.search(sentence)
    )
