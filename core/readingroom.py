"""The reading room: one paper on request. What a person calls it, its text, an explanation, an answer.

A paper is named by its number in a day's digest, an arXiv id or address, or words of its title. What was explained
once that day is kept (same paper, same version, same model), so a second click costs nothing.
"""

import asyncio
import hashlib
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date
from uuid import uuid4

from core.checking import glossary_lines
from core.errors import PaperAmbiguous, PaperUnknown, PaperUnreadable
from core.expanding import CitedAnswer, Expansion, ask, expand
from core.fulltext import Document, Figure, Library, figure_of, resolve
from core.house import House
from core.llm import Completer, Llm, Turn
from core.llm.checkpoint import Checkpointed
from core.llm.structured import StructuredLlm
from core.model import Edition, Item, News, Paper
from core.store import Store
from core.text import readable

log = logging.getLogger(__name__)
_MOST_CHOICES = 5
_PICTURE_S = 20.0
Terms = Sequence[tuple[str, str]]  # a channel's glossary: (English, Korean or "" = keep the English)
Tell = Callable[[str], Awaitable[None]]  # a sign of progress, in words


class ReadingRoom:
    """`completer` None: what is said are the paper's own sentences. `today` is the date costs are booked on."""

    def __init__(
        self, house: House, store: Store, library: Library, completer: Completer | None, today: Callable[[], date]
    ) -> None:
        self._house = house
        self._store = store
        self._library = library
        self._completer = completer
        self._today = today
        self._records: dict[tuple[date, str], Paper] = {}

    async def find(self, ref: str, edition: Edition | None) -> Paper:
        """The paper that `ref` names. Raises PaperUnreadable (also for a piece of news), PaperAmbiguous with choices,
        PaperUnknown for words that no title has, SourceError when arXiv gives no answer."""
        ref = ref.strip()
        if ref.isdecimal() and len(ref) <= 2:
            return _numbered(edition, int(ref))
        try:
            paper_id, version = resolve(ref)
        except PaperUnreadable:
            if re.match("https?://", ref):
                _refuse_news(edition, ref)
                raise
            return _titled(edition, ref)
        known = await self._store.items.get(paper_id)
        if isinstance(known, Paper) and version in (None, known.version):
            return known
        return await self._record(paper_id if version is None else f"{paper_id}v{version}")

    async def _record(self, name: str) -> Paper:
        """From arXiv, once a day for each name: a talk about a paper goes on without asking arXiv again."""
        day = self._today()
        if (day, name) not in self._records:
            self._records = {key: paper for key, paper in self._records.items() if key[0] == day}
            self._records[day, name] = await self._library.find(name)
        return self._records[day, name]

    async def expand(self, paper: Paper, tell: Tell, terms: Terms = ()) -> Expansion:
        """`tell` hears how far the work is, `terms` are the channel's own words. Raises BudgetReached; a text that
        cannot be had gives the abstract and says so."""
        document = await self._library.open(paper)
        own = f"/{hashlib.blake2b(repr(tuple(terms)).encode(), digest_size=6).hexdigest()}" if terms else ""
        llm = self._llm(f"expand/{paper.id}v{document.version}{own}")
        picture = asyncio.create_task(self._picture(document, paper))  # its waiting is arXiv's pace, not the model's
        try:
            if llm is not None:
                await tell(f"다 읽었습니다({document.basis_name}). 정리하는 중입니다…")
            said = await expand(document, paper, llm, glossary=_glossary(document, terms))
            return replace(said, figure=await picture)
        finally:
            picture.cancel()

    async def ask(
        self, paper: Paper, question: str, turns: Sequence[Turn], tell: Tell, terms: Terms = ()
    ) -> CitedAnswer:
        """`turns`: the thread's earlier questions and answers. Raises BudgetReached."""
        document = await self._library.open(paper)
        llm = self._llm(f"ask/{paper.id}/{uuid4().hex}")
        if llm is not None:
            await tell(f"다 읽었습니다({document.basis_name}). 답을 쓰는 중입니다…")
        return await ask(document, paper, question, llm, turns, glossary=_glossary(document, terms))

    async def _picture(self, document: Document, paper: Paper) -> Figure | None:
        """None where it takes too long: words do not wait for a picture."""
        try:
            async with asyncio.timeout(_PICTURE_S):
                return await figure_of(document, paper, self._library)
        except TimeoutError:
            log.info("readingroom.no_picture id=%s", paper.id)
            return None

    def _llm(self, name: str) -> Llm | None:
        if self._completer is None:
            return None
        day = self._today()
        steps = self._store.steps.of(f"{day}/{name}/{self._completer.model}", day)
        house = self._house
        kept = Checkpointed(self._completer, steps, budget_usd=house.budget_usd, budget_tokens=house.budget_tokens)
        return StructuredLlm(kept)


def _numbered(edition: Edition | None, n: int) -> Paper:
    if edition is None:
        raise PaperUnreadable(f"아직 나온 호가 없어 {n}번을 찾을 수 없습니다. arXiv 번호나 주소를 적어 주세요.")
    story = next((story for story in edition.stories if story.n == n), None)
    if story is None:
        raise PaperUnreadable(f"{edition.date} 호에는 {n}번이 없습니다 (1–{len(edition.stories)}번).")
    for item in (story.item, *story.merged):
        if isinstance(item, Paper):
            return item
    raise PaperUnreadable(f"{n}번은 뉴스라 펼칠 논문 본문이 없습니다. 원문: {story.item.url}")


def _refuse_news(edition: Edition | None, url: str) -> None:
    """Of an address that a piece of the day's news has, says that it is news."""
    news = [item for item in edition.index if isinstance(item, News)] if edition else []
    if any(item.url.rstrip("/") == url.rstrip("/") for item in news):
        raise PaperUnreadable(f"뉴스라 펼칠 논문 본문이 없습니다. 원문: {url}")


def _titled(edition: Edition | None, words: str) -> Paper:
    """The paper whose title (or headline) has all the words; the stories before the rest of the day."""
    wanted = words.casefold().split()
    if not wanted:
        raise PaperUnreadable("논문 번호, arXiv 주소나 제목의 낱말을 적어 주세요.")

    def named(item: Item, headline: str = "") -> bool:
        text = f"{readable(item.title)} {headline}".casefold()
        return all(word in text for word in wanted)

    stories = [s for s in edition.stories if named(s.item, s.headline)] if edition else []
    told = [story.item for story in stories]
    collected = [item for item in edition.index if named(item)] if edition and not told else []
    found = [item for item in told or collected if isinstance(item, Paper)]
    if not found and (news := told or collected):
        raise PaperUnreadable(f"뉴스라 펼칠 논문 본문이 없습니다: {readable(news[0].title)}. 원문: {news[0].url}")
    if not found:
        raise PaperUnknown(f"'{words[:60]}'에 맞는 논문이 그날의 목록에 없습니다. arXiv 번호나 주소도 됩니다.")
    if len(found) > 1:
        choices = tuple((paper.id, readable(paper.title)) for paper in found[:_MOST_CHOICES])
        raise PaperAmbiguous(f"'{words[:60]}'에 맞는 논문이 {len(found)}편입니다. 하나를 골라 주세요.", choices)
    return found[0]


def _glossary(document: Document, terms: Terms) -> tuple[str, ...]:
    return glossary_lines(document.text, terms)
