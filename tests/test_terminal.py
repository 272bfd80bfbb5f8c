"""The terminal: a journal that is its history, found again after a kill, whole after a torn line."""

import json
import multiprocessing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import deadline
from bot.chat import Absent, CouldNotLook, Done, NotSent, Place, Rejected, Step, Unsure
from bot.delivery import key_of
from bot.terminal import Terminal
from core.render.messages import messages
from tests.databases import files_of_at_most
from tests.editions import DAY, full, nothing
from tests.fakes import FakeClock, seoul

HERE = Place("terminal", "local")


def steps(terminal: Terminal) -> list[Step]:
    return [replace(step, key=key_of(DAY, HERE, step.seq)) for step in terminal.steps(full(), {})]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "home" / "terminal.jsonl"


def entries(journal: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in journal.read_text().splitlines() if line]


def times_whole(journal: Path, step: Step) -> int:
    """How often the step stands there, torn lines left aside."""
    return sum(line.endswith(b"}") and step.key.encode() in line for line in journal.read_bytes().split(b"\n"))


def tear(journal: Path, written: str, torn: str) -> None:
    """As if the power had gone while the next line was being written."""
    whole = journal.read_bytes()
    journal.write_bytes(whole + whole[: len(whole) // 2].replace(written.encode(), torn.encode()))


async def test_an_edition_is_its_messages_in_order_the_root_first() -> None:
    shown = Terminal(Path("nowhere")).steps(full(), {})
    assert [step.seq for step in shown] == list(range(7))
    assert [step.kind for step in shown] == ["root", *["part"] * 6]
    assert [step.message for step in shown] == list(messages(full()))


async def test_a_root_only_channel_has_one_step_that_promises_no_thread() -> None:
    [root] = Terminal(Path("nowhere")).steps(full(), {"root_only": True})
    assert root.message == messages(full(), thread=False)[0]
    assert len(Terminal(Path("nowhere")).steps(nothing(), {})) == len(messages(nothing()))


async def test_what_is_written_is_shown_and_kept(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(journal)
    for step in steps(terminal):
        assert isinstance(await terminal.do(step, HERE, ()), Done)
    shown = capsys.readouterr().out
    assert "CodeOCR" in shown and "원문 목록" in shown
    kept = entries(journal)
    assert [entry["seq"] for entry in kept] == list(range(7))
    assert {entry["place"] for entry in kept} == {"terminal:local"}
    assert all(str(entry["text"]).strip() in shown for entry in kept)


async def test_it_finds_what_it_or_another_process_has_written(journal: Path) -> None:
    here, there = Terminal(journal), Terminal(journal)
    first, second, *_ = steps(here)
    assert await here.find(first, HERE, ()) == Absent()
    done = await there.do(first, HERE, ())
    assert await here.find(first, HERE, ()) == done
    assert await here.find(second, HERE, ()) == Absent()
    done = await here.do(second, HERE, ())
    assert await there.find(second, HERE, ()) == done and await here.find(first, HERE, ()) != done


async def test_a_line_that_a_power_cut_has_torn_is_not_there_and_harms_nothing(journal: Path) -> None:
    terminal = Terminal(journal)
    first, second, *_ = steps(terminal)
    await terminal.do(first, HERE, ())
    tear(journal, first.key, second.key)
    again = Terminal(journal)
    assert await again.find(second, HERE, ()) == Absent()
    done = await again.do(second, HERE, ())
    assert await again.find(second, HERE, ()) == done == await terminal.find(second, HERE, ())
    assert isinstance(await terminal.find(first, HERE, ()), Done)


async def test_a_journal_that_takes_a_person_is_not_tried_again_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    terminal = Terminal(tmp_path / "home" / "terminal.jsonl")
    outcome = await terminal.do(steps(terminal)[0], HERE, ())
    assert isinstance(outcome, Rejected) and "쓸 수 없습니다" in outcome.reason


@pytest.mark.parametrize("lacking", [1, 40])
async def test_a_line_that_a_full_disk_cut_short_is_a_doubt_and_stands_once_in_the_end(
    journal: Path, tmp_path: Path, lacking: int
) -> None:
    terminal, elsewhere = Terminal(journal), tmp_path / "elsewhere.jsonl"
    first, *_ = steps(terminal)
    await Terminal(elsewhere).do(first, HERE, ())
    with files_of_at_most(elsewhere.stat().st_size - lacking):
        assert isinstance(await terminal.do(first, HERE, ()), Unsure)
    if isinstance(await Terminal(journal).find(first, HERE, ()), Absent):
        await terminal.do(first, HERE, ())
    await terminal.tell(HERE, messages(nothing())[0])
    assert times_whole(journal, first) == 1 and isinstance(await terminal.find(first, HERE, ()), Done)


async def test_of_a_disk_that_takes_nothing_nothing_is_in_doubt(journal: Path) -> None:
    terminal = Terminal(journal)
    first, second, *_ = steps(terminal)
    await terminal.do(first, HERE, ())
    with files_of_at_most(journal.stat().st_size):  # noqa: ASYNC240
        assert isinstance(await terminal.do(second, HERE, ()), NotSent)


async def test_what_is_written_too_late_is_not_written(journal: Path) -> None:
    clock = FakeClock(seoul("2026-02-03 16:40"))
    terminal = Terminal(journal)
    with deadline.until(clock.now() - timedelta(seconds=1), clock):
        assert isinstance(await terminal.do(steps(terminal)[0], HERE, ()), NotSent)
    assert entries(journal) == []


async def test_a_journal_that_cannot_be_read_is_no_answer(tmp_path: Path) -> None:
    folder = tmp_path / "terminal.jsonl"
    folder.mkdir()
    terminal = Terminal(folder)
    assert isinstance(await terminal.find(steps(terminal)[0], HERE, ()), CouldNotLook)


async def test_a_word_to_the_operator_is_shown_and_can_be_said_twice(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal(journal)
    message = messages(nothing())[0]
    assert isinstance(await terminal.tell(Place("terminal", "ops"), message), Done)
    assert isinstance(await terminal.tell(Place("terminal", "ops"), message), Done)
    assert capsys.readouterr().out.count(message.summary.split(":")[0]) == 2


def _write_many(journal: Path, name: str) -> None:
    import asyncio
    import contextlib
    import io

    async def work() -> None:
        terminal = Terminal(journal)
        place = Place("terminal", name)
        for step in terminal.steps(full(), {}):
            await terminal.do(replace(step, key=key_of(DAY, place, step.seq)), place, ())

    with contextlib.redirect_stdout(io.StringIO()):
        asyncio.run(work())


def test_processes_that_write_at_once_do_not_mix_their_lines(journal: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(journal, f"c{n}")) for n in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)
    kept = entries(journal)
    assert len(kept) == 21
    for n in range(3):
        assert [entry["seq"] for entry in kept if entry["place"] == f"terminal:c{n}"] == list(range(7))
