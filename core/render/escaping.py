"""Literal text in Markdown: nothing in it is markup, whatever it says."""

import re

from core.render import phrases


def written(text: str) -> str:
    """Written text as Markdown: code spans kept, everything else literal."""
    pieces = phrases.CODE.split(text)
    return "".join(f"`{piece}`" if i % 2 else escape(piece, start=i == 0) for i, piece in enumerate(pieces))


def escape(text: str, *, start: bool = True) -> str:
    """One line of literal text: a CommonMark or GFM reader shows exactly `text`. Inside a word `_` stays bare;
    `start` says that a block marker could stand at its beginning."""
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text).replace("\\", "\\\\").replace("<", "&lt;")
    text = re.sub(r"[`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])", r"\\\g<0>", text)
    text = re.sub(r"(?i)\b(https?|ftp)(?=://)", r"\1\\", text)
    text = re.sub(r"(?i)\b(www)\.", r"\1\\.", text)
    text = re.sub(r"(?<=\s)#(?=#*$)", r"\\#", text)  # else it closes a heading
    if start:
        text = re.sub(r"^(?:[#>=]|[+-](?=[\s-]|$)|\d{1,9}(?=[.)](?:\s|$)))", _guard, text)
    return text


def _guard(found: re.Match[str]) -> str:
    marker = found[0]
    return f"{marker}\\" if marker.isdigit() else f"\\{marker}"
