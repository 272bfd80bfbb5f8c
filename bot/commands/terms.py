"""용어: a channel's glossary: what is in it, what applies to a word, add, remove.

The shipped glossary stands behind it; a channel's own rows come first and win, in the prompts and in what code puts
right afterwards.
"""

from dataclasses import replace

from bot.chat import Reply
from bot.commands.counter import Counter
from bot.commands.saying import NOT_ALLOWED, message, note
from core.checking import glossary as whole_glossary
from core.model import Profile

_MOST = 100
_ENGLISH = "영어 그대로"
_HOW = "이렇게 적어 주세요: 용어 추가 fine-tuning=미세조정 · 용어 추가 RAG= (영어 그대로) · 용어 삭제 RAG · 용어 RAG"


async def glossary(at: Counter) -> Reply:
    """`용어`, `용어 English`, `용어 추가 English=한국어`, `용어 삭제 English`"""
    subscribed = await at.subscription()
    profile = await at.profile()
    verb, _, rest = at.words.partition(" ")
    if verb in ("", "목록", "list", "보기"):
        return _listed(profile)
    if verb not in ("추가", "add", "삭제", "remove"):
        return _applies(profile, at.words.strip())
    if subscribed is None:
        return note("먼저 /aidaily subscribe 로 이 채널을 구독해 주세요.")
    if not at.may_change(subscribed):
        return note(NOT_ALLOWED)
    english, equals, korean = (" ".join(part.split())[:60] for part in rest.partition("="))
    if korean.strip("()") == _ENGLISH:
        korean = ""
    adding = verb in ("추가", "add")
    if not english or (adding and not equals):
        return note(_HOW)
    others = tuple(term for term in profile.glossary if term[0].casefold() != english.casefold())
    if not adding and others == profile.glossary:
        return note(f"'{english}': 이 채널의 용어집에 없습니다. {_HOW}")
    if adding and len(others) >= _MOST:
        return note(f"용어는 {_MOST}개까지 정할 수 있습니다. 쓰지 않는 것을 먼저 지워 주세요.")
    terms = (*others, (english, korean)) if adding else others
    changed = replace(subscribed, profile=replace(profile, glossary=terms), created_at=at.now)
    await at.app.store.subscriptions.add(changed)
    if not adding:
        return note(f"용어집에서 지웠습니다. 다음 호부터 쓰지 않습니다: {english}")
    return note(f"용어집을 고쳤습니다. 다음 호부터 씁니다: {english} → {korean or _ENGLISH}")


def _listed(profile: Profile) -> Reply:
    lines = [f"{english} → {korean or _ENGLISH}" for english, korean in profile.glossary]
    shipped = len(whole_glossary())
    said = [] if lines else ["이 채널이 따로 정한 용어는 없습니다."]
    return Reply((message("이 채널의 용어", [*said, f"기본 용어집 {shipped}개를 함께 씁니다. {_HOW}"], bullets=lines),))


def _applies(profile: Profile, word: str) -> Reply:
    """What the glossary says about one word, and whose word that is."""
    own = {english.casefold() for english, _ in profile.glossary}
    wanted = word.casefold()
    found = [t for t in whole_glossary(profile.glossary) if wanted in (t.english.casefold(), t.korean.casefold())]
    if not found:
        return note(f"'{word[:60]}': 용어집에 없습니다. {_HOW}")
    return note(
        " · ".join(
            f"{t.english} → {t.korean or _ENGLISH} ({'이 채널' if t.english.casefold() in own else '기본 용어집'})"
            for t in found
        )
    )
