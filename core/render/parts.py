"""An edition as the messages that fit a platform: every message cut where its limits are.

A corrected edition has as many as the one that was posted had, message by message: what is out is edited and not
moved, and a delivery that is under way goes on at the number it had reached.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from core.model import Edition
from core.render.message import Message, Small, Span
from core.render.messages import messages

Cut = Callable[[Message], Sequence[Message]]
_EMPTY: Final = "이 글에 있던 내용은 정정하면서 빠졌습니다."
_CUT: Final = "… 이하 줄임"  # no longer than the part's number in whose place it stands


def parts(edition: Edition, cut: Cut, *, thread: bool = True) -> tuple[tuple[Message, ...], ...]:
    """For each message of the edition the pieces that `cut` makes of it."""
    told = [tuple(cut(message)) for message in messages(edition, thread=thread)]
    if edition.posted:
        before = [len(cut(message)) for message in messages(edition.posted, thread=thread)]
        told = [fitted(pieces, count) for pieces, count in zip(told, before, strict=True)]
    return tuple(told)


def fitted(pieces: Sequence[Message], count: int) -> tuple[Message, ...]:
    """Exactly `count` messages: what is over is cut, and says so; where there is less, the rest says why."""
    if len(pieces) > count:
        last = replace(pieces[count - 1], buttons=pieces[-1].buttons, picture=pieces[-1].picture)
        return (*pieces[: count - 1], replace(last, blocks=(*last.blocks[:-1], Small((Span(_CUT),)))))
    empty = replace(pieces[-1], blocks=(Small((Span(_EMPTY),)),), summary=_EMPTY, buttons=(), picture=None, parts=count)
    return (*pieces, *(replace(empty, part=n) for n in range(len(pieces) + 1, count + 1)))
