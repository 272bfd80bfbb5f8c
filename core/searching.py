"""search(): what a person types becomes what the index is asked.

A Korean word also finds its English term and the other way round (the glossary's pairs, a channel's own first),
because half of what was collected is English. Conditions may stand among the words: `이후:2026-02-01`, `출처:OpenAI`,
`분야:cs.CL`, `종류:논문`. What cannot be looked for is said in a sentence, not answered with nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from core.checking import glossary
from core.model import Profile
from core.store import Hits, Kind, Store, Wanted
from core.store.tokens import asked, key

LIMIT = 10
_LONGEST = 200
_MOST_WORDS = 8
_CONDITIONS = {"이후": "since", "since": "since", "출처": "source", "source": "source", "분야": "category",
               "category": "category", "종류": "kind", "kind": "kind"}  # fmt: skip
_KINDS: dict[str, Kind] = {"이슈": "story", "story": "story", "논문": "paper", "paper": "paper", "뉴스": "news",
                           "news": "news"}  # fmt: skip
_NOTHING = "찾을 말을 적어 주세요. 예: 에이전트 메모리 · RAG 이후:2026-02-01 · 양자화 분야:cs.CL · 가격 출처:OpenAI"


@dataclass(frozen=True, slots=True)
class Query:
    """`words` as typed, without the conditions."""

    words: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Searched:
    """`said`: a sentence for the reader where the hits alone would puzzle; empty otherwise."""

    query: Query
    hits: Hits
    said: str = ""


async def search(store: Store, typed: str, profile: Profile, limit: int = LIMIT) -> Searched:
    """Finds it. Never raises for what was typed; StoreError."""
    query, problem = read_query(typed, profile)
    if problem:
        return Searched(query, Hits(), problem)
    hits = await store.search.find(query.wanted, limit)
    if hits.hits:
        return Searched(query, hits)
    conditions = query.wanted != Wanted(query.wanted.words, profile=profile.key)
    hint = "조건을 빼거나 낱말을 줄여 보세요." if conditions else "낱말을 줄이거나 다른 말로 찾아보세요."
    return Searched(query, hits, f"'{query.words}'에 맞는 이슈·논문·뉴스가 없습니다. {hint}")


def read_query(typed: str, profile: Profile) -> tuple[Query, str]:
    """The query, and a sentence when it cannot be asked."""
    words, wanted, problem = [], Wanted((), profile=profile.key), ""
    for word in typed[:_LONGEST].split():
        name, colon, value = word.partition(":")
        condition = _CONDITIONS.get(name.casefold()) if colon else None
        if condition is None:
            words.append(word)
            continue
        changed = _conditioned(wanted, condition, value)
        problem, wanted = (problem, changed) if isinstance(changed, Wanted) else (problem or changed, wanted)
    said = " ".join(words[:_MOST_WORDS])
    wanted = replace(wanted, words=asked(said, _same(profile.glossary)))
    return Query(said, wanted), problem or ("" if wanted.words else _NOTHING)


def _conditioned(wanted: Wanted, condition: str, value: str) -> Wanted | str:
    """With the condition, or what is wrong with it."""
    if condition == "since":
        try:
            return replace(wanted, since=date.fromisoformat(f"{value}-01" if value.count("-") == 1 else value))
        except ValueError:
            return "날짜는 이후:2026-02-01처럼 적어 주세요."
    if condition == "kind":
        kind = _KINDS.get(value.casefold())
        return replace(wanted, kind=kind) if kind else "종류는 이슈, 논문, 뉴스 가운데 하나입니다."
    if not key(value):
        return "출처:OpenAI, 분야:cs.CL처럼 조건의 값을 적어 주세요."
    return replace(wanted, source=value) if condition == "source" else replace(wanted, category=value)


@lru_cache(maxsize=64)
def _same(extra: tuple[tuple[str, str], ...]) -> Mapping[str, Sequence[str]]:
    """Korean by English and English by Korean, under the keys of both."""
    pairs: dict[str, dict[str, None]] = {}
    for term in glossary(extra):
        if term.korean and key(term.english) != key(term.korean):
            pairs.setdefault(key(term.english), {})[term.korean] = None
            pairs.setdefault(key(term.korean), {})[term.english] = None
    return {each: tuple(others) for each, others in pairs.items()}
