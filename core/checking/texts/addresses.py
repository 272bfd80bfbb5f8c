"""URLs in a text, and whether the item's record has them. Only code adds links; what a model wrote is compared.

Equal means equal but for the scheme, letter case of the host, a `www.` and a final slash: another owner, another
branch of the path, a look-alike host are other addresses.
"""

import re
from collections.abc import Collection
from functools import lru_cache

_URL = re.compile(
    (
        r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?/[^\s<>\"'`|()\[\]가-힣]*"
        r"|(?:https?|ftp|file|data|javascript|slack|discord|mailto):/{0,2}[^\s<>\"'`|()\[\]{}가-힣]+"
        r"|(?<![\w@./-])(?:www\.[^\s<>\"'`|()\[\]가-힣]+|(?:[a-z0-9-]+\.)+(?:com|org|net|io|ai|dev|co|kr"
        r"|app|gg|me|ly|xyz|site|link|info|cn|ru|gl|page|cloud|tech|tk|top|biz|eu|uk|de|jp|us|in|example)(?:/[^\s<>\"'`|()\[\]가-힣]*))"
    ),
    re.IGNORECASE,
)
_WIDE = tuple(zip("：／．＠", ":/.@", strict=True))  # what a browser takes for the plain ones


def addresses(text: str) -> tuple[str, ...]:
    """Every URL of a text (also without a scheme, where a path follows), trailing punctuation cut."""
    for wide, plain in _WIDE:
        text = text.replace(wide, plain)
    if not ("/" in text or ":" in text or "www." in text.lower()):
        return ()  # whatever _URL knows has one of them
    return tuple(m[0].rstrip(".,;:!?*_~") for m in _URL.finditer(text))


_SCHEME = re.compile(r"^https?://", re.IGNORECASE)


@lru_cache(maxsize=256)
def same(url: str) -> str:
    """The form in which two spellings of one address are equal."""
    url = _SCHEME.sub("", url.strip())
    host, slash, path = url.partition("/")
    host = host.lower().removeprefix("www.")
    return (host + slash + path).rstrip("/.")


def foreign(text: str, allowed: Collection[str]) -> tuple[str, ...]:
    """The URLs of a text that are not among the allowed."""
    good = {same(url) for url in allowed}
    return tuple(url for url in addresses(text) if same(url) not in good)
