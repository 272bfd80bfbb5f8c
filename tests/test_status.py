"""Status: what stands in the database, told to a person and to a script; and the commands that change it."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat import Closed
from bot.cli import main
from bot.doctor import examine
from bot.office import office, rules_of
from bot.settings import Settings
from bot.status import as_json, as_text, status
from core.llm import Usage
from core.model import Correction, Profile
from core.store import Due, Store, Subscription
from tests.editions import failing, full
from tests.fakes import FakeClock, FakePlatform, FakeSources, live, made_app, seoul
from tests.refusing import refusing

TUESDAY = date(2026, 2, 3)
EVENING = seoul("2026-02-03 19:00")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/status.db") as opened:
        yield opened


class World:
    def __init__(self, store: Store, home: Path) -> None:
        self.clock = FakeClock(EVENING)
        self.slack = FakePlatform(self.clock)
        self.sources = FakeSources(self.clock)
        self.app = made_app(store, self.clock, home, self.slack, sources=self.sources)

    async def told(self) -> tuple[str, dict[str, Any]]:
        found = await status(self.app, rules_of(self.app), self.clock.now())
        return as_text(found), json.loads(json.dumps(as_json(found)))


@pytest.fixture
def world(store: Store, tmp_path: Path) -> World:
    return World(store, tmp_path / "home")


async def test_before_anything_has_happened_it_says_so(world: World) -> None:
    text, packed = await world.told()
    assert "아직 만든 다이제스트가 없습니다." in text and "구독 중인 채널이 없습니다." in text
    assert packed["last"] is None and packed["next_at"] is None and packed["deliveries"] == {}


async def test_after_a_day_it_tells_the_funnel_the_sources_where_it_went_and_when_the_next_comes(
    world: World, store: Store
) -> None:
    world.clock.at = seoul("2026-02-03 16:30")
    long_ago = EVENING - timedelta(days=30)
    for name in ("C1", "C2", "C3"):
        await store.subscriptions.add(Subscription("slack", name, long_ago))
    world.slack.answers["C2", 1] = [Closed("봇이 채널에서 나갔습니다.")]
    await live(world.app, world.clock, EVENING)
    await store.usage.add(TUESDAY, Usage(7, 1000, 500, 0.1234))
    text, packed = await world.told()
    assert packed["last"]["date"] == "2026-02-03" and packed["last"]["status"] == "final"
    assert packed["last"]["funnel"]["chosen"] == 5
    assert packed["last"]["sources"] == [{"name": "arXiv", "ok": True, "count": 40, "detail": ""}]
    assert packed["deliveries"] == {"done": 2, "failed": 1}
    assert packed["faults"] == [{"what": "slack:C2", "reason": "봇이 채널에서 나갔습니다."}]
    assert packed["paused"] == packed["faults"]
    assert packed["channels"] == 2 and packed["next_at"] == seoul("2026-02-04 16:40").isoformat()
    assert packed["today"]["usd"] == 0.1234
    for words in ("수집 40", "선정 5", "정상 arXiv: 40건", "완료 2", "실패 1", "$0.123"):
        assert words in text, words
    assert "slack:C2: 봇이 채널에서 나갔습니다." in text and "다음 게시: 2026-02-04 16:40, 구독 채널 2곳" in text


async def test_a_cost_nobody_knows_is_said_once(world: World, store: Store) -> None:
    await store.editions.save(replace(full(), cost=replace(full().cost, usd=None)))
    await store.usage.add(TUESDAY, Usage(7, 1000, 500, None))
    text, _ = await world.told()
    assert "\n  비용 알 수 없음, 모델 호출 7번 (openai/gpt-5-mini)\n" in text
    assert "\n오늘: 비용 알 수 없음, 모델 호출 7번\n" in text and text.count("비용") == 2


async def test_a_price_that_is_not_known_is_told_beside_what_is(world: World, store: Store) -> None:
    for usd in (None, 0.25):
        await store.usage.add(TUESDAY, Usage(1, 10, 1, usd))
    assert "\n오늘: 비용 적어도 $0.250 (1번은 알 수 없음), 모델 호출 2번\n" in (await world.told())[0]


async def test_a_build_that_fails_is_told_with_its_reason(world: World, store: Store) -> None:
    world.clock.at = seoul("2026-02-03 16:10")
    world.sources.fail_until = EVENING
    await store.subscriptions.add(Subscription("slack", "C1", EVENING - timedelta(days=3)))
    await live(world.app, world.clock, seoul("2026-02-03 17:00"))
    text, packed = await world.told()
    assert packed["deliveries"] == {} or packed["deliveries"] == {"pending": 1}
    assert {"what": "2026-02-03 만들기", "reason": "모든 출처에서 수집하지 못했습니다."} in packed["faults"]
    assert "2026-02-03 만들기" in text


async def test_where_every_channel_has_its_own_profile_their_latest_edition_is_told(world: World, store: Store) -> None:
    own = Profile(stories=3)
    await store.editions.save(replace(full(), date=TUESDAY - timedelta(days=2), profile="default"))
    await store.editions.save(replace(full(3), date=TUESDAY, profile=own.key))
    await store.editions.save(replace(full(4), date=TUESDAY, profile="nobody's"))
    assert (await world.told())[1]["last"]["date"] == "2026-02-01"
    await store.subscriptions.add(Subscription("slack", "C1", EVENING, profile=own))
    text, packed = await world.told()
    assert packed["last"]["date"] == "2026-02-03" and "마지막 다이제스트: 2026-02-03" in text


async def test_sources_that_failed_are_told_as_failed(world: World, store: Store) -> None:
    await store.editions.save(failing())
    text, packed = await world.told()
    assert "  실패 " in text and any(not source["ok"] for source in packed["last"]["sources"])


async def test_a_quiet_sunday_is_told_as_skipped_with_the_reason(world: World, store: Store) -> None:
    sunday = date(2026, 2, 1)
    await store.editions.save(replace(failing(), date=sunday, status="final", stories=()))
    one = await store.subscriptions.add(Subscription("slack", "C1", EVENING))
    await store.deliveries.plan([Due(sunday, "default", one.id, seoul("2026-02-01 16:40"))])
    world.clock.at = seoul("2026-02-01 16:41")
    [courier] = office(world.app, world.clock).couriers
    await courier.run(until_idle=True)
    text, packed = await world.told()
    assert packed["deliveries"] == {"skipped": 1} and "게시할 이슈가 없는 날입니다." in text


async def test_many_faults_are_cut_and_counted(world: World, store: Store) -> None:
    await store.editions.save(failing())
    await store.subscriptions.seed(Subscription("slack", f"C{n:02}", EVENING) for n in range(14))
    for n in range(14):
        await store.subscriptions.pause("slack", f"C{n:02}", "채널이 없습니다.")
    text, packed = await world.told()
    assert text.count("멈춘 구독: slack:") == 10 and "멈춘 구독: 이 밖에 4건" in text and len(packed["paused"]) == 14


async def test_a_channel_whose_platform_has_no_token_is_told_as_failed(world: World, store: Store) -> None:
    world.clock.at = seoul("2026-02-03 16:30")
    for name in ("slack", "discord"):
        await store.subscriptions.add(Subscription(name, "C1", EVENING - timedelta(days=3)))
    assert (await world.told())[1]["faults"] == []
    await live(world.app, world.clock, EVENING)
    text, packed = await world.told()
    assert packed["deliveries"] == {"done": 1, "failed": 1} and "완료 1, 실패 1" in text
    assert packed["faults"] == [{"what": "discord:C1", "reason": "discord에 연결할 토큰이 설정되어 있지 않습니다."}]


async def test_a_post_of_an_earlier_day_that_is_not_out_is_told_with_its_day(world: World, store: Store) -> None:
    [one, other] = [await store.subscriptions.add(Subscription("slack", name, EVENING)) for name in ("C1", "C2")]
    await store.editions.save(full())
    before = TUESDAY - timedelta(days=1)
    await store.deliveries.plan([Due(before, "default", one.id, EVENING)])
    await store.deliveries.plan([Due(before, "default", other.id, EVENING + timedelta(hours=3))])  # in another zone
    text, packed = await world.told()
    assert packed["faults"] == [{"what": "slack:C1 (2026-02-02)", "reason": "아직 게시하지 못했습니다."}]
    assert "slack:C1 (2026-02-02): 아직 게시하지 못했습니다." in text
    await store.subscriptions.remove("slack", "C1")
    assert (await world.told())[1]["faults"] == []


async def test_reports_are_counted_until_the_story_is_put_right(world: World, store: Store) -> None:
    edition = full()
    await store.editions.save(edition)
    for n in (1, 2):
        await store.feedback.report("slack", "C1", "U1", edition.date, edition.profile, n, "틀림", EVENING)
    text, packed = await world.told()
    assert packed["reports"] == 2 and "고치지 않은 것 2건" in text
    right = Correction(EVENING + timedelta(hours=1), "", "8배", "4배")
    first, *rest = edition.stories
    await store.editions.save(replace(edition, stories=(replace(first, corrections=(right,)), *rest)))
    assert (await world.told())[1]["reports"] == 1
    world.clock.at = EVENING + timedelta(days=15)
    text, packed = await world.told()
    assert packed["reports"] == 0 and "신고" not in text


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AIDAILY_HOME", str(tmp_path / "house"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "house"


def test_subscribing_and_unsubscribing_on_the_command_line(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["subscribe", "slack:C01GEN"]) == 0
    told_once = capsys.readouterr()
    assert "구독했습니다." in told_once.out and "SLACK_BOT_TOKEN이 있어야 합니다" in told_once.err
    assert main(["subscribe", "terminal:here"]) == 0 and capsys.readouterr().err == ""
    assert main(["unsubscribe", "terminal:here"]) == 0
    assert main(["subscribe", "slack:C01GEN"]) == 0
    capsys.readouterr()
    assert main(["status", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["channels"] == 1 and told["next_at"] is not None
    assert main(["unsubscribe", "slack:C01GEN"]) == 0
    assert main(["unsubscribe", "slack:C01GEN"]) == 1
    capsys.readouterr()
    assert main(["status"]) == 0
    assert "구독 중인 채널이 없습니다." in capsys.readouterr().out


def test_a_closed_channel_subscribed_again_on_the_command_line_gets_nothing_that_fell_due_before(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def closed() -> None:
        async with Store(f"sqlite+aiosqlite:///{house}/aidaily.db") as store:
            await store.subscriptions.add(Subscription("slack", "C01GEN", EVENING))
            await store.subscriptions.pause("slack", "C01GEN", "봇이 채널에서 나갔습니다.")

    async def since() -> datetime:
        async with Store(f"sqlite+aiosqlite:///{house}/aidaily.db") as store:
            [one] = await store.subscriptions.list()
            return one.created_at

    asyncio.run(closed())
    before = datetime.now(UTC)
    assert main(["subscribe", "slack:C01GEN"]) == 0
    assert asyncio.run(since()) >= before


def test_reports_are_listed_with_how_to_put_them_right(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reports"]) == 0 and "고치지 않은 신고가 없습니다." in capsys.readouterr().out
    today = datetime.now(UTC).date()

    async def reported() -> None:
        async with Store(f"sqlite+aiosqlite:///{house}/aidaily.db") as store:
            await store.feedback.report("slack", "C1", "U1", today, "default", 2, "8배가 아니라 4배", EVENING)

    asyncio.run(reported())
    assert main(["reports"]) == 0
    shown = capsys.readouterr().out
    assert f"{today} 2번: 8배가 아니라 4배 (slack:C1에서 U1)" in shown
    assert f"python -m bot correct {today} 2 " in shown


@pytest.mark.parametrize(
    ("admin", "state", "said"),
    [
        (None, "off", "bot reports"), ("terminal:ops", "ok", ""),
        ("slack:COPS", "fault", "토큰이 있는 플랫폼"),
    ],
)  # fmt: skip
async def test_doctor_says_whether_an_operator_is_reached(
    tmp_path: Path, admin: str | None, state: str, said: str
) -> None:
    with refusing() as url:
        settings = Settings(
            _env_file=None, aidaily_home=tmp_path, admin_channel=admin, arxiv_api_url=url, arxiv_site_url=url,
            arxiv_rss_url=url, hf_api_url="off", hn_api_url="off", news_feeds=f"{url}/feed", news_search="off",
            arxiv_delay_s=0,
        )  # fmt: skip
        found = next(one for one in await examine(settings) if one.name == "운영 채널")
    assert found.state == state and said in found.remedy


@pytest.mark.parametrize("channel", ["C01GEN", "teams:x", "slack:", "slack: x"])
def test_a_channel_that_is_none_is_refused_in_one_sentence(
    house: Path, channel: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["subscribe", channel]) == 2
    told = capsys.readouterr()
    assert told.out == "" and len(told.err.splitlines()) == 1 and "C01GEN" in told.err


def test_what_an_earlier_version_took_for_a_channel_can_be_taken_back(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def taken() -> None:
        async with Store(f"sqlite+aiosqlite:///{house}/aidaily.db") as store:
            await store.subscriptions.add(Subscription("slack", "C 1", EVENING))

    asyncio.run(taken())
    assert main(["unsubscribe", "slack:C 1"]) == 0
    assert main(["unsubscribe", "slack:C 1"]) == 2


def test_post_for_a_day_to_come_is_refused(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["post", "--date", "2999-01-01", "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == "" and "--date" in told.err
