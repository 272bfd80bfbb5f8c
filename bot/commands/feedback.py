"""👍, 👎, 취향, 틀렸어요: one vote a person and story, changeable; what the votes have taught, and how to undo it; a
report reaches the operator and the store."""

from bot.chat import Done, Field, Form, Place, Reply
from bot.commands.counter import Counter
from bot.commands.editions import story_at
from bot.commands.saying import NOT_ALLOWED, message, note
from bot.reported import remedy
from core import learning
from core.text import shorten

_UNDO = "되돌리려면 /aidaily 취향 취소 를 쓰세요."
_CLEAR = "모두 지우려면 /aidaily 취향 지우기 를 쓰세요."
_SHOWN = 12
_GONE = "그 꼭지를 찾지 못했습니다. 보관 기간이 지났을 수 있습니다."


async def up(at: Counter) -> Reply:
    return await _vote(at, 1, "👍")


async def down(at: Counter) -> Reply:
    return await _vote(at, -1, "👎")


async def _vote(at: Counter, value: int, mark: str) -> Reply:
    found = await story_at(at, at.words)
    if found is None:
        return note(_GONE)
    edition, story = found
    place, person = at.request.place, at.request.person
    before = await at.app.store.feedback.vote(
        place.platform, place.channel, person.id, edition.date, edition.profile, story.n, story.item.id, value, at.now,
        place.workspace,
    )  # fmt: skip
    what = shorten(story.headline, 60)
    if before == value:
        return note(f"이미 {mark}로 적어 두었습니다: {what}", _UNDO)
    changed = "바꿨습니다" if before else "적었습니다"
    return note(f"{mark}로 {changed}: {what}", f"이 채널의 다음 선정에 조금씩 반영합니다. {_UNDO}")


async def taste(at: Counter) -> Reply:
    """`취향`: what the channel's votes move, and how far; `취향 취소`: the asker's last vote; `취향 지우기`: all."""
    place, votes = at.request.place, at.app.store.feedback
    match at.words:
        case "취소" | "undo":
            item = await votes.take_back(place.platform, place.channel, at.request.person.id)
            if item is None:
                return note("이 채널에 남긴 👍·👎가 없습니다.")
            found = await at.app.store.items.get(item)
            return note(f"마지막 표를 거뒀습니다: {shorten(found.title, 80) if found else item}")
        case "지우기" | "clear":
            if not at.may_change(await at.subscription()):
                return note(NOT_ALLOWED)
            gone = await votes.forget(place.platform, place.channel)
            return note(f"이 채널의 👍·👎 {gone}개를 지웠습니다." if gone else "이 채널에 지울 👍·👎가 없습니다.")
    learnt = await learning.taste_of(at.app.store, place.platform, place.channel, await at.day())
    weights = sorted(learnt.weights.items(), key=lambda each: (-abs(each[1]), each[0]))[:_SHOWN]
    if not weights:
        return note("아직 배운 취향이 없습니다. 꼭지의 👍·👎를 누르면 다음 선정에 조금씩 반영합니다.")
    lines = [f"{'👍' if weight > 0 else '👎'} {trait} ({weight:+.2f})" for trait, weight in weights]
    small = [f"한 꼭지의 점수를 많아야 ±{learning.MOST:g} 움직입니다. {_UNDO} {_CLEAR}"]
    return Reply((message("이 채널의 취향", bullets=lines, small=small),))


async def report(at: Counter) -> Reply:
    """The button 틀렸어요: what is wrong, in the reader's words."""
    found = await story_at(at, at.words)
    if found is None:
        return note(_GONE)
    field = Field("what", "무엇이 틀렸나요?", kind="lines", hint="문장이나 숫자를 적어 주시면 빨리 고칩니다")
    return Reply(form=Form("report.save", "틀린 곳 알리기", (field,), at.words))


async def report_save(at: Counter) -> Reply:
    found = await story_at(at, at.words)
    if found is None:
        return note(_GONE)
    edition, story = found
    place, person, words = at.request.place, at.request.person, at.request.fields.get("what", "").strip()
    await at.app.store.feedback.report(
        place.platform, place.channel, person.id, edition.date, edition.profile, story.n, words[:1000], at.now,
        place.workspace,
    )  # fmt: skip
    what = f"{edition.date} {story.n}번 '{shorten(story.headline, 80)}': {words or '(설명 없음)'}"
    told = await _tell_operator(at, what, remedy(edition.date, story.n, edition.profile))
    return note(
        "알려 주셔서 고맙습니다. " + ("운영자에게 전했습니다." if told else "운영자가 볼 수 있게 적어 두었습니다.")
    )


async def _tell_operator(at: Counter, what: str, how: str) -> bool:
    """Whether it surely arrived."""
    platform, _, channel = (at.app.settings.admin_channel or "").partition(":")
    if platform not in at.app.platforms:
        return False
    told = message("틀렸어요 신고", [what], small=[f"{at.request.place}에서 {at.request.person.id}", how])
    return isinstance(await at.app.platforms[platform].tell(Place(platform, channel), told), Done)
