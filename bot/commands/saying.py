"""Replies in a line or two: the words that commands are answered with."""

from collections.abc import Iterable, Sequence

from bot.chat import Reply
from core.particles import particle
from core.render.message import Block, Bullets, Button, Heading, Message, Small, Span, Spans, Text
from core.text import shorten

NOT_ALLOWED = "이 채널의 설정은 채널을 관리하는 사람만 바꿀 수 있습니다."


def unread(word: str, example: str) -> str:
    """What to say of a word that nobody understands, and what was expected."""
    shown = shorten(word, 40)
    return f"'{shown}'{particle(shown, '을/를')} 이해하지 못했습니다 (예: {example})."


def note(text: str, *more: str, private: bool = True) -> Reply:
    """Sentences, each a paragraph."""
    return Reply((message("", (text, *more)),), private)


def message(
    title: str, lines: Iterable[str] = (), *, bullets: Sequence[str | Spans] = (), small: Sequence[str] = (),
    buttons: tuple[Button, ...] = (),
) -> Message:  # fmt: skip
    """A message of plain texts: a title, paragraphs, a list, small print."""
    paragraphs = tuple(lines)
    blocks: list[Block] = [Heading((Span(title),))] if title else []
    blocks += [Text((Span(line),)) for line in paragraphs]
    if bullets:
        blocks.append(Bullets(tuple((Span(b),) if isinstance(b, str) else b for b in bullets)))
    blocks += [Small((Span(line),)) for line in small]
    return Message("answer", tuple(blocks), shorten(title or " ".join(paragraphs), 300), buttons)


def link(text: str, url: str) -> Spans:
    return (Span(text, url=url),)
