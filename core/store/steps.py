"""Checkpoints of a build: the finished model calls, so that a build killed and repeated makes none of them again.

A build is named by `DATE/PROFILE/STATUS`, e.g. `2026-02-03/default/final`; a step by the ask's name. A step is
durable when `put` returns, with its usage in the day's sum: one commit, so a kill cannot part the two.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from core.llm import Spent, Usage
from core.store.engine import Database, insert
from core.store.tables import build_steps
from core.store.usage import Spending, add_usage


@dataclass(frozen=True, slots=True)
class Done:
    """A finished step."""

    output: str
    usage: Usage


class Steps:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, build: str, name: str) -> Done | None:
        columns = build_steps.c
        query = select(build_steps).where(columns.build == build, columns.name == name)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        return Done(row.output, Usage(row.calls, row.tokens_in, row.tokens_out, row.usd)) if row else None

    async def put(self, build: str, name: str, output: str, usage: Usage, day: date) -> None:
        """Keeps the step and adds its usage to `day`. A step put twice (two builders at once) keeps the later
        output; both were paid for, so both count."""
        values = {
            "output": output,
            "calls": usage.calls,
            "tokens_in": usage.tokens_in,
            "tokens_out": usage.tokens_out,
            "usd": usage.usd,
        }
        async with self._database.write() as connection:
            statement = insert(connection, build_steps).values(build=build, name=name, **values)
            await connection.execute(statement.on_conflict_do_update(index_elements=["build", "name"], set_=values))
            await add_usage(connection, day, usage)

    async def forget(self, build: str) -> int:
        """Drops the build's steps (`--rebuild`); their number. What they cost stays spent."""
        async with self._database.write() as connection:
            return (await connection.execute(delete(build_steps).where(build_steps.c.build == build))).rowcount

    async def prune(self, before: date) -> int:
        """Drops the steps of builds of earlier dates; their number."""
        query = delete(build_steps).where(build_steps.c.build < before.isoformat())
        async with self._database.write() as connection:
            return (await connection.execute(query)).rowcount

    def of(self, build: str, day: date) -> "BuildSteps":
        """One build's steps, paid on `day`, as core/llm/checkpoint.py wants them."""
        return BuildSteps(self, Spending(self._database), build, day)


class BuildSteps:
    """The steps of one build."""

    def __init__(self, steps: Steps, spending: Spending, build: str, day: date) -> None:
        self._steps = steps
        self._spending = spending
        self._build = build
        self._day = day

    async def get(self, name: str) -> str | None:
        done = await self._steps.get(self._build, name)
        return done.output if done else None

    async def put(self, name: str, output: str, usage: Usage) -> None:
        await self._steps.put(self._build, name, output, usage, self._day)

    async def spent(self) -> Spent:
        """Of the day, over all builds and commands."""
        return await self._spending.spent(self._day)
