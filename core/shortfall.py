"""What an edition does without, and why: its model failed, or what the model wrote did not pass the checks.

Who meets a shortfall hands it on; the edition says them at its top, one sentence for each reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shortfall:
    """`what`: the missing (요약) or what stands in (원문 발췌); `why`: the model's failure as a sentence, "" = the
    checks; `story`: its number, 0 = the whole edition."""

    what: str
    why: str = ""
    story: int = 0


def told(shortfalls: Iterable[Shortfall | None], stories: int) -> tuple[str, ...]:
    """In Korean, for readers of an edition with so many stories."""
    reasons: dict[str, dict[str, list[int]]] = {}
    for each in shortfalls:
        if each:
            reasons.setdefault(each.why, {}).setdefault(each.what, []).append(each.story)
    return tuple(
        _sentence(why, ", ".join(_named(what, numbers, stories) for what, numbers in parts.items()))
        for why, parts in reasons.items()
    )


def _sentence(why: str, what: str) -> str:
    if why:
        return f"모델의 답을 쓸 수 없었습니다({what}): {why}"
    return f"자동 검증을 통과하지 못해 싣지 않은 것이 있습니다: {what}."


def _named(what: str, numbers: Sequence[int], stories: int) -> str:
    if numbers == [0]:
        return what
    return f"{'모든' if len(numbers) == stories else '·'.join(map(str, numbers)) + '번'} 이슈 {what}"
