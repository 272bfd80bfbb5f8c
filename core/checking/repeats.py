"""What was said before: the sentence, headline or action that comes again, and the quote that a section has already.

Only the same words count, whatever their case, blanks and full stop: who says one thing twice in other words is the
judge's business. A risk may stand on the words that the summary quotes (its figure, and under which condition).
"""

from collections.abc import Iterable
from typing import Final

from core.model import Finding, Sentence
from core.text import one_line, shorten

_APART: Final = frozenset({"headline", "keyword", "action"})  # compared with their like; the others with all others


def same(text: str) -> str:
    """Equal for texts that say the same in the same words."""
    return one_line(text).casefold().rstrip(".")


def repeats(sentences: Iterable[Sentence]) -> tuple[tuple[Finding, ...], ...]:
    """For each sentence a finding where one before it says or, in its section, quotes the same."""
    seen: set[tuple[str, str]] = set()
    found: list[tuple[Finding, ...]] = []
    for each in sentences:
        said = (each.section if each.section in _APART else "", same(each.text))
        quoted = (f"quote {each.section}", same(each.quote or ""))
        if said in seen:
            found.append((Finding("repeated", shorten(each.text, 80), "앞에 나온 말을 되풀이합니다"),))
        elif each.quote and quoted in seen:
            detail = "앞 문장과 같은 원문을 인용합니다. 다른 대목을 인용하거나 한 문장으로 합칩니다"
            found.append((Finding("repeated", shorten(each.quote, 80), detail),))
        else:
            found.append(())
        seen |= {said, quoted}
    return tuple(found)
