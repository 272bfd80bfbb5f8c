"""When a channel posts, as people write it; what is not understood is named, never left out."""

import pytest

from bot.commands.when import read_when

WEEK = (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("16:40", "16:40"), ("9:05", "09:05"), ("오후 4:40", "16:40"), ("오후4:40", "16:40"), ("4:40pm", "16:40"),
        ("4:40 PM", "16:40"), ("4pm", "16:00"), ("오후 4시 40분", "16:40"), ("9시", "09:00"), ("오전 12:30", "00:30"),
        ("오후 12:30", "12:30"), ("오후 16:40", "16:40"), ("16:40에", "16:40"), ("매일", ""),
    ],
)  # fmt: skip
def test_a_time_of_day(typed: str, clock: str) -> None:
    assert read_when(typed).clock == clock


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("매일", tuple(range(7))), ("평일", WEEK), ("주중", WEEK), ("월-금", WEEK), ("월~금", WEEK), ("월–금", WEEK),
        ("월 ~ 금", WEEK), ("월요일부터 금요일까지", WEEK), ("토–월", (0, 5, 6)), ("월요일", (0,)),
        ("매주 일요일", (6,)), ("월수금", (0, 2, 4)), ("월, 수, 금", (0, 2, 4)), ("월요일 수요일", (0, 2)),
        ("주말", (5, 6)), ("매일 일요일제외", (0, 1, 2, 3, 4, 5)), ("일요일은 빼고", (0, 1, 2, 3, 4, 5)),
        ("토 일 제외", WEEK),
        ("평일 수요일 제외", (0, 1, 3, 4)), ("주말과 공휴일 제외", WEEK), ("월화수목금 공휴일제외", WEEK),
        ("16:40", ()),
    ],
)  # fmt: skip
def test_weekdays(typed: str, days: tuple[int, ...]) -> None:
    said = read_when(typed)
    assert said.days == days and said.no_holidays == ("공휴일" in typed)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("9:30 America/New_York", "America/New_York"), ("16:40 매일 KST", "Asia/Seoul"), ("utc 9:00", "UTC"),
     ("매일 16:40(Asia/Seoul)", "Asia/Seoul"), ("16:40 EST", "EST"), ("16:40", "")],
)  # fmt: skip
def test_a_zone(typed: str, zone: str) -> None:
    assert read_when(typed).zone == zone


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("25:00", "'25:00'을"), ("24:00", "'24:00'을"), ("116:40", "'116:40'을"), ("16:400", "'16:400'을"),
        ("오전 16:40", "'오전 16:40'을"), ("오전 4:40pm", "'오전 4:40pm'을"), ("9:00 10:00", "'10:00'을"),
        ("16:40 Mars/Base", "'Mars/Base'를"), ("16:40 Asia/Tokyo KST", "'KST'를"), ("저녁 7시", "'저녁'을"),
        ("매일 반말", "'반말'을"), ("16:40 공휴일", "'공휴일'을"), ("월-수-금", "'월-수-금'을"),
        ("C01GENERAL", "'C01GENERAL'"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_named(typed: str, named: str) -> None:
    with pytest.raises(ValueError, match="이해하지 못했습니다") as refused:
        read_when(typed)
    assert named in str(refused.value)


@pytest.mark.parametrize(("typed", "said"), [("월 수 제외", "붙여 적어"), ("월 월제외", "하나도")])
def test_days_left_out_that_leave_a_doubt_or_nothing(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_when(typed)


def test_a_long_line_of_days_is_read_at_once() -> None:
    with pytest.raises(ValueError, match="'x'"):
        read_when("토 " * 1500 + "x")
