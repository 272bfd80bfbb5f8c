"""Splitting: whatever a platform allows, every word arrives, in order, whole, and in numbered parts."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.render.graphemes import is_border
from core.render.message import Block, Bullets, Button, Divider, Heading, Message, Quote, Small, Span, Text, spans
from core.render.messages import messages
from core.render.split import Limits, length, split
from tests.editions import EDITIONS, HOSTILE, hostile

SLACK = Limits(text=8_000, block=3_000, blocks=50)
DISCORD = Limits(text=4_000, block=4_000, blocks=40)
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # other work may slow the machine
PLAIN = Limits(text=2_000, block=2_000, blocks=40)
BUTTON = Button("detail", "자세히", "2026-02-03/1")

texts = st.text(st.sampled_from("가나다 a. \n👍🏽é각🇰🇷\u200d"), min_size=1, max_size=120)
span = st.builds(Span, texts, bold=st.booleans(), url=st.sampled_from([None, "https://example.com"]))
some = st.lists(span, min_size=1, max_size=3).map(tuple)
block: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, some), st.builds(Text, some), st.builds(Small, some), st.builds(Quote, some), st.just(Divider()),
    st.builds(Bullets, st.lists(some, min_size=1, max_size=5).map(tuple), st.booleans()),
)  # fmt: skip
message = st.builds(
    Message, st.just("story"), st.lists(block, min_size=1, max_size=8).map(tuple), st.just("요약"), st.just((BUTTON,))
)
long_message = message.map(lambda one: replace(one, blocks=(*one.blocks, Text((Span("가 " * 300),)))))
limits = st.builds(Limits, st.integers(70, 400), st.integers(30, 400), st.integers(2, 12))


def content(parts: tuple[Message, ...]) -> list[Block]:
    """The blocks without the part numbers."""
    if len(parts) == 1:
        return list(parts[0].blocks)
    return [block for part in parts for block in part.blocks[:-1]]


def letters(blocks: list[Block]) -> list[tuple[str, bool, str | None]]:
    """Every character with how it is shown."""
    return [(char, span.bold, span.url) for block in blocks for span in spans(block) for char in span.text]


@given(message, limits)
@settings(CALM, max_examples=300)
def test_nothing_is_lost_doubled_or_moved_and_every_part_fits(whole: Message, limit: Limits) -> None:
    parts = split(whole, limit)
    assert letters(content(parts)) == letters(list(whole.blocks))
    for part in parts:
        assert len(part.blocks) <= limit.blocks
        assert sum(map(length, part.blocks)) <= limit.text
        assert all(length(block) <= limit.block for block in part.blocks)


@given(long_message, limits)
@CALM
def test_parts_are_numbered_and_the_buttons_are_on_the_last(whole: Message, limit: Limits) -> None:
    parts = split(whole, limit)
    assert len(parts) > 1
    for n, part in enumerate(parts, 1):
        assert (part.part, part.parts) == (n, len(parts))
        assert part.blocks[-1] == Small((Span(f"{n}/{len(parts)}"),))
        assert part.summary == f"요약 ({n}/{len(parts)})"
        assert part.buttons == ((BUTTON,) if n == len(parts) else ())


@given(message, limits)
@CALM
def test_no_character_is_torn(whole: Message, limit: Limits) -> None:
    whole_texts = {"".join(s.text for s in item) for b in whole.blocks for item in _items(b)}
    for block in content(split(whole, limit)):
        for item in _items(block):
            piece = "".join(s.text for s in item)
            assert any(
                is_border(text, at) and is_border(text, at + len(piece))
                for text in whole_texts
                for at in range(len(text))
                if text.startswith(piece, at)
            )


def _items(block: Block) -> tuple[tuple[Span, ...], ...]:
    return block.items if isinstance(block, Bullets) else (spans(block),) if spans(block) else ()


def test_what_fits_is_left_alone() -> None:
    whole = Message("story", (Text((Span("가" * 100),)),), "요약")
    assert split(whole, SLACK) == (whole,)


def test_a_cut_falls_after_a_sentence() -> None:
    text = "첫 문장입니다. 둘째 문장은 버전 3.5를 다룹니다. 셋째 문장입니다. " * 8
    parts = split(Message("story", (Text((Span(text),)),), "요약"), Limits(120, 100, 5))
    pieces = ["".join(s.text for s in spans(block)) for block in content(parts)]
    assert len(pieces) > 2 and all(piece.endswith("니다. ") for piece in pieces)


def test_without_a_sentence_a_cut_falls_at_a_space() -> None:
    text = "낱말 " * 200
    parts = split(Message("story", (Text((Span(text),)),), "요약"), Limits(120, 100, 5))
    assert all("".join(s.text for s in spans(block)).endswith("낱말 ") for block in content(parts))


def test_a_space_that_is_joined_to_what_follows_is_no_place_to_cut() -> None:
    text = "가" * 26 + " \u200d" + "나" * 40
    parts = split(Message("story", (Text((Span(text),)),), "요약"), Limits(60, 27, 5))
    pieces = ["".join(s.text for s in spans(block)) for block in content(parts)]
    assert "".join(pieces) == text and pieces[0] == "가" * 26


def test_a_list_is_cut_between_items_and_goes_on_counting() -> None:
    items = tuple((Span(f"{n}번 항목 " + "가" * 30),) for n in range(1, 9))
    parts = split(Message("closing", (Bullets(items, ordered=True),), "요약"), Limits(130, 110, 5))
    lists = [block for block in content(parts) if isinstance(block, Bullets)]
    assert [item for block in lists for item in block.items] == list(items)
    for block in lists:
        assert block.items[0][0].text.startswith(f"{block.start}번 항목")


def test_a_heading_is_not_left_behind_by_what_it_heads() -> None:
    blocks = (Text((Span("가" * 80),)), Heading((Span("제목"),), 2), Text((Span("나" * 40),)))
    first, second = split(Message("story", blocks, "요약"), Limits(110, 100, 9))
    assert not any(isinstance(block, Heading) for block in first.blocks)
    assert second.blocks[:2] == blocks[1:]


def test_how_long_a_block_is_is_the_platforms_business() -> None:
    blocks = tuple(Text((Span("제목", url="https://example.com/" + "x" * 80),)) for _ in range(4))

    def with_addresses(block: Block) -> int:
        return sum(len(s.text) + len(s.url or "") for s in spans(block))

    assert len(split(Message("closing", blocks, "요약"), Limits(250, 250, 9))) == 1
    assert len(split(Message("closing", blocks, "요약"), Limits(250, 250, 9), with_addresses)) == 2


def test_a_limit_smaller_than_a_character_is_refused() -> None:
    with pytest.raises(ValueError):
        split(Message("story", (Text((Span("👍🏽" * 3),)),), "요약"), Limits(10, 1, 9))


@pytest.mark.parametrize("limit", [SLACK, DISCORD, PLAIN], ids=["slack", "discord", "plain"])
@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_fits_each_platform(name: str, limit: Limits) -> None:
    for whole in messages(EDITIONS[name]()):
        parts = split(whole, limit)
        assert letters(content(parts)) == letters(list(whole.blocks))
        if whole.kind != "closing":
            assert len(parts) == 1, "an ordinary message needs no splitting"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_split_and_never_dropped(text: str) -> None:
    for whole in messages(hostile(text)):
        for limit in (SLACK, DISCORD, PLAIN):
            assert letters(content(split(whole, limit))) == letters(list(whole.blocks))


@pytest.mark.parametrize(
    "one", ["é", "👍🏽", "👩\u200d👧", "🇰🇷", "각", "한", "\r\n", "❤️", "각\u0323"], ids=ascii
)  # fmt: skip
def test_what_reads_as_one_character_has_no_border_inside(one: str) -> None:
    text = f"가{one}나"
    assert [at for at in range(1, len(text)) if is_border(text, at)] == [1, len(text) - 1]


def test_flags_pair_up() -> None:
    assert [at for at in range(9) if is_border("🇰🇷🇯🇵🇺🇸", at)] == [0, 2, 4, 6, 7, 8]
