"""click in Korean: help headings, and one sentence for each kind of wrong use.

click's own texts go through gettext and the machine's language; what our users read does not depend on that.
"""

from collections.abc import Iterable

import click
from click.exceptions import NoArgsIsHelpError

from core.particles import particle
from core.text import columns, wrap

_TERM = 24  # columns; what a longer one means begins on the next line


class Formatter(click.HelpFormatter):
    """Help in columns as wide as a terminal draws them: a Hangul syllable takes two."""

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _TERM, col_spacing: int = 2) -> None:
        rows, indent = tuple(rows), " " * self.current_indent
        term = min(max(columns(name) for name, _ in rows), col_max)
        for name, meaning in rows:
            lines = wrap(meaning, self.width - self.current_indent - term - col_spacing)
            if columns(name) > term:
                self.write(f"{indent}{name}\n")
            else:
                self.write(f"{indent}{name}{' ' * (term - columns(name) + col_spacing)}{lines.pop(0)}\n")
            self.write("".join(f"{indent}{' ' * (term + col_spacing)}{line}\n" for line in lines))


class Context(click.Context):
    formatter_class = Formatter


class KoreanCommand(click.Command):
    """A command whose help is Korean, and who says of wrong use what it was and which command's."""

    context_class = Context
    allow_extra_args = True  # so that they come back from the parser, to be named

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            rest = super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = error.ctx or ctx
            raise
        if rest and not isinstance(self, click.Group):
            raise click.UsageError(f"'{rest[0]}'{particle(rest[0], '은/는')} 받지 않는 인자입니다.", ctx)
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="사용법: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for p in self.get_params(ctx) if (record := p.get_help_record(ctx)) and record[1]]
        if records:
            with formatter.section("옵션"):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "이 도움말을 보입니다."
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [piece.replace("[OPTIONS]", "[옵션]") for piece in super().collect_usage_pieces(ctx)]


class KoreanGroup(KoreanCommand, click.Group):
    """A group of such commands."""

    command_class = KoreanCommand
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        KoreanCommand.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("명령"):
            formatter.write_dl(
                [(name, self.commands[name].get_short_help_str(200)) for name in self.list_commands(ctx)]
            )

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order of importance they were added, not by the alphabet

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[옵션]", "명령 [인자]…"]


def explain(error: BaseException) -> str:
    """One Korean sentence for a known failure."""
    match error:
        case click.NoSuchOption():
            return f"'{error.option_name}' 옵션은 없습니다. {_see_help(error)}"
        case click.NoSuchCommand():
            return f"'{error.command_name}' 명령은 없습니다. {_see_help(error)}"
        case click.MissingParameter():
            return f"{_name(error)} 값이 빠졌습니다. {_see_help(error)}"
        case click.BadParameter():
            return f"{_name(error)}: {_why_not(error)} {_see_help(error)}"
        case click.FileError():
            return f"'{error.ui_filename}' 파일을 열 수 없습니다."
        case NoArgsIsHelpError():
            return error.message
        case click.BadOptionUsage():
            wrong = "옵션은 값을 받지 않습니다." if _is_flag(error) else "값이 빠졌습니다."
            return f"{error.option_name} {wrong} {_see_help(error)}"
        case click.UsageError():
            told = error.message if _korean(error.message) else "명령의 옵션이나 인자가 맞지 않습니다."
            return f"{told} {_see_help(error)}"
        case click.Abort() | KeyboardInterrupt():
            return "멈췄습니다."
    return str(error)


def _is_flag(error: click.BadOptionUsage) -> bool:
    options = error.ctx.command.get_params(error.ctx) if error.ctx else ()
    return any(isinstance(each, click.Option) and each.is_flag and error.option_name in each.opts for each in options)


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return "인자"
    return error.param.opts[0] if isinstance(error.param, click.Option) else error.param.human_readable_name.strip("[]")


def _why_not(error: click.BadParameter) -> str:
    if _korean(error.message):
        return error.message
    match error.param.type if error.param else None:
        case click.Path(file_okay=False):
            return "폴더 이름이어야 합니다."
        case click.Path():
            return "파일 이름이어야 합니다."
        case click.IntRange(min=low, max=high):
            return f"{low} 이상{'' if high is None else f' {high} 이하'}의 정수여야 합니다."
        case click.Choice(choices=choices):
            return f"{', '.join(choices)} 가운데 하나여야 합니다."
    return "쓸 수 없는 값입니다."


def _korean(text: str) -> bool:
    return any("가" <= letter <= "힣" for letter in text)


def _see_help(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "python -m bot"
    return f"쓰는 법: {path} --help"
