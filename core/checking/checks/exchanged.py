"""Figures exchanged between names: 1.3x over A and 2.7x over B, the AUC of the 20B model told of the 120B, winner and
loser. Only bindings that grammar makes plain count.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from core.checking.checks import owned
from core.checking.checks.bindings import bound_english, bound_korean, same_name, spots_of
from core.checking.checks.proper import kind, proper, unbracketed
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.scan import scan
from core.checking.texts.source import Case
from core.model import Finding


def check(case: Case) -> Iterator[Finding]:
    told = case.sentence.section
    if told in ("headline", "one_liner", "risk"):
        case = case.anchored
    if case.place is None or case.opinion:
        return
    text = unbracketed(case.text)
    said = proper(text)
    yield from _swapped(case, text, said)
    if told != "headline":
        yield from _strange(case, text, said)
        yield from _beaten(case, text)


def _swapped(case: Case, text: str, said: Mapping[str, str]) -> Iterator[Finding]:
    """Figures bound to one name in the quote and to another in the sentence."""
    assert case.place is not None
    a, b = case.place
    source = case.source.text[a:b]
    told = list(bound_korean(text, said))
    bound = bound_english(source) if told else {}
    if not bound:
        return
    given = [g for g in scan(source) if not g.weak]
    unsigned = [g for g in given if source[g.start - 1 : g.start] != "+"]  # `+1.6%` is a figure of another kind
    in_quote = {k for *_, k in spots_of(source)}
    for quantity, key in told:
        if owned.nobodys(text, quantity):
            continue
        here = [g for g in given if agree(quantity, g) is Match.YES]
        owners = [bound[g.start] for g in here if g.start in bound]
        if not owners and "respectively" not in source and any(g in here for g in unsigned):
            of_others = {q.start for q, k in told if not same_name(k, key)}
            row = [q for q in case.quantities if q.start not in of_others]
            if other := _untold(
                quantity, row, [g for g in unsigned if _is_of(key, bound.get(g.start, set()), in_quote)]
            ):
                yield Finding("misattributed", quantity.text, f"인용문에서 이 이름의 수치는 {other.text}입니다")
                return
        if len(owners) < len(here) or not owners or any(same_name(key, owner) for keys in owners for owner in keys):
            continue
        if owned.shared(source, here, key, said[key]) or owned.told(text, owners, said, quantity):
            continue
        compared = key in in_quote and re.search(rf"{re.escape(said[key])}\s?(?:보다|대비)", text)
        if compared and owned.of_all(source, owners[0], key, said[key]):
            continue
        named = any(same_name(key, owner) for keys in bound.values() for owner in keys)
        if compared or named or _siblings(key, owners[0]):
            yield Finding(
                "misattributed", quantity.text, f"인용문에서 {quantity.text}의 주인은 {sorted(owners[0])[0]}입니다"
            )
            return


def _is_of(key: str, owners: Set[str], in_quote: Set[str]) -> bool:
    """Whether a figure is bound to this name; of one that the quote has in full, a part is another (CoT of Hi-CoT)."""
    return key in owners if key in in_quote else any(same_name(key, owner) for owner in owners)


def _untold(quantity: Quantity, row: Sequence[Quantity], theirs: Sequence[Quantity]) -> Quantity | None:
    """The figure of this kind that the quote gives the name, where the sentence tells none of those."""
    alike = [
        g for g in theirs if g.unit.dimension == quantity.unit.dimension and ("." in g.text) == ("." in quantity.text)
    ]
    return None if not alike or any(agree(q, g) is Match.YES for q in row for g in alike) else alike[0]


def _strange(case: Case, text: str, said: Mapping[str, str]) -> Iterator[Finding]:
    """A model that the quote does not name as the topic of a figure that grammar gives to the quote's own model."""
    assert case.place is not None
    source = case.source.text[slice(*case.place)]
    topics = [
        key for key, word in said.items() if kind(key) == "model" and (f"{word}은 " in text or f"{word}는 " in text)
    ]
    named = {key for *_, key in spots_of(source)} if topics else set()
    if len(topics) != 1 or any(same_name(topics[0], key) for key in named):
        return
    bound = {start: {k for k in keys if kind(k) == "model"} for start, keys in bound_english(source).items()}
    for g in scan(source):
        owners = bound.get(g.start, set())
        told = any(same_name(owner, other) for owner in owners for other in said)
        if owners and not told and any(agree(q, g) is Match.YES for q in case.quantities if not q.weak):
            yield Finding("misattributed", said[topics[0]], f"인용문에서 {g.text}의 주인은 {sorted(owners)[0]}입니다")
            return


def _siblings(key: str, owners: set[str]) -> bool:
    """Models of one family: gpt oss 20b and gpt oss 120b."""
    return any(key.split()[0] == owner.split()[0] and kind(key) == kind(owner) == "model" for owner in owners)


def _beaten(case: Case, text: str) -> Iterator[Finding]:
    """Winner and loser exchanged: `A outperforms B` told as `B가 A를 앞섰다`."""
    assert case.place is not None
    source = case.source.text[case.place[0] : case.place[1]]
    losers = {
        k
        for m in re.finditer(r"(?:outperform|surpass|exceed|beat)\w*\s(?:the\s|an?\s)?", source)
        for s, _, k in spots_of(source)
        if s == m.end() or (s > m.end() and re.fullmatch(r"(?:[a-z-]+\s){1,3}", source[m.end() : s]))
    }
    told = {
        k
        for m in re.finditer(r"(?:을|를|보다)[^,.]{0,24}(?:앞섰|앞서|앞질|능가|웃돌|넘어섰|제쳤)", text)
        for _, e, k in spots_of(text)
        if text[e : m.start()].strip() == ""
        or re.fullmatch(r"(?:의)?\s?[\d.%~-]{1,12}(?:배|점|%p?)?", text[e : m.start()])
    }
    winners = {k for _, e, k in spots_of(text) if re.match(r"(?:은|는|이|가)\s", text[e:])}
    if losers and told and not any(same_name(a, b) for a in losers for b in told) and losers & winners:
        yield Finding("misattributed", sorted(told)[0], "인용문과 이긴 쪽이 반대입니다")
