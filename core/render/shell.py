"""What every page of ours is made with: its files, its policy's hash, links, and text as HTML, escaped once."""

import base64
import hashlib
import re
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from core.render import phrases

_RANGE: Final = re.compile(r"\d[\d.,]*%?–\d[\d.,]*%?")


@cache
def file(name: str) -> str:
    return files("core.render").joinpath(name).read_text(encoding="utf-8")


def policy(style: str) -> str:
    """How the head allows our own style and nothing else."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"


def link(label: str, url: str | None) -> str:
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{unbroken(label)}</a>' if url else unbroken(label)


def unbroken(text: str) -> str:
    """Text as it is; a line never breaks inside a range (`15–20%`)."""
    return _RANGE.sub(r'<span class="range">\g<0></span>', escape(text))


def prose(text: str) -> str:
    """Written text; what stands between single backticks becomes code."""
    pieces = phrases.CODE.split(text)
    return "".join(f"<code>{escape(piece)}</code>" if i % 2 else unbroken(piece) for i, piece in enumerate(pieces))


def lang(text: str) -> str:
    """English words are announced and hyphenated as such; Korean is the page's own language."""
    return "" if phrases.is_korean(text) else ' lang="en"'
