"""doctor, migrate, backup: what an operator does."""

import asyncio
import json
from pathlib import Path

import click

from bot.cli.korean import KoreanCommand


@click.command(cls=KoreanCommand)
@click.option("--json", "as_json", is_flag=True, help="JSON으로")
def doctor(as_json: bool) -> int:
    """설정, 데이터베이스, 소스, 모델을 하나씩 살피고 고칠 방법을 말합니다."""
    from dataclasses import asdict

    from bot.doctor import examine
    from bot.settings import load_settings

    results = asyncio.run(examine(load_settings()))
    if as_json:
        click.echo(json.dumps([asdict(r) for r in results], ensure_ascii=False, indent=1))
    for result in () if as_json else results:
        mark = {"ok": "정상", "fault": "문제", "off": "꺼짐"}[result.state]
        click.echo(f"[{mark}] {result.name}: {result.detail}")
        if result.remedy:
            click.echo(f"       → {result.remedy}")
    if any(result.state == "fault" and result.setting for result in results):
        return 2
    return 1 if any(result.state == "fault" for result in results) else 0


@click.command(cls=KoreanCommand)
def migrate() -> int:
    """데이터베이스를 이 버전에 맞춥니다 (run이 시작할 때도 합니다)."""
    from bot.settings import load_settings, make_home
    from core.store import Store

    async def work() -> tuple[str | None, str]:
        settings = load_settings()
        make_home(settings)
        store = Store(settings.database)
        try:
            return await store.open()
        finally:
            await store.close()

    before, after = asyncio.run(work())
    click.echo(
        f"데이터베이스가 최신입니다 ({after})." if before == after else f"맞췄습니다: {before or '없음'} → {after}"
    )
    return 0


@click.command(cls=KoreanCommand)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="파일")
def backup(file: Path) -> int:
    """데이터베이스를 파일 하나로 복사합니다 (쓰는 중에도 됩니다)."""
    from bot.settings import load_settings
    from core.errors import SettingsError
    from core.store import Store

    settings = load_settings()
    made = Store(settings.database)
    if not made.there:
        raise SettingsError("AIDAILY_HOME", f"백업할 데이터베이스가 {settings.aidaily_home}에 없습니다.")

    async def work() -> None:
        async with made as store:
            await store.backup(file)

    asyncio.run(work())
    click.echo(f"복사했습니다: {file}")
    return 0


COMMANDS = (doctor, migrate, backup)
