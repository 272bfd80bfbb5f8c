"""rank, check, eval, bench: the same machinery on files, and the project's own figures."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot.cli.korean import KoreanCommand, KoreanGroup

_FILE = click.Path(exists=False, dir_okay=False, path_type=Path)


@click.command(cls=KoreanCommand)
@click.argument("file", type=_FILE, metavar="파일")
@click.option("--top", type=click.IntRange(1), metavar="N", help="앞의 N개만")
@click.option(
    "--profile", default="default", metavar="이름", help="none = 예상 관심도만, default = 개발자 관련성과 다양성까지"
)
@click.option("--json", "as_json", is_flag=True, help="JSON으로")
def rank(file: Path, top: int | None, profile: str, as_json: bool) -> int:
    """파일의 후보 논문(.jsonl, .jsonl.gz)을 순위대로 늘어놓습니다."""
    from core.errors import SettingsError
    from core.model import Profile
    from core.ranking import rank as rank_items
    from core.ranking import read_candidates, varied

    if profile not in ("none", "default"):
        raise SettingsError("--profile", "none 또는 default 여야 합니다.")
    chosen = Profile() if profile == "default" else None
    picks = rank_items(read_candidates(file), profile=chosen, now=datetime.now(UTC))
    if chosen is not None:
        picks = varied(picks, chosen.stories)
    picks = picks[:top]
    if as_json:
        rows = [{"id": p.item.id, "score": round(p.score, 4), "why": p.why} for p in picks]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    for n, pick in enumerate(() if as_json else picks, 1):
        click.echo(f"{n:4}. {pick.item.id}  {pick.score:7.2f}  {pick.item.title}  ({', '.join(pick.why)})")
    if not picks:
        click.echo("순위를 매길 논문이 없습니다.", err=True)
    return 0


@click.command(cls=KoreanCommand)
@click.argument("file", type=_FILE, metavar="파일")
@click.option("--json", "as_json", is_flag=True, help="문장마다 JSON 한 줄로")
def check(file: Path, as_json: bool) -> int:
    """파일의 다이제스트 꼭지(.jsonl)를 문장마다 원문과 견주어 봅니다."""
    from dataclasses import asdict

    from core.checking import check as check_sentences
    from core.checking import read_entries

    found_any = False
    for entry in read_entries(file):
        for index, findings in enumerate(check_sentences(entry.reading, entry.sentences)):
            found_any = found_any or bool(findings)
            row = {"id": entry.id, "index": index, "ok": not findings, "findings": [asdict(f) for f in findings]}
            if as_json:
                click.echo(json.dumps(row, ensure_ascii=False))
            for finding in () if as_json else findings:
                click.echo(f"{entry.id} {index}: {finding.detail} — {finding.span}")
    if not found_any and not as_json:
        click.echo("걸린 문장이 없습니다.")
    return 1 if found_any else 0


@click.group(cls=KoreanGroup)
def evaluate() -> None:
    """품질 수치를 잽니다: ranking, checking, korean."""


@evaluate.command(cls=KoreanCommand)
@click.argument("folder", type=click.Path(path_type=Path), metavar="폴더")
@click.option("--json", "as_json", is_flag=True, help="JSON으로")
def ranking(folder: Path, as_json: bool) -> int:
    """날짜별 후보와 커뮤니티의 선택(.jsonl.gz)으로 P@5, nDCG@5를 잽니다."""
    from core.ranking.evaluate import evaluate as figures

    click.echo(json.dumps(figures(folder), ensure_ascii=False, indent=None if as_json else 1))
    return 0


@evaluate.command(cls=KoreanCommand)
@click.argument("file", type=_FILE, metavar="파일")
@click.option("--judge", is_flag=True, help="LLM_MODEL의 두 번째 확인까지 (모델을 부릅니다)")
@click.option("--json", "as_json", is_flag=True, help="JSON으로")
def checking(file: Path, judge: bool, as_json: bool) -> int:
    """정답이 붙은 문장들로 검사의 재현율과 오경보율을 잽니다."""
    from core.checking import evaluate as figures

    measured = asyncio.run(_judged(file)) if judge else figures(file)
    click.echo(json.dumps(measured, ensure_ascii=False, indent=None if as_json else 1))
    return 0


async def _judged(file: Path) -> dict[str, Any]:
    from bot.app import build_model
    from bot.settings import load_settings
    from core.checking import evaluate_judged
    from core.errors import SettingsError
    from core.llm.structured import StructuredLlm

    model = build_model(load_settings())
    if model is None:
        raise SettingsError("LLM_MODEL", "두 번째 확인에는 모델이 있어야 합니다.")
    return await evaluate_judged(file, StructuredLlm(model))


@evaluate.command(cls=KoreanCommand)
@click.argument("file", type=_FILE, metavar="파일.md")
@click.option("--json", "as_json", is_flag=True, help="JSON으로")
def korean(file: Path, as_json: bool) -> int:
    """다이제스트 한 편의 한국어 문체를 살핍니다."""
    from dataclasses import asdict

    from core.checking import check_korean
    from core.errors import SettingsError

    try:
        page = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("파일", f"'{file}' 파일을 읽을 수 없습니다.") from error
    findings = check_korean(page)
    if as_json:
        click.echo(json.dumps([asdict(f) for f in findings], ensure_ascii=False, indent=1))
    for finding in () if as_json else findings:
        click.echo(str(finding))
    if not findings and not as_json:
        click.echo("걸린 문장이 없습니다." if page.strip() else "살필 글이 없습니다.")
    return 1 if findings else 0


@click.command(cls=KoreanCommand)
@click.argument(
    "what", type=click.Choice(["build", "delivery", "commands", "month", "reading"]), default="build", metavar="[무엇]"
)
@click.option("--listings", type=click.Path(file_okay=False, path_type=Path), metavar="폴더",
              help="commands, month: 날짜별 후보 파일(.jsonl.gz)을 씁니다 (기본: 지어낸 논문)")  # fmt: skip
@click.option("--papers", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="폴더",
              help="reading: html/IDvN/index.html과 pdf/IDvN.pdf가 있는 폴더 (기본: 지어낸 논문)")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="JSON으로 (지금은 늘 JSON입니다)", hidden=True)
def bench(what: str, listings: Path | None, papers: Path | None, as_json: bool) -> int:
    """이 자리에서 잽니다: build = 논문 500편의 하루, delivery = 채널 2,000곳에 게시하며 프로세스를 죽이기,
    commands = 2년치 보관소에서 찾기와 today, 명령을 들었다고 알리기까지의 시간, month = 30일을 이어 만들며 되풀이와
    후속 세기, reading = 논문 읽기(시간, 메모리, 구절 찾기, 본문으로 쓴 하루)."""
    from bot.bench.build import bench_build
    from bot.bench.commands import bench_commands
    from bot.bench.delivery import bench_delivery
    from bot.bench.month import bench_month
    from bot.bench.reading import bench_reading

    figures: dict[str, Callable[[], Coroutine[Any, Any, dict[str, Any]]]] = {
        "build": bench_build, "delivery": bench_delivery, "commands": lambda: bench_commands(listings),
        "month": lambda: bench_month(listings), "reading": lambda: bench_reading(papers),
    }  # fmt: skip
    measured = asyncio.run(figures[what]())
    click.echo(json.dumps(measured, ensure_ascii=False, indent=1))
    return 0


evaluate.name = "eval"
COMMANDS = (rank, check, evaluate, bench)
