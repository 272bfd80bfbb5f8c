"""Where a figure that seems to have changed its owner has not: what else names the owner, or is named beside it."""

import re
from collections.abc import Mapping, Sequence

from core.checking.texts.naming import in_hangul
from core.checking.texts.plain import row
from core.checking.texts.quantity import Quantity

# `변형 6`, `8B`: a number or a size, nobody's value.
_LABEL = re.compile(r"(?:변형|버전|단계|조건|실험|그룹|설정|유형|레벨|표|그림)\s$")
_SIZE = re.compile(r"[\d.]+[BM]")
_EACH = re.compile(r"각각\s[^가-힣]*$")  # respectively.py knows


def nobodys(text: str, told: Quantity) -> bool:
    label = not told.unit.dimension and _LABEL.search(text[: told.start])
    return bool(label or _SIZE.fullmatch(told.text))


def shared(source: str, figures: Sequence[Quantity], key: str, word: str) -> bool:
    """The quote itself sets the name beside the figure: `3.56% ECE`, `70.3% and 72.7% on KEY`, `On KEY, A reaches`."""
    name = re.escape(word)
    on = rf"\b(?:on|in|for)\s(?:the\s)?{name}(?![\w-])"
    after = re.compile(rf"(?:(?!\b(?:on|in|for)\b)[^.;]){{0,40}}{on}", re.IGNORECASE)
    first = re.compile(rf"(?:^|[.;]\s){on}(?:(?!\b(?:on|for)\s)[^.;])*$", re.IGNORECASE)
    for figure in figures:
        words = source[figure.end :].split(maxsplit=1)
        beside = bool(words) and row(words[0]) == f" {key} "
        if beside or after.match(source[figure.end :]) or first.search(source[: figure.start]):
            return True
    return False


def told(text: str, owners: Sequence[set[str]], said: Mapping[str, str], quantity: Quantity) -> bool:
    """The sentence does name an owner: by its initials, in Hangul, as the topic of a comparison, or in a row."""
    names = {key for keys in owners for key in keys}
    words = {word for name in names for word in name.split()}
    return (
        bool(_EACH.search(text[: quantity.start]))
        or any(initials(name).upper()[:3] in text for name in names)
        or any(pattern.search(text) for word in words for pattern in in_hangul().get(word, ()))
        or any(_topic(text, said[name], quantity.start) for name in names & said.keys())
    )


def of_all(source: str, owners: set[str], key: str, word: str) -> bool:
    """`A is 1.06x to 4.02x faster than B and C`: the multiple is A's as much as C's."""
    alone = (owner for owner in owners if f" {owner} and {key} " not in row(source))
    return _beaten(source, word) and not any(_beaten(source, owner) for owner in alone)


def _beaten(source: str, name: str) -> bool:
    """Whether the quote sets something against that name."""
    against = r"over|than|against|versus|compared (?:to|with)|relative to|(?:beat|outperform|surpass|exceed)\w*"
    return re.search(rf"\b(?:{against})\s[^.;]*{re.escape(name)}", source, re.IGNORECASE) is not None


def left_open(text: str, word: str) -> bool:
    """`Kinova에서도 통할지는 알 수 없다`: what the quote does not name."""
    unknown = r"[^.]{0,24}지(?:는|도)?\s[^.]{0,12}(?:알 수 없|모르|모른|미지수)"
    return re.search(re.escape(word) + unknown, text) is not None


def initials(name: str) -> str:
    """Of three words or more (Equal Error Rate), else something that no text has."""
    words = name.split()
    return "".join(word[0] for word in words) if len(words) > 2 else "\0\0\0"


def _topic(text: str, word: str, end: int) -> bool:
    """`A 총점은 B보다 2.2% 높다`: the figure is A's."""
    return bool(
        re.search(rf"{re.escape(word)}(?:\s[가-힣]+)?(?:은|는|이|가)\s[^,]{{0,40}}보다\s(?:약\s)?$", text[:end])
    )
