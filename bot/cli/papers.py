"""expand, ask, why: one paper from its full text, and why a story was chosen."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import click

from bot.cli.korean import KoreanCommand
from bot.cli.times import parse_date

if TYPE_CHECKING:
    from bot.app import App
    from core.expanding import CitedAnswer, Expansion
    from core.model import Edition, Paper

Said = TypeVar("Said")


@click.command(cls=KoreanCommand)
@click.argument("ref", metavar="논문")
@click.option("--json", "as_json", is_flag=True, help="JSON으로")
def expand(ref: str, as_json: bool) -> int:
    """논문 하나를 본문에서 자세히 정리합니다 (호의 번호, arXiv id·주소, 제목의 낱말)."""

    async def work(app: "App", paper: "Paper", edition: "Edition | None") -> "tuple[Expansion, bool]":
        return (said := await app.reading.expand(paper, _tell)), app.model is not None and said.extracted

    said, fell_back = asyncio.run(_with_paper(ref, work))
    _print(said, as_json)
    return 1 if fell_back else 0


@click.command(cls=KoreanCommand)
@click.argument("ref", metavar="논문")
@click.argument("question", metavar="질문")
@click.option("--json", "as_json", is_flag=True, help="JSON으로")
def ask(ref: str, question: str, as_json: bool) -> int:
    """논문 하나에 대해 묻고 본문에서 답을 얻습니다."""
    from core.errors import SettingsError
    from core.expanding import with_one_liner

    if not question.strip():
        raise SettingsError("질문", "물어볼 것을 적어 주세요.")

    async def work(app: "App", paper: "Paper", edition: "Edition | None") -> "tuple[CitedAnswer, bool]":
        said = await app.reading.ask(paper, question, (), _tell)
        return with_one_liner(said, edition), app.model is not None and said.extracted

    said, fell_back = asyncio.run(_with_paper(ref, work))
    _print(said, as_json)
    return 1 if fell_back else 0


@click.command(cls=KoreanCommand)
@click.argument("date", metavar="날짜")
@click.argument("n", type=click.IntRange(1), metavar="번호")
def why(date: str, n: int) -> int:
    """그날의 몇 번 이슈를 왜 뽑았는지 보입니다."""
    from bot.app import opened
    from bot.settings import load_settings
    from core.errors import SettingsError
    from core.model import Edition
    from core.render import phrases

    settings, on = load_settings(), parse_date(date, "날짜")
    assert on is not None

    async def work() -> Edition | None:
        async with opened(settings) as app:
            return await app.store.editions.get(on, app.profile.key)

    edition = asyncio.run(work())
    story = next((each for each in edition.stories if each.n == n), None) if edition else None
    if edition is None or story is None:
        raise SettingsError("번호", f"{date} 호에 {n}번 이슈가 없습니다.")
    click.echo(f"{n}. {story.headline}")
    for reason in story.why or ("남은 까닭이 없습니다.",):
        click.echo(f"- {reason}")
    if words := phrases.chosen_by(edition, story):
        click.echo(words)
    return 0


async def _with_paper(ref: str, work: "Callable[[App, Paper, Edition | None], Awaitable[Said]]") -> "Said":
    """Finds the paper (a number means the newest edition's) and does the work with it."""
    from bot.app import opened
    from bot.settings import load_settings
    from core.errors import PaperAmbiguous, PaperUnreadable

    async with opened(load_settings()) as app:
        dates = await app.store.editions.dates(app.profile.key)
        edition = await app.store.editions.get(dates[0], app.profile.key) if dates else None
        try:
            await _tell("논문을 찾는 중입니다")
            paper = await app.reading.find(ref, edition)
            await _tell("본문을 읽는 중입니다")
        except PaperAmbiguous as error:
            listed = "\n".join(f"- {paper_id}: {title}" for paper_id, title in error.choices)
            raise PaperUnreadable(f"{error}\n{listed}") from error
        return await work(app, paper, edition)


async def _tell(words: str) -> None:
    click.echo(f"… {words}", err=True)


def _print(said: "Expansion | CitedAnswer", as_json: bool) -> None:
    from bot.commands.explained import answer_message, expansion_message
    from core.expanding import Expansion, shape
    from core.render.plain import text

    if as_json:
        click.echo(json.dumps(shape(said), ensure_ascii=False, indent=1))
        unfound = "" if isinstance(said, Expansion) or said.found else said.text
        click.echo(" · ".join(filter(None, (unfound, said.note, said.basis_line))), err=True)
        return
    message = expansion_message(said) if isinstance(said, Expansion) else answer_message(said)
    click.echo(text(replace(message, picture=None), 100))  # the line about it has its address


COMMANDS = (expand, ask, why)
