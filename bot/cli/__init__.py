"""The command line: every command of `python -m bot`, its exit code, and one Korean sentence for any error.

Exit codes: 0 done · 1 done with findings or faults · 2 wrong use or settings · 3 nothing could be made ·
4 budget or model refused. JSON goes to stdout alone, words to stderr. Modules are imported inside the commands,
so that `--help` is quick.
"""

import errno
import logging
import os
import sys
from pathlib import Path
from typing import Final, TextIO

import click

from bot.cli.archive import COMMANDS as ARCHIVE
from bot.cli.correcting import COMMANDS as CORRECTING
from bot.cli.delivering import COMMANDS as DELIVERING
from bot.cli.digest import COMMANDS as DIGEST
from bot.cli.korean import KoreanGroup, explain
from bot.cli.operate import COMMANDS as OPERATE
from bot.cli.papers import COMMANDS as PAPERS
from bot.cli.quality import COMMANDS as QUALITY
from bot.cli.weekly import COMMANDS as WEEKLY
from core.errors import (
    AiDailyError,
    BudgetReached,
    LlmRefused,
    NoEdition,
    PaperUnreadable,
    SettingsError,
    StoreError,
    StoreUnreadable,
)
from core.refusals import refusal

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


@click.group(cls=KoreanGroup, invoke_without_command=False)
@click.option(
    "--log-level", metavar="수준", help="기록 수준: DEBUG, INFO, WARNING, ERROR (기본: run은 INFO, 나머지는 없음)"
)
@click.pass_context
def cli(ctx: click.Context, log_level: str | None) -> None:
    """매일 16:40 KST, 개발자에게 중요한 AI 논문과 뉴스 3–5개를 전합니다."""
    # what people at a terminal are to know is in the output; a log would show them tracebacks
    log_level = log_level or ("INFO" if ctx.invoked_subcommand == "run" else "CRITICAL")
    level = logging.getLevelNamesMapping().get(log_level.upper())
    if level is None:
        raise SettingsError("--log-level", "DEBUG, INFO, WARNING, ERROR 가운데 하나여야 합니다.")
    logging.basicConfig(level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for library in ("alembic", "arxiv") if level > logging.DEBUG else ():  # a line for each plugin and page
        logging.getLogger(library).setLevel(logging.WARNING)


for command in (*DIGEST, *DELIVERING, *CORRECTING, *PAPERS, *ARCHIVE, *WEEKLY, *OPERATE, *QUALITY):
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> int:
    """Run one command line; the exit code. Known failures are one sentence on stderr, never a traceback."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who called; its number must not become a file's or a connection's
            setattr(sys, name, _nowhere())
    try:
        code = cli.main(arguments, prog_name="python -m bot", standalone_mode=False)
    except (click.ClickException, click.Abort, KeyboardInterrupt, AiDailyError) as error:
        click.echo(explain(error), err=True)
        return exit_code(error)
    except BrokenPipeError:
        return 1
    except OSError as error:
        if error.filename or error.errno not in _FULL:
            raise
        sys.stdout = _nowhere()  # what is left in the other would be tried again at the end
        click.echo(f"출력을 다 쓰지 못했습니다: {refusal(error)}.", err=True)
        return 1
    return int(code or 0)


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def exit_code(error: BaseException) -> int:
    match error:
        case SettingsError() | click.ClickException() | PaperUnreadable() | StoreUnreadable():
            return 2
        case NoEdition() | StoreError():
            return 3
        case BudgetReached() | LlmRefused():
            return 4
    return 1
