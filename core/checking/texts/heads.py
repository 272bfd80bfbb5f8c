"""What an English figure counts: the head of the noun phrase behind it (6,369 human annotations: annotations).

Modifiers are singular, so the head is the first plural, or the last of a row of them (sports videos); a figure with a
hyphen (5-server testbed) counts its own word.
Collectives (3 question pairs, 12 types) say as much by what they are of.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_COLLECTIVE = re.compile(
    r"(?:types?|kinds?|sets?|groups?|categor(?:y|ies)|forms?|class(?:es)?|collections?|famil(?:y|ies)|variet(?:y|ies)"
    r"|pieces?|units?|sources?|levels?|pairs?|triplets?|tuples?|series|batch(?:es)?|variants?|versions?|subsets?"
    r"|instances?|samples?|examples?|combinations?|sizes?|items?|entr(?:y|ies)|cases?|points?|parts?|scenarios?"
    r"|configurations?|settings?|setups?|scales?|splits?|data|runs?|records?|pools?|sequences?|streams?|blocks?|rows?"
    r"|lines?|areas?|aspects?|dimensions?|contexts?|components?|stages?|phases?|steps?|tracks?|modes?|hours?)"
)
_TUPLE = re.compile("pairs|triplets|tuples|directions")  # 45 model pairs are no 45 models
_NO_PLURAL = re.compile(
    r"[a-z]*(?:ss|us|is|ics|ous)|its|this|has|was|does|across|less|as|plus|times|always|previous|news|lens|means|species"
    r"|conducts|verifies|achieves|demonstrates|suffers|exhibits|outperforms|reaches|yields|provides|reduces|improves"
    r"|recovers|enables"
    r"|incurs|eliminates|offers|gains|uses|requires|shows|generates|introduces|presents|builds|performs|trains|learns"
    r"|suggests|indicates|reveals|confirms|finds|allows|supports|leads|makes|helps|implies|highlights|underscores"
    r"|fails|remains|covers|contains|includes|surpasses|exceeds|obtains|retains|matches|serves|runs|converges|drops"
)
_IRREGULAR = frozenset(
    {"people", "children", "men", "women", "criteria", "phenomena", "vertices", "indices", "matrices"}
)
_WORD = re.compile(r"[a-z][a-z']*(?:[-/][a-z']+)*")
_JOINED = re.compile("[-/]")
_MANY_OF = re.compile("(?:multi|single|cross|inter|intra|per)-")  # 6,120 multi-turn dialogues are no turns
_LONGEST = 6  # words of a phrase that are looked at


@dataclass(frozen=True, slots=True)
class Head:
    """`words`: what is counted, and the modifier before it; all words of the phrase where `sure` is false."""

    words: tuple[str, ...]
    sure: bool


@lru_cache(maxsize=1024)
def head(phrase: str) -> Head:
    """The head of a lower-case phrase as nouns.tail gives it."""
    words = _WORD.findall(phrase)[:_LONGEST]
    if phrase.startswith("-") and words:
        return Head((words[0],), True)
    plurals = [i for i, word in enumerate(words) if _plural(word)]
    last = next((i for i in plurals if i + 1 not in plurals), -1)
    if last >= 0 and _TUPLE.fullmatch(words[last]):
        return Head((words[last],), True)
    if last < 0 or _COLLECTIVE.fullmatch(words[last]):
        return Head(tuple(part for word in words for part in dict.fromkeys((word, *_JOINED.split(word)))), False)
    before = words[last - 1] if last and not _MANY_OF.match(words[last - 1]) else ""
    return Head((words[last], *(_JOINED.split(before)[-1:] if before else ())), True)


def _plural(word: str) -> bool:
    """Of joined words (embedded-systems prompts) only what is no modifier."""
    if _JOINED.search(word):
        return False
    return word in _IRREGULAR or (word.endswith("s") and len(word) > 3 and not _NO_PLURAL.fullmatch(word))
