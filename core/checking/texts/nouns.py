"""The English noun behind a number against the Korean counter: 10 servers are no 10장, 900 examples no 900토큰.

A counter takes some nouns (장: images, cards; 명: people); a number whose noun is known and none of those was told in
the wrong unit. Nouns that are not known, and counters that fit anything (개, 건, 가지, 종), are let pass.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from core.checking.texts.heads import head
from core.checking.texts.tables import TEXTS, rows

ENGLISH = {"person": "people", "param": "parameter", "char": "character"}  # the noun of a dimension, where not its name


@lru_cache(maxsize=1)
def _takes() -> dict[str, str]:
    """The rows of counters.tsv; those with @ are kinds of nouns."""
    return {row[0]: row[1] for row in rows(TEXTS / "counters.tsv")}


@lru_cache(maxsize=1)
def _like() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"(?:{words})s?") for name, words in _takes().items() if not name.startswith("@")}


@lru_cache(maxsize=8)
def _kinds(*names: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(_takes()[name] for name in names) + ")s?")


def known() -> re.Pattern[str]:
    """Nouns whose kind is known."""
    return _kinds("@text", "@thing", "@machine", "@time", "@person")


_PERSONAL = re.compile(r"character|[a-z]+(?:ists?|ians?|people|workers|makers)")
_USERS = re.compile(r"(?:user|participant|student|annotator|speaker|customer|developer|employee)s?")
_ONE_KIND = ("person", "명", "times", "곳")
_UNITS = re.compile("(?:token|parameter|word|character|letter|page|layer|epoch)s?")  # what 건 never counts
_TIMES = re.compile(
    r"(?:token|parameter|language|dialect|image|photo|server|gpu|machine|device|word|sentence|document|page|layer"
    r"|hour|minute|second|week|month|year|dataset|benchmark|model|llm|participant|patient|student|annotator|expert"
    r"|paper|article|book|video|user|robot|vehicle|camera|sensor|node|people|countr(?:y|ies)|cit(?:y|ies)|hospital|categor(?:y|ies)|feature|dimension)s?"
)
_PLACES = re.compile(
    r"(?:token|dataset|sentence|word|hour|minute|second|image|photo|patient|participant|people|person|step|epoch|parameter|layer|model"
    r"|question"
    r"|utterance|episode|round|prompt|example|sample)s?"
)
_SHARED = re.compile(
    r"(?:points?|times|folds?|gains?|improvements?|percent\w*|scores?|reductions?|vs|plus|[a-z]*(?:ics|is|us))"
)
# What counts one kind of thing alone: any other noun, known or not, is another thing.
_STRICT = re.compile(
    "token|word|sentence|epoch|round|session|page|char|frame|country|language|layer|step|image"
    "|[턴대행줄편권장동척곡]|단계|노드|코어|헤드|마리|그루"
)
_GROUPS = re.compile("(?:group|set|triplet|cluster|class|categor|famil)(?:e?s|ies)")
_STOP = re.compile(
    r"(?:[,.;:()\n]|\s(?:and|or|of|in|on|at|to|for|from|with|by|per|across|over|that|which|is|are|was|were|than|as|under"
    r"|using|while|when|into|within|between|among|show|shows|has|have|can|we|it|each|plus|versus|vs|against|spanning"
    r"|covering|including|during|after|before|without|via|through|about|against|compared)\b)"
)
_OUT_OF = re.compile(
    r"\s(?:out\s)?of\s(?:the\s|all\s)?(?:\d[\d,]*|ten|eleven|twelve|[a-z]{4,7}teen|[a-z]{3,5}ty)(?=\s[a-z])"
)
_ADJECTIVES = re.compile(
    r"\s(?![a-z]*s-)(?:[a-z-]+[^s\s,]\s)?[a-z-]+[^s\s,],(?=\s(?:[a-z-]+[^s\s,]\s){0,2}[a-z]{3,}[^s]s\b)"
)
_JOINED = re.compile(  # `30 leading proprietary and open-source models`: adjectives are joined, no nouns
    r"\s(?:[a-z-]+[^s\s,]\s){0,2}[a-z-]+[^s\s,]\s(?:and|or)(?=\s(?:[a-z-]+[^s\s,]\s){0,3}[a-z]{2,}[^s]s\b)"
)
_COLLECTION = re.compile(r"\s(?:sets|groups|collections|pieces|instances|hundreds|dozens|sequences|series)$")
_WORDS = re.compile(r"[a-z][a-z'-]*")


def tail(text: str, end: int) -> str:
    """The noun phrase behind an English figure (`10-server testbed`, `14 expert-annotated clips`); "" for none."""
    if of := _OUT_OF.match(text, end):  # 21 of 25 baselines
        end = of.end()
    if text[end : end + 1] not in (" ", "-", "+"):
        return ""
    piece = text[end : end + 64].lower()
    if not re.match(r"\+?[\s-][a-z]", piece):
        return ""
    cut = _STOP.search(piece)
    if cut and cut[0] == "," and (row := _ADJECTIVES.match(piece)):  # `18 recent, widely cited papers`
        cut = _STOP.search(piece, row.end())
    if cut and cut[0] in (" and", " or") and (row := _JOINED.match(piece)):
        cut = _STOP.search(piece, row.end())
    if cut and cut[0] == " of" and _COLLECTION.search(piece[: cut.start()]):  # `61K sets of videos`
        cut = _STOP.search(piece, cut.end() + 1)
    whole = len(text) <= end + len(piece)  # else the last word is cut off
    return piece[: cut.start()] if cut else piece if whole else piece.rpartition(" ")[0]


_IN_FRONT = re.compile(
    r"\bnumber of ((?:[a-z-]+\s){1,3})(?:is|was|reach\w*|grew to|rises to|=)\s$|\b([a-z]+s)\s\((?:n\s?=\s?)?$"
)


def front(text: str, start: int, end: int) -> str:
    """The English noun in front of a figure that has none behind it: `the number of papers is 18`, `papers (18)`."""
    found = _IN_FRONT.search(text[max(0, start - 48) : start].lower())
    if not found or (found[2] and text[end : end + 1] != ")"):
        return ""
    return f" {(found[1] or found[2]).strip()}"


def counter(written: str, dimension: str) -> str:
    """Which rule a Korean quantity falls under; "" where its counter fits anything."""
    if written.endswith(("턴", "명")):
        return written[-1]
    if dimension in _like() or dimension in ("person", "times", "x", "%"):
        return dimension
    if dimension != "count":
        return ""
    last = re.search(r"((?<!세)대|[장편곳줄행쌍건권동척곡]|단계|문항|헤드|노드|코어|마리|그루)$", written)
    return last[1] if last else ""


def names(kind: str, text: str) -> bool:
    """Whether a lower-case text has a noun that the counter takes."""
    words = [w for w in _WORDS.findall(text) if not w.startswith(("multi-", "single-"))]  # no turns: multi-turn
    return any(_like()[kind].fullmatch(part) for word in words for part in (word, *word.split("-")))


def clash(kind: str, phrase: str) -> bool:
    """Whether the noun phrase is of another kind than the counter takes."""
    counted = head(phrase)
    words = [w for word in _WORDS.findall(phrase)[:4] for w in (word, *word.split("-"))]
    if counted.sure and kind not in ("x", "%", "param"):
        words = list(counted.words[:1] if kind in _ONE_KIND else counted.words)
    if not words or (kind not in _like() and kind not in (*_ONE_KIND, "건", "x", "%")):
        return False
    if kind == "건":
        who = counted.words[:1] if counted.sure else words
        users = any(_USERS.fullmatch(w) and (w.endswith("s") or w is who[-1]) for w in who)  # no `user scenarios`
        return users or (_UNITS.fullmatch(words[0]) is not None and "web" not in words)
    if kind in ("person", "명"):
        return _nobody(words, sure=kind == "명" and counted.sure)
    if kind in ("times", "곳"):
        met = [w for w in words if known().fullmatch(w)]
        others = _TIMES if kind == "times" else _PLACES
        return bool(met) and all(map(others.fullmatch, met))
    if kind in ("x", "%"):
        if known().fullmatch(words[0]):
            return words[0] not in ("time", "times")
        return words[-1].endswith("s") and not words[-1].endswith("ss") and not any(map(_SHARED.fullmatch, words))
    if _STRICT.fullmatch(kind) and len(set(words)) == 1 and _GROUPS.fullmatch(words[0]):
        return True  # 4,800 groups are no 4,800장
    certain = counted.sure and _STRICT.fullmatch(kind) is not None
    return (certain or any(map(known().fullmatch, words))) and not any(map(_like()[kind].fullmatch, words))


def _nobody(words: Sequence[str], *, sure: bool) -> bool:
    """Whether none of the words is a person: where the head is sure, of what nobody would be meant by."""
    people = _kinds("@person")
    if any(people.fullmatch(w) or _PERSONAL.fullmatch(w) for w in words):
        return False
    others = _kinds("@text", "@thing", "@machine", "@time")
    return any(map(others.fullmatch, words)) or (sure and not any(map(_kinds("@human").fullmatch, words)))
