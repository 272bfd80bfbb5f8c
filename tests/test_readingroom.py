"""The reading room: what a person may call a paper, and what is said of what is none."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from core.errors import PaperAmbiguous, PaperUnreadable
from core.model import Edition
from core.readingroom import ReadingRoom
from core.store import Store
from tests.editions import CODEOCR, DAY, RELEASE, RETRAC, full, news
from tests.fakes import FakeClock, made_app, seoul
from tests.test_fulltext_library import Arxiv, abstract_page, library


@dataclass
class Opened:
    room: ReadingRoom
    arxiv: Arxiv
    store: Store
    edition: Edition = field(default_factory=full)

    async def find(self, ref: str) -> str:
        return (await self.room.find(ref, self.edition)).id


@pytest.fixture
async def opened(store: Store, tmp_path: Path) -> AsyncIterator[Opened]:
    pages = {f"/abs/2602.09001{version}": abstract_page() for version in ("", "v1", "v2")}
    arxiv = Arxiv({**pages, "/abs/hep-th/9901001": abstract_page(title="Old Papers")})
    app = made_app(store, FakeClock(seoul("2026-02-03 17:00")), tmp_path)
    async with library(arxiv) as shelf:
        yield Opened(ReadingRoom(app.newsroom.house, store, shelf, None, lambda: DAY), arxiv, store)


@pytest.mark.parametrize("ref", ["1", " 1 ", "codeocr", "CodeOCR vision", "이미지로 읽혀"])
async def test_a_digests_paper_is_named_by_its_number_or_by_words_of_its_title_or_headline(
    opened: Opened, ref: str
) -> None:
    assert await opened.find(ref) == CODEOCR.id
    assert opened.arxiv.asked == []


@pytest.mark.parametrize(
    "ref",
    [
        "2602.09001", "arXiv:2602.09001", "https://arxiv.org/abs/2602.09001", "http://arxiv.org/pdf/2602.09001.pdf",
        "https://www.arxiv.org/html/2602.09001v2", "arxiv.org/abs/2602.09001v1", "https://doi.org/10.48550/arXiv.2602.09001",
        "https://huggingface.co/papers/2602.09001", "https://alphaxiv.org/abs/2602.09001", "<https://arxiv.org/abs/2602.09001>",
    ],
)  # fmt: skip
async def test_any_form_of_an_arxiv_id_names_any_paper(opened: Opened, ref: str) -> None:
    assert await opened.find(ref) == "2602.09001"


async def test_old_ids_too(opened: Opened) -> None:
    assert await opened.find("https://arxiv.org/abs/hep-th/9901001") == "hep-th/9901001"


async def test_a_version_that_is_named_is_the_one_that_is_read(opened: Opened) -> None:
    assert (await opened.room.find("2602.09001v1", None)).version == 1
    assert (await opened.room.find("2602.09001", None)).version == 2


async def test_what_was_collected_is_not_asked_for_again_and_other_records_once_a_day(opened: Opened) -> None:
    await opened.store.items.save((RETRAC,), DAY)
    assert await opened.find(RETRAC.id) == RETRAC.id and opened.arxiv.asked == []
    for _ in range(3):
        await opened.find("2602.09001")
    assert opened.arxiv.asked == ["/abs/2602.09001"]


async def test_words_of_several_titles_give_choices(opened: Opened) -> None:
    with pytest.raises(PaperAmbiguous) as several:
        await opened.find("part")
    assert "편입니다. 하나를 골라 주세요." in str(several.value)
    assert len(several.value.choices) == 5 and all("Part" in title for _, title in several.value.choices)


@pytest.mark.parametrize(
    ("ref", "sentence"),
    [
        ("2", f"2번은 뉴스라 펼칠 논문 본문이 없습니다. 원문: {RELEASE.url}"),
        ("inference server", f"뉴스라 펼칠 논문 본문이 없습니다: {RELEASE.title}. 원문: {RELEASE.url}"),
        (RELEASE.url, f"뉴스라 펼칠 논문 본문이 없습니다. 원문: {RELEASE.url}"),
        ("Codex app", "뉴스라 펼칠 논문 본문이 없습니다: Introducing the Codex app. 원문: https://example.com/codex"),
        ("9", "2026-02-03 호에는 9번이 없습니다 (1–5번)."),
        ("zebra", "'zebra'에 맞는 논문이 그날의 목록에 없습니다. arXiv 번호나 주소도 됩니다."),
        ("https://example.org/paper", "arXiv 번호나 주소로 읽을 수 없습니다"),
        ("  ", "논문 번호, arXiv 주소나 제목의 낱말을 적어 주세요."),
        ("2602.99999", "arXiv에 번호가 2602.99999인 논문이 없습니다. 번호를 확인해 주세요."),
    ],
)
async def test_what_is_no_paper_is_one_sentence_that_says_so(opened: Opened, ref: str, sentence: str) -> None:
    untold = news("https://example.com/codex", "Introducing the Codex app", "Example")
    opened.edition = replace(opened.edition, index=(*opened.edition.index, untold))
    with pytest.raises(PaperUnreadable) as refused:
        await opened.find(ref)
    assert str(refused.value).startswith(sentence)


async def test_before_the_first_digest_a_number_names_nothing(opened: Opened) -> None:
    with pytest.raises(PaperUnreadable, match="아직 나온 호가 없어 1번을"):
        await opened.room.find("1", None)


async def test_a_paper_merged_into_a_news_story_is_the_one_that_is_read(opened: Opened) -> None:
    """A story in both is one issue: its paper can be expanded although the news leads."""
    first, news, *rest = full().stories
    opened.edition = replace(full(), stories=(first, replace(news, merged=(RETRAC,)), *rest))
    assert await opened.find("2") == RETRAC.id
