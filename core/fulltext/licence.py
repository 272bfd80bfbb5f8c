"""Which licence a paper is under, and whether one of its figures may be shown.

arXiv states the licence as a link on the abstract page and as words on the HTML page; both are read to one short
name. Only CC BY, CC BY-SA and CC0 allow us to show a figure; anything else, and anything unread, does not.
"""

import re

_KINDS = {
    "by": "CC BY",
    "by-sa": "CC BY-SA",
    "by-nc-sa": "CC BY-NC-SA",
    "by-nc-nd": "CC BY-NC-ND",
    "by-nd": "CC BY-ND",
    "by-nc": "CC BY-NC",
}
_REUSABLE = re.compile(r"CC (?:BY|BY-SA|0)(?: [\d.]+)?")


def licence_name(text: str) -> str:
    """The short name (`CC BY 4.0`, `CC0 1.0`, `arXiv 1.0`) for arXiv's words or link; empty when there is none."""
    lowered = text.lower()
    if match := re.search(r"creativecommons\.org/licenses/([a-z-]+)/([\d.]+)", lowered):
        return f"{_KINDS[match[1]]} {match[2]}" if match[1] in _KINDS else ""
    if "publicdomain/zero" in lowered or "cc0" in lowered or "cc zero" in lowered:
        return "CC0 1.0"
    if match := re.search(r"\bcc[ -](by(?:-nc)?(?:-(?:sa|nd))?)\s*([\d.]+)?(?![\w-])", lowered):
        return f"{_KINDS[match[1]]} {match[2] or ''}".strip()
    if "nonexclusive-distrib" in lowered or "non-exclusive" in lowered or lowered == "arxiv 1.0":
        return "arXiv 1.0"
    return ""


def reusable(licence: str) -> bool:
    """Whether a figure of a paper under this licence may be shown with attribution."""
    return _REUSABLE.fullmatch(licence.replace("CC0", "CC 0")) is not None
