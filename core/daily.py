"""make_edition(): the day on one screen. It alone knows the order of the stages.

What happens inside a stage is the stage's business; what happens when one fails is said here: a source that
fails is in the reports, a model that fails leaves the ranking's own choice and the sources' own words.
"""

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import replace

from core import shortfall
from core.desk import Desk, Job
from core.errors import LlmError
from core.listing import chosen_first, index, shortlist
from core.memory import recall
from core.model import Edition, Funnel, Pick
from core.ranking import rank, select
from core.shortfall import Shortfall
from core.telling import Teller, advise, tell_all
from core.week import SATURDAY, Week
from core.writing import choose, quotable

log = logging.getLogger(__name__)
SHORTLIST = 60  # what the model chooses among


async def make_edition(job: Job, desk: Desk) -> Edition:
    """The edition, saved, or the one that stands by then and may not be replaced. Raises NoEdition when every source
    failed, StoreError; nothing else."""
    started, waited = time.monotonic(), desk.waited()
    desk.progress("수집")
    collected = await desk.collect()
    desk.progress(f"선별: {len(collected.items):,}건")
    wanted = replace(job.profile, categories=job.categories)
    known = await asyncio.to_thread(recall, collected.items, desk.told, job.day)
    record = await desk.record()
    ranked = await asyncio.to_thread(
        rank, collected.items, profile=wanted, now=job.now, told=known.repeats, taste=desk.taste, record=record
    )
    alone = select(ranked if desk.llm else _quotable(ranked, job.profile.stories), job.profile.stories)
    chosen, by_rank = await _choose(job, desk, ranked, alone)
    ordered = chosen_first(chosen, ranked)
    desk.progress(f"작성: {len(chosen)}건")
    told = await tell_all(chosen, Teller(job.profile, desk.read, desk.llm, job.judged, desk.lent))
    desk.progress("실무 액션")
    actions, week = await asyncio.gather(advise(told, job.profile, llm=desk.llm), _week(job, desk))
    new = len(collected.items) - len(await desk.seen(collected.items))
    waited = desk.waited() - waited
    edition = Edition(
        date=job.day,
        profile=job.profile.key,
        status=job.status,
        built_at=job.now,
        batch=collected.batch,
        funnel=Funnel(len(collected.items), new, min(len(ranked), SHORTLIST), len(chosen)),
        sources=collected.reports,
        stories=tuple(known.marked(t.story) for t in told),
        actions=actions.kept,
        index=index(collected.items, ordered),
        shortlist=shortlist(ordered, len(chosen)),
        ranking_choice=tuple(p.item.id for p in alone),
        cost=desk.cost(),
        prompts=desk.prompts(job.judged),
        checked=sum(t.checked for t in told) + actions.checked,
        removed=sum(len(t.story.dropped) for t in told) + actions.removed,
        notes=shortfall.told((by_rank, *(t.shortfall for t in told), actions.shortfall), len(told)),
        waited_s=round(waited, 2),
        built_s=round(time.monotonic() - started - waited, 2),
        sample=job.sample,
        week=week,
        categories=job.categories,
    )
    desk.progress("저장")
    return await desk.save(edition)


def _quotable(ranked: Sequence[Pick], wanted: int) -> Sequence[Pick]:
    """Those that have a sentence to quote, where there are enough."""
    able = [pick for pick in ranked if quotable(pick.item)]
    return able if len(able) >= wanted else ranked


async def _choose(
    job: Job, desk: Desk, ranked: Sequence[Pick], alone: tuple[Pick, ...]
) -> tuple[tuple[Pick, ...], Shortfall | None]:
    """The picks to tell."""
    if desk.llm is None or not alone:
        return alone, None
    try:
        return await choose(desk.llm, ranked[:SHORTLIST], len(alone), job.profile), None
    except LlmError as error:
        log.warning("choose.by_rank reason=%s", error)
        return alone, Shortfall("순위대로 선정", str(error))


async def _week(job: Job, desk: Desk) -> Week | None:
    """On Saturdays the week's review, written while the actions are."""
    if job.day.weekday() != SATURDAY:
        return None
    desk.progress("한 주의 흐름")
    return await desk.review()
