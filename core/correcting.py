"""Putting right what was told: a story is withdrawn, or words in it are replaced. Pure: an edition in, an edition out.

What was posted stays in `Edition.posted`, because the channels hold it in so many messages, and a correction edits
those and moves none. Done again, nothing changes: a correction is known by its words, not by its time.
"""

from collections.abc import Callable
from dataclasses import replace

from core.model import Correction, Edition, Link, Story
from core.render.phrases import shown
from core.telling import reworded


def put_right(edition: Edition, item: str, wanted: Correction) -> Edition:
    """The edition with what it says about that item put right: withdrawn down to title, link and reason, or with
    `after` for `before`, as readers see them, wherever the story says so and the actions that come from it. The same
    edition when there is nothing to do, or no more."""
    change = _corrected if wanted.before else _withdrawn
    stories = tuple(
        change(story, wanted) if item in {each.id for each in (story.item, *story.merged)} else story
        for story in edition.stories
    )
    if stories == edition.stories:
        return edition
    changed = {new.n: new for new, old in zip(stories, edition.stories, strict=True) if new != old}
    gone = {n for n, story in changed.items() if story.withdrawn}
    actions = (
        replace(action, lead=_put(action.lead, wanted), text=_put(action.text, wanted)) if action.story in changed
        else action
        for action in edition.actions
    )  # fmt: skip
    kept = tuple(action for action in actions if action.story not in gone)
    return replace(edition, stories=stories, actions=kept, posted=edition.posted or edition)


def shows(story: Story, wanted: Correction) -> bool:
    """Whether this correction was made."""
    if not wanted.before:
        return story.withdrawn
    words = (shown(wanted.before), shown(wanted.after))
    return any((each.before, each.after) == words for each in story.corrections)


def _withdrawn(story: Story, wanted: Correction) -> Story:
    if story.withdrawn:
        return story
    return replace(
        story, headline="", keywords=(), summary=(), one_liner="", ideas=(), risks=(), facts=(), why=(), note="",
        links=(Link(story.item.title, story.item.url),), grounds=(), follow_up=None,
        corrections=(*story.corrections, wanted),
    )  # fmt: skip


def _corrected(story: Story, wanted: Correction) -> Story:
    done = replace(wanted, before=shown(wanted.before), after=shown(wanted.after))
    last = story.corrections[-1] if story.corrections else None
    told = _with_words(story, lambda text: _put(text, wanted))
    if told == story or (last and (last.before, last.after) == (done.before, done.after)):
        return story
    return replace(told, corrections=(*story.corrections, done))


def _put(text: str, wanted: Correction) -> str:
    old = shown(wanted.before)
    return shown(text).replace(old, shown(wanted.after)) if old and old in shown(text) else text


def _with_words(story: Story, put: Callable[[str], str]) -> Story:
    """The story with all that it says put through `put`; quotes are the source's and stay."""
    return replace(
        reworded(story, put),
        facts=tuple((label, put(value)) for label, value in story.facts),
        grounds=tuple(replace(ground, text=put(ground.text)) for ground in story.grounds),
    )
