"""A Message on Slack: every block within Slack's limits, every word of outside text literal, nothing lost."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SdkBlock

from bot.chat import Field, Form
from bot.slack import blocks, forms, home, posting
from bot.slack.voice import Origin
from core.render.message import Block, Bullets, Button, Divider, Heading, Message, Quote, Small, Span, Text
from core.render.messages import evidence, messages
from core.text import clean
from tests.editions import EDITIONS, HOSTILE, full, hostile
from tests.slack_rules import message_faults, view_faults

Json = Mapping[str, Any]


def posts(message: Message) -> list[dict[str, Any]]:
    return [blocks.content(piece) for piece in blocks.pieces(message)]


def literal(value: Any) -> Iterator[str]:
    """Every text that people read, wherever it stands."""
    if isinstance(value, Mapping):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for each in value.values():
            yield from literal(each)
    elif isinstance(value, list):
        for each in value:
            yield from literal(each)


def kinds(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("type"), str):
            yield value["type"]
        for each in value.values():
            yield from kinds(each)
    elif isinstance(value, list):
        for each in value:
            yield from kinds(each)


def test_a_full_edition_is_exactly_this(golden: Callable[[str, str], None]) -> None:
    made = [posted for step in posting.steps(full(), {}) if step.message for posted in posts(step.message)]
    golden("slack/full.json", json.dumps(made, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("name", EDITIONS)
def test_every_kind_of_day_is_a_root_replies_and_a_closing_that_slack_takes(name: str) -> None:
    steps = posting.steps(EDITIONS[name](), {})
    assert [step.kind for step in steps] == ["root", *["part"] * (len(steps) - 1)]
    assert [step.seq for step in steps] == list(range(len(steps)))
    for step in steps:
        assert step.message is not None
        assert message_faults(blocks.content(step.message)) == []


@pytest.mark.parametrize("name", EDITIONS)
def test_slacks_own_library_takes_every_block(name: str) -> None:
    for step in posting.steps(EDITIONS[name](), {}):
        assert step.message is not None
        made = blocks.blocks(step.message)
        parsed = SdkBlock.parse_all(made)
        assert [each.to_dict()["type"] for each in parsed] == [block["type"] for block in made]  # to_dict validates


def test_root_only_is_the_root_alone() -> None:
    assert len(posting.steps(full(), {"root_only": True})) == 1


def test_an_ordinary_day_is_one_message_a_story() -> None:
    assert len(posting.steps(full(), {})) == 1 + 5 + 1


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_in_every_field_is_shown_and_pings_nobody(text: str) -> None:
    edition = hostile(text)
    shown = [*messages(edition), *(evidence(story) for story in edition.stories)]
    for made in (posted for message in shown for posted in posts(message)):
        assert message_faults(made) == []
        assert not {"mrkdwn", "user", "usergroup", "broadcast", "markdown"} & set(kinds(made["blocks"]))
        assert "<" not in made["text"] and ">" not in made["text"]


def test_two_hundred_links_are_all_there() -> None:
    items = tuple((Span(f"제목 {n}", url=f"https://example.com/{n}/" + "a" * 90),) for n in range(200))
    made = posts(Message("closing", (Heading((Span("원문 목록"),)), Bullets(items, ordered=True)), "목록"))
    assert all(message_faults(each) == [] for each in made)
    links = [text for each in made for text in literal(each["blocks"]) if text.startswith("제목")]
    assert links == [f"제목 {n}" for n in range(200)]


def test_a_list_that_was_split_goes_on_counting() -> None:
    items = tuple((Span(f"{n}번째 문장입니다. " * 20),) for n in range(1, 61))
    made = posts(Message("answer", (Bullets(items, ordered=True),), "목록"))
    lists = [
        part for each in made for block in each["blocks"] if block["type"] == "rich_text" for part in block["elements"]
    ]
    starts = [part.get("offset", 0) + 1 for part in lists if part["type"] == "rich_text_list"]
    assert len(made) > 1 and starts == sorted(starts)
    assert starts[-1] + len(lists[-1]["elements"]) - 1 == 60


def test_empty_texts_leave_no_empty_elements() -> None:
    empty = (Span(""),)
    nothing: tuple[Block, ...] = (Heading(empty), Text(empty), Small(empty), Quote(()), Bullets(()), Bullets((empty,)))
    for block in nothing:
        assert message_faults(blocks.content(Message("answer", (block,), ""))) == []
    assert message_faults(blocks.content(Message("answer", (), ""))) == []


def test_a_heading_that_links_or_is_too_long_for_a_header_is_bold_text() -> None:
    for heading in (Heading((Span("가", url="https://example.com"),)), Heading((Span("가" * 151),))):
        assert [block["type"] for block in blocks.blocks(Message("answer", (heading,), "가"))] == ["rich_text"]
    assert blocks.blocks(Message("answer", (Heading((Span("가" * 150),)),), "가"))[0]["type"] == "header"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a", "https://a b", "http://a>|", "https://" + "a" * 3_000]
)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    made = blocks.blocks(Message("answer", (Text((Span("글", url=url),)),), "글"))
    assert "link" not in set(kinds(made))


def test_buttons_of_one_kind_have_ids_of_their_own_and_mean_the_same() -> None:
    row = tuple(Button("paper", f"{n}", f"2602.0000{n}") for n in range(3))
    elements = blocks.buttons(row)[0]["elements"]
    assert [each["action_id"] for each in elements] == ["aidaily.paper", "aidaily.paper#2", "aidaily.paper#3"]
    assert {blocks.action_of(each["action_id"]) for each in elements} == {"paper"}


def test_buttons_carry_ids_only() -> None:
    for step in posting.steps(full(), {}):
        assert step.message is not None
        for row in blocks.buttons(step.message.buttons):
            for each in row["elements"]:
                assert len(each["value"]) <= 40 and each["accessibility_label"]


def test_what_one_person_asked_for_is_few_posts() -> None:
    made = blocks.packed(messages(full()), (Button("share", "채널에 공유", "{}"),))
    assert len(made) <= 2
    assert all(message_faults(each) == [] for each in made)
    assert made[-1]["blocks"][-1]["elements"][0]["action_id"] == "aidaily.share"


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=300)
SPANS = st.lists(st.builds(Span, WORDS, st.booleans(), st.booleans(), st.booleans()), max_size=4).map(tuple)
BLOCKS = st.one_of(
    st.builds(Heading, SPANS, st.sampled_from((1, 2))), st.builds(Text, SPANS), st.builds(Quote, SPANS),
    st.builds(Small, SPANS), st.builds(Bullets, st.lists(SPANS, max_size=8).map(tuple), st.booleans()),
    st.just(Divider()),
)  # fmt: skip


@given(st.lists(BLOCKS, max_size=60).map(tuple), WORDS)
def test_any_message_is_valid_and_loses_nothing(made: tuple[Block, ...], summary: str) -> None:
    message = Message("answer", made, summary)
    sent = posts(message)
    assert all(message_faults(each) == [] for each in sent)
    shown = "".join(text for each in sent for text in literal(each["blocks"]))
    for block in made:
        for span in getattr(block, "spans", ()):
            assert squeezed(span.text) in squeezed(shown)


def squeezed(text: str) -> str:
    return "".join(clean(text).split())


def test_a_form_is_a_modal_and_comes_back_as_its_fields() -> None:
    fields = (
        Field("when", "시각", "16:40"), Field("team", "우리 팀", "", "lines", hint="다섯 줄"),
        Field("way", "방식", "b", "choice", (("a", "스레드"), ("b", "루트만"))),
    )  # fmt: skip
    origin = Origin("C1", "U1", "1.2", "C9", response_url="https://example.com/r", command=True)
    view = forms.filled(Form("settings.save", "채널 설정 (새로운 구독을 위한 긴 제목입니다)", fields, "w"), origin)
    assert view_faults(view) == []
    state = {
        "when": {"value": {"type": "plain_text_input", "value": "09:00"}},
        "team": {"value": {"type": "plain_text_input", "value": None}},
        "way": {"value": {"type": "static_select", "selected_option": {"value": "a"}}},
    }
    verb, words, values, back = forms.submitted({**view, "state": {"values": state}}, "U1")
    assert (verb, words, values) == ("settings.save", "w", {"when": "09:00", "team": "", "way": "a"})
    assert back == origin


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_in_forms_and_home_is_valid(text: str) -> None:
    form = Form("settings.save", text, (Field("a", text, text, "lines", hint=text),), "w")
    assert view_faults(forms.filled(form, Origin("C1", "U1"))) == []
    assert view_faults(forms.answered(messages(hostile(text)))) == []
    assert view_faults(home.page(messages(hostile(text)), "D1")) == []


def test_the_home_shows_channels_as_slack_does() -> None:
    page = home.page([Message("answer", (Bullets(((Span("C0123456: 16:40"),),)),), "채널")], "D1")
    item = page["blocks"][0]["elements"][0]["elements"][0]["elements"]
    assert item[0] == {"type": "channel", "channel_id": "C0123456"}
    assert item[1]["text"] == ": 16:40"
