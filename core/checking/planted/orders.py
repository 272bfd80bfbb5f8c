"""Orders planted in a source, taken out of what code prints of it: excerpts, the fact strip, links.

A model is given the text as it stands (a paper about prompt injection is no attack, and the checks know which of its
sentences are no evidence). What code itself copies to a channel has no second look, so there the sentences that
order whoever reads are left out, and with them the addresses that only they name.
"""

import logging
from dataclasses import replace

from core.checking.texts.addresses import addresses, same
from core.checking.texts.instructions import ordered
from core.model import Item, News, Paper, Reading
from core.text import sentences

log = logging.getLogger(__name__)


def without_orders(text: str) -> str:
    """The text without its sentences that give orders; the very same text where it has none."""
    pieces = sentences(text)
    kept = [piece for piece, order in zip(pieces, ordered(pieces), strict=True) if not order]
    return text if len(kept) == len(pieces) else " ".join(kept)


def before_orders(text: str) -> str:
    """The text up to its first sentence that gives orders: a caption is quoted, so nothing is cut from its middle."""
    pieces = sentences(text)
    first = next((i for i, order in enumerate(ordered(pieces)) if order), None)
    return text if first is None else " ".join(pieces[:first])


def printable(reading: Reading) -> Reading:
    """The reading as code may print of it. Logs what was left out."""
    item = _printable(reading.item)
    text = without_orders(reading.text)
    named = {same(url) for part in (text, item.text, _comment(item)) for url in addresses(part)}
    every = {same(url) for part in (reading.text, reading.item.text, reading.comment) for url in addresses(part)}
    links = tuple(link for link in reading.links if same(link.url) in named or same(link.url) not in every)
    if (item, text, links) != (reading.item, reading.text, reading.links):
        log.warning("orders.left_out item=%s links=%d", reading.item.id, len(reading.links) - len(links))
    return replace(reading, item=item, text=text, links=links)


def _printable(item: Item) -> Item:
    match item:
        case Paper():
            comment = without_orders(item.comment) if item.comment else item.comment
            return replace(item, abstract=without_orders(item.abstract), comment=comment)
        case News():
            return replace(item, summary=without_orders(item.summary))


def _comment(item: Item) -> str:
    return (item.comment or "") if isinstance(item, Paper) else ""
