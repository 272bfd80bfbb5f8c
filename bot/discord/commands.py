"""`/aidaily` as a group of app commands, with Korean names and descriptions.

Each command is a name and the words that its options make; what they mean is decided in bot/commands. The payload is
registered only when it has changed: its hash is kept in the database.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

Interaction = discord.Interaction[Any]
Ask = Callable[[Interaction, str, str], Awaitable[None]]
"""(interaction, verb, words)"""
Suggest = Callable[[Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]
_LONGEST: Final = 200


class Korean(app_commands.Translator):
    """What a `locale_str` carries as `ko`."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        return string.extras.get("ko") if locale is discord.Locale.korean else None


def _(english: str, korean: str) -> locale_str:
    return locale_str(english, ko=korean)


def group(ask: Ask, suggest: Suggest) -> app_commands.Group:
    """The whole group. `ask` acknowledges and answers; `suggest` completes a paper's name."""
    made = app_commands.Group(
        name=_("aidaily", "ai데일리"), description=_("Daily AI papers and news, in Korean", "매일 AI 논문·뉴스 3–5개"),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )  # fmt: skip
    for name, korean, english, description in _PLAIN:
        made.add_command(_plain(ask, name, korean, english, description))
    for command in (
        _dated(ask, "today", "오늘", "The day's digest", "그날의 다이제스트"),
        _dated(ask, "weekly", "주간", "The week's threads of development", "한 주의 흐름"),
        _paper(ask, suggest),
        _ask(ask, suggest),
        _search(ask),
        _glossary(ask),
        _taste(ask),
        _subscribe(ask),
        _pause(ask),
    ):
        made.add_command(command)
    return made


_PLAIN: Final = (
    ("preview", "미리보기", "What a subscription brings", "구독하면 받게 될 글"),
    ("unsubscribe", "해지", "Stop the digest in this channel", "이 채널의 구독 끊기"),
    ("resume", "재개", "Post again after a pause", "쉬던 채널에 다시 올리기"),
    ("settings", "설정", "Time, topics, number of stories", "시각, 주제, 이슈 수, 팀 소개"),
    ("status", "상태", "Last and next run", "마지막 실행과 다음 실행"),
    ("help", "도움말", "How to use AI Daily", "AI Daily 쓰는 법"),
)


def _plain(ask: Ask, name: str, korean: str, english: str, description: str) -> app_commands.Command[Any, Any, Any]:
    async def callback(interaction: Interaction) -> None:
        await ask(interaction, name, "")

    return _command(callback, name, korean, english, description)


def _dated(ask: Ask, name: str, korean: str, english: str, description: str) -> app_commands.Command[Any, Any, Any]:
    @app_commands.rename(day=_("date", "날짜"))
    @app_commands.describe(day=_("e.g. 2026-02-03; today if left out", "예: 2026-02-03, 비우면 오늘"))
    async def callback(interaction: Interaction, day: app_commands.Range[str, 1, 20] | None = None) -> None:
        await ask(interaction, name, day or "")

    return _command(callback, name, korean, english, description)


def _paper(ask: Ask, suggest: Suggest) -> app_commands.Command[Any, Any, Any]:
    @app_commands.rename(paper=_("paper", "논문"))
    @app_commands.describe(paper=_("Number, arXiv id, address or title", "번호, arXiv 번호, 주소, 제목의 낱말"))
    async def callback(interaction: Interaction, paper: app_commands.Range[str, 1, 200]) -> None:
        await ask(interaction, "paper", paper)

    command = _command(callback, "paper", "논문", "One paper from its full text", "논문 하나를 본문에서 자세히")
    command.autocomplete("paper")(_completing(suggest))
    return command


def _ask(ask: Ask, suggest: Suggest) -> app_commands.Command[Any, Any, Any]:
    @app_commands.rename(paper=_("paper", "논문"), question=_("question", "질문"))
    @app_commands.describe(
        paper=_("Number, arXiv id or address", "번호, arXiv 번호, 주소"),
        question=_("Answered from the paper's text", "논문의 본문에서 답합니다"),
    )
    async def callback(
        interaction: Interaction, paper: app_commands.Range[str, 1, 200], question: app_commands.Range[str, 1, 1000]
    ) -> None:
        await ask(interaction, "ask", f"{paper} {question}")

    command = _command(callback, "ask", "질문", "Ask about one paper", "논문 하나에 대해 묻기")
    command.autocomplete("paper")(_completing(suggest))
    return command


def _search(ask: Ask) -> app_commands.Command[Any, Any, Any]:
    @app_commands.rename(words=_("words", "말"))
    @app_commands.describe(words=_("Words to look for", "찾을 말"))
    async def callback(interaction: Interaction, words: app_commands.Range[str, 1, _LONGEST]) -> None:
        await ask(interaction, "search", words)

    return _command(callback, "search", "검색", "Search past stories", "지난 이슈와 논문 찾기")


def _glossary(ask: Ask) -> app_commands.Command[Any, Any, Any]:
    @app_commands.rename(action=_("action", "동작"), term=_("term", "영어"), korean=_("korean", "한국어"))
    @app_commands.describe(
        action=_("Show, add or remove", "보기, 추가, 삭제"), term=_("English term", "영어 용어"),
        korean=_("Korean; empty keeps the English", "한국어, 비우면 영어 그대로"),
    )  # fmt: skip
    @app_commands.choices(
        action=[
            Choice(name=_("show", "보기"), value="목록"),
            Choice(name=_("add", "추가"), value="추가"),
            Choice(name=_("remove", "삭제"), value="삭제"),
        ]
    )
    async def callback(
        interaction: Interaction,
        action: str = "목록",
        term: app_commands.Range[str, 1, 60] | None = None,
        korean: app_commands.Range[str, 1, 60] | None = None,
    ) -> None:
        equals = f"={korean or ''}" if action == "추가" else ""
        await ask(interaction, "용어", action if action == "목록" else f"{action} {term or ''}{equals}")

    return _command(callback, "용어", "용어", "The channel's terms", "이 채널의 용어집")


def _taste(ask: Ask) -> app_commands.Command[Any, Any, Any]:
    @app_commands.rename(action=_("action", "동작"))
    @app_commands.describe(action=_("Show, take my last vote back, forget all", "보기, 내 마지막 표 취소, 지우기"))
    @app_commands.choices(
        action=[
            Choice(name=_("show", "보기"), value="보기"),
            Choice(name=_("undo", "취소"), value="취소"),
            Choice(name=_("clear", "지우기"), value="지우기"),
        ]
    )
    async def callback(interaction: Interaction, action: str = "보기") -> None:
        await ask(interaction, "취향", action)

    return _command(callback, "취향", "취향", "What votes have taught", "👍·👎가 선정을 움직인 만큼")


def _subscribe(ask: Ask) -> app_commands.Command[Any, Any, Any]:
    @app_commands.rename(clock=_("time", "시각"))
    @app_commands.describe(clock=_("e.g. 09:00 Asia/Seoul; 16:40 if left out", "예: 09:00 월–금, 비우면 16:40"))
    async def callback(interaction: Interaction, clock: app_commands.Range[str, 1, 60] | None = None) -> None:
        await ask(interaction, "subscribe", clock or "")

    return _command(callback, "subscribe", "구독", "Post the digest in this channel", "이 채널에 매일 올리기")


def _pause(ask: Ask) -> app_commands.Command[Any, Any, Any]:
    @app_commands.rename(until=_("until", "까지"))
    @app_commands.describe(until=_("Last day without a post, e.g. 2026-02-20", "글이 없을 마지막 날, 예: 2026-02-20"))
    async def callback(interaction: Interaction, until: app_commands.Range[str, 1, 20]) -> None:
        await ask(interaction, "pause", until)

    return _command(callback, "pause", "쉼", "No posts until a date", "정한 날까지 올리지 않기")


def _command(
    callback: Callable[..., Any], name: str, korean: str, english: str, description: str
) -> app_commands.Command[Any, Any, Any]:
    return app_commands.Command(name=_(name, korean), description=_(english, description), callback=callback)


def _completing(suggest: Suggest) -> Suggest:
    async def completed(interaction: Interaction, current: str) -> list[Choice[str]]:
        return await suggest(interaction, current)

    return completed


async def registered() -> list[dict[str, Any]]:
    """What a bot of ours registers."""

    async def ask(interaction: Interaction, verb: str, words: str) -> None: ...

    async def suggest(interaction: Interaction, words: str) -> list[Choice[str]]:
        return []

    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents(guilds=True)))
    await tree.set_translator(Korean())
    tree.add_command(group(ask, suggest))
    return await payload(tree)


async def payload(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """What would be registered: what discord.py makes, less what Discord's document does not name."""
    translator = tree.translator
    assert translator is not None
    made = [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]
    return [{name: value for name, value in each.items() if name != "nsfw"} for each in made]


def names(registered: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Every command by its full name, e.g. `aidaily today`."""
    return frozenset(f"{each['name']} {option['name']}" for each in registered for option in each.get("options", ()))


def digest(wanted: list[dict[str, Any]]) -> str:
    return hashlib.blake2b(json.dumps(wanted, sort_keys=True).encode(), digest_size=12).hexdigest()
