"""The output gate: what must never leave, whoever wrote it. The last look before a platform.

It knows nothing of papers: URLs that are not allowed, mentions of people and channels, images and links in Markdown
or Slack's markup, invisible and bidirectional characters, and `~` between numbers (two of them strike the text
through in Markdown: 5~10년 became 510년).
"""

import re
from collections.abc import Collection

from core.checking.texts.addresses import foreign
from core.model import Finding
from core.text import INVISIBLE

_MENTION = re.compile(
    r"(?<![\w.])@(?:everyone|here|channel|all)\b|<[!@#][^>\s]{1,80}>|<@[&!]?\d+>|@전체|@모두|@채널", re.IGNORECASE
)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>?", re.IGNORECASE)
_LINK = re.compile(
    r"(?<!!)\[[^\]\n]{1,200}\]\(([^)\s]*)[^)]*\)|<((?:https?|mailto|slack|discord):[^>|\s]+)\|[^>]*>|<a\b[^>]*>",
    re.IGNORECASE,
)
TILDE = re.compile(r"(?<=[\d가-힣%$A-Za-z])\s?[~〜∼～]+\s?(?=(?:약\s?)?[$]?\d)")  # between two numbers
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_TAGS = re.compile("[\U000e0000-\U000e007f]")


def tildes(text: str) -> tuple[str, ...]:
    """The `~` between numbers, each with a little around it."""
    return tuple(text[max(0, m.start() - 6) : m.end() + 6] for m in TILDE.finditer(text))


def gate(text: str, allowed: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything in `text` that may not be printed; `allowed` are the only URLs that may. Empty = may go out."""
    found = [Finding("link", url, "허용되지 않은 링크입니다") for url in foreign(text, allowed)]
    found += [Finding("injection", m[0], "호출(멘션)은 내보내지 않습니다") for m in _MENTION.finditer(text)]
    found += [Finding("injection", m[0][:80], "그림은 내보내지 않습니다") for m in _IMAGE.finditer(text)]
    for m in _LINK.finditer(text):
        target = m[1] or m[2] or m[0]
        if foreign(target, allowed) or "://" not in target:
            found.append(Finding("injection", m[0][:80], "링크 표기는 코드만 붙입니다"))
    for pattern, what in ((_TAGS, "숨은 태그 문자"), (_BIDI, "글 방향 제어 문자"), (INVISIBLE, "보이지 않는 문자")):
        if hidden := pattern.search(text):
            found.append(Finding("hidden", f"U+{ord(hidden[0][0]):04X}", f"{what}가 들어 있습니다"))
            break
    found += [Finding("tilde", span, "숫자 사이의 ~는 –로 씁니다") for span in tildes(text)]
    return tuple(found)
