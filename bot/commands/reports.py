"""status, help, home: about the bot itself."""

from bot.chat import Reply
from bot.commands.counter import Counter
from bot.commands.saying import message
from bot.office import rules_of
from bot.status import as_text
from bot.status import status as status_of
from core.particles import particle
from core.render.message import Button
from core.render.messages import root

_HELP = tuple(
    f"/aidaily {line}"
    for line in (
        "today [날짜]: 그날의 다이제스트",
        "paper 번호·arXiv id·주소·제목: 논문 하나를 본문에서 자세히",
        "ask 논문 질문: 그 논문의 본문에서 답",
        "preview: 구독하면 받게 될 글",
        "subscribe [시각 요일 시간대] / unsubscribe: 이 채널의 구독",
        "pause 날짜 / resume: 그날까지 쉬기, 다시 받기",
        "settings: 시각, 쉬는 날, 주제, 이슈 수, 팀 소개",
        "용어: 이 채널의 용어집 보기·추가·삭제",
        "취향 [취소|지우기]: 👍·👎가 선정을 움직인 만큼 보기, 되돌리기",
        "search 말 [이후:2026-02-01] [분야:cs.CL] [출처:OpenAI]: 지난 이슈와 논문 찾기",
        "weekly [날짜]: 한 주의 흐름",
        "status: 마지막 실행과 다음 실행",
    )
)
_MORE = (
    "한국어로도 됩니다: 오늘, 논문, 질문, 미리보기, 구독, 해지, 쉼, 재개, 설정, 검색, 주간, 상태, 도움말."
    " Discord의 한국어 화면에서는 /ai데일리 구독처럼 보입니다.",
    "@AI Daily로 불러도 같은 말을 알아듣습니다. '@AI Daily 1 코드 있어?'처럼 번호를 앞에 적으면 그 논문의 본문에서"
    " 답하고, 이어서 물을 때는 번호를 빼도 됩니다.",
    "버튼: 자세히(본문에서 정리) · 근거(원문 문장) · 👍👎(다음 선정에 반영) · 틀렸어요(운영자에게 알림)"
    " · 채널에 공유(나만 보던 답을 모두에게)",
)


async def help_text(at: Counter) -> Reply:
    return Reply((message("AI Daily 쓰는 법", bullets=_HELP, small=_MORE),))


async def unknown(at: Counter) -> Reply:
    reply = await help_text(at)
    word = at.request.verb[:40]
    first = message("", [f"'{word}'{particle(word, '은/는')} 모르는 말이라, 쓸 수 있는 것을 보여 드립니다."])
    return Reply((first, *reply.messages))


async def status(at: Counter) -> Reply:
    lines = as_text(await status_of(at.app, rules_of(at.app), at.now)).splitlines()
    return Reply((message("AI Daily 상태", [line for line in lines if line.strip()]),))


async def home(at: Counter) -> Reply:
    """Slack's App Home: today's list, my channels, how-to."""
    edition = await at.edition()
    shown = [root(edition)] if edition else [message("오늘의 AI Daily", ["아직 나온 호가 없습니다."])]
    subscribed = [
        one for one in await at.app.store.subscriptions.list()
        if one.platform == at.request.place.platform and one.workspace in ("", at.request.place.workspace)
    ]  # fmt: skip
    channels = tuple(f"{one.channel}: {one.post_at} ({one.tz})" for one in subscribed) or ("구독한 채널이 없습니다.",)
    button = Button("help", "쓰는 법", accessibility="쓰는 법 보기")
    return Reply(
        (*shown, message("받고 있는 채널", bullets=channels), message("쓰는 법", bullets=_HELP, buttons=(button,)))
    )
