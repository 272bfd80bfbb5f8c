"""An edition for a person at a terminal, and for a script as JSON (the shape of the command's contract)."""

import json
import shutil
from dataclasses import asdict
from typing import Any

import click

from core.model import Edition, Story
from core.render import colophon
from core.render.messages import messages
from core.render.plain import text
from core.text import columns


def show(edition: Edition) -> None:
    """The digest as a channel's readers get it: the root message, then the thread."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    root, *thread = messages(edition)
    click.echo(text(root, width))
    for n, message in enumerate(thread, 1):
        label = f"└ 스레드 {n}/{len(thread)} "
        click.echo("\n" + click.style(label + "─" * (width - columns(label)), dim=True))
        click.echo(text(message, width))


def shortfalls(edition: Edition) -> tuple[str, ...]:
    """What it does without because a source or the model failed, a sentence each."""
    return tuple(filter(None, (colophon.failures(edition), *edition.notes)))


def as_contract(edition: Edition) -> str:
    cost = edition.cost
    value = {
        "date": edition.date.isoformat(),
        "profile": edition.profile,
        "status": edition.status,
        "batch": _batch(edition),
        "funnel": asdict(edition.funnel),
        "sources": [asdict(report) for report in edition.sources],
        "stories": [_story(story) for story in edition.stories],
        "actions": [asdict(action) for action in edition.actions],
        "model": cost.model or None,
        "calls": cost.calls,
        "tokens_in": cost.tokens_in,
        "tokens_out": cost.tokens_out,
        "cost_usd": cost.usd,
        "waited_s": edition.waited_s,
        "built_s": edition.built_s,
        "built_at": edition.built_at.isoformat(),
        "notes": edition.notes,
        "checked": edition.checked,
        "removed": edition.removed,
        "prompts": edition.prompts or None,
        "shortlist": edition.shortlist,
        "ranking_choice": edition.ranking_choice,
        "sample": edition.sample,
    }
    return json.dumps(value, ensure_ascii=False, indent=1)


def _batch(edition: Edition) -> dict[str, Any] | None:
    batch = edition.batch
    if batch is None:
        return None
    return {"date": batch.date.isoformat(), "announced_at": batch.announced_at.isoformat(), "new": batch.new}


def _story(story: Story) -> dict[str, Any]:
    return {
        "n": story.n,
        "item": story.item.id,
        "kind": story.item.kind,
        "title": story.item.title,
        "headline": story.headline or story.item.title,
        "keywords": story.keywords,
        "summary": [asdict(claim) for claim in story.summary],
        "one_liner": story.one_liner,
        "ideas": story.ideas,
        "risks": [asdict(claim) for claim in story.risks],
        "links": [asdict(link) for link in story.links],
        "basis": story.basis,
        "facts": dict(story.facts),
        "dropped": [asdict(drop) for drop in story.dropped],
        "why": story.why,
        "merged": [item.id for item in story.merged],
        "extracted": story.extracted,
        "note": story.note,
        "follow_up": story.follow_up and asdict(story.follow_up) | {"date": story.follow_up.date.isoformat()},
        "corrections": [asdict(each) | {"at": each.at.isoformat()} for each in story.corrections],
    }
