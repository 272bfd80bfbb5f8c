"""Whose figure it is: a true number must stay with the model, benchmark or condition that the quote gives it to.

Three ways to lose it. The sentence names something that the quoted place does not, while the quote names another of
the kind in its stead. The quote's name is longer (BrowseComp-Plus told as BrowseComp). Two figures change places
(1.3x over A and 2.7x over B; AUC of the 20B model told of the 120B). Only bindings that grammar makes plain count.
"""

import re
from collections.abc import Iterator, Mapping

from core.checking.checks import owned
from core.checking.checks.bindings import bound_english, bound_korean, same_name, spots_of
from core.checking.checks.proper import kind, proper
from core.checking.texts import loanwords
from core.checking.texts.naming import is_general
from core.checking.texts.plain import row
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
    text = re.sub(r"\([^()]*\)", lambda m: m[0] if re.search(r"\d", m[0]) else " ", case.text)
    said = proper(text)
    quoted = row(case.source.text[case.place[0] : case.place[1]])
    in_quote = proper(case.source.text[case.place[0] : case.place[1]])
    if told == "headline":  # short forms of names are its right
        yield from _swapped(case, text, said)
        return
    yield from _elsewhere(case, said, quoted, in_quote)
    yield from _shorter(case, said, quoted, in_quote)
    yield from _swapped(case, text, said)
    yield from _strange(case, text, said)
    yield from _beaten(case, text)


def _elsewhere(case: Case, said: Mapping[str, str], here: str, in_quote: Mapping[str, str]) -> Iterator[Finding]:
    """A name that the source has, but not in the quoted sentence, which names another instead."""
    title = row(case.source.title)
    told = row(case.text)
    for key, word in said.items():
        if f" {key} " in here or not case.source.has(word) or _main(case, key, title):
            continue
        if any(owned.initials(other).upper().startswith(word) for other in in_quote):
            continue
        if case.sentence.section == "risk" and (_joined(case.text, word, here) or owned.left_open(case.text, word)):
            continue
        if " " in key and _shares_part(key, here, in_quote, told):
            continue
        rivals = _rivals(case, in_quote, word)
        if not rivals and not _near_before(case, word):
            whole = " ".join(case.source.text[a:b] for a, b in case.source.around(case.place or (0, 0)))
            rivals = _rivals(case, proper(whole), word)
        if _near_before(case, word):
            quote = case.source.text[slice(*case.place)] if case.place else ""
            rivals = [
                r
                for r in rivals
                if re.search(rf"\b(?:on|than|over|for|against|with|to|vs\.?|in|of|by)\s(?:the\s)?{re.escape(r)}", quote)
            ]
        alike = [r for r in rivals if kind(word) == "model" or _PLAIN.fullmatch(word) or not _PLAIN.fullmatch(r)]
        if (alike and _figures_shared(case)) or (rivals and _row_shared(case.text, word, said, here)):
            yield Finding("misattributed", word, f"인용한 문장은 {rivals[0]}에 대한 것입니다")
            return


def _rivals(case: Case, named: Mapping[str, str], word: str) -> list[str]:
    """The names of the word's kind that the sentence does not tell, in Latin or in Hangul."""
    title, told = row(case.source.title), row(case.text)
    spelled = loanwords.told(case.text)  # 소볼레프
    return [
        other
        for key, other in named.items()
        if f" {key} " not in told
        and not _main(case, key, title)
        and (kind(other) == kind(word) or _compared(case, word, other))
        and not _covered(key, told)
        and not (spelled and loanwords.given(other) & spelled)
        and owned.initials(key).upper()[:3] not in case.text
    ]


def _compared(case: Case, word: str, other: str) -> bool:
    """Both are what is compared with: `over B`, `B와 견줘`."""
    told = re.search(rf"{re.escape(word)}(?:보다|(?:와|과|에)?\s?(?:대비|견[줘주]|비[해교]|달리))", case.text)
    given = rf"\b(?:over|than|against|versus|vs\.?|compared (?:to|with)|relative to)\s(?:the\s)?{re.escape(other)}"
    return told is not None and re.search(given, case.source.text[slice(*(case.place or (0, 0)))]) is not None


def _joined(text: str, word: str, here: str) -> bool:
    """A risk lists the name with one of the quote's (`수치는 A와 B뿐`)."""
    beside = re.search(rf"([A-Za-z][\w.-]*)(?:[와과],?|,|·)\s?{re.escape(word)}", text)
    return beside is not None and row(beside[1]).strip() != "" and row(beside[1]) in here


def _shares_part(key: str, here: str, in_quote: Mapping[str, str], told: str) -> bool:
    """The quote has a word of this name, and not only in names that the sentence tells beside it."""
    shared = [p for p in key.split() if len(p) > 3 and not p.isdigit() and f" {p} " in here]
    return any(not (alike := [k for k in in_quote if p in k.split()]) or any(f" {k} " not in told for k in alike)
               for p in shared)  # fmt: skip


def _near_before(case: Case, word: str) -> bool:
    """The name stands in the quote's own sentence, outside the quote."""
    assert case.place is not None
    return any(word in case.source.text[a:b] for a, b in case.source.around(case.place))


def _covered(key: str, told: str) -> bool:
    return any(f" {part} " in told for part in key.split() if len(part) > 3)


_PLAIN = re.compile("[A-Z][a-z]+")  # Maze is no rival of HRM
_OWN = re.compile(r"(?:introduc|propos|present|develop|call|releas)\w*(?: \w+){0,3}$")


def _main(case: Case, key: str, title: str) -> bool:
    """The reading's own subject: in its title, or introduced as its own."""
    if f" {key} " in title:
        return True
    words, head = case.source.words, f" {key.split()[0]} "
    at = words.find(head)
    while at >= 0 and not _OWN.search(words[max(0, at - 96) : at]):
        at = words.find(head, at + 1)
    return at >= 0


def _row_shared(text: str, word: str, said: Mapping[str, str], here: str) -> bool:
    """The sentence lists the quote's names: one that is not among them stands in another's place."""
    name = re.escape(word)
    listed = re.search(rf"(?:,|·|[와과]|및)\s?{name}(?![A-Za-z])|(?<![A-Za-z]){name}(?:,|·|[와과]\s|\s및)", text)
    return bool(listed) and sum(f" {key} " in here for key in said) >= 2


def _figures_shared(case: Case) -> bool:
    assert case.place is not None
    near = case.source.within((case.place,))
    return any(agree(q, g) is Match.YES for q in case.quantities if not q.word for g in near)


def _shorter(case: Case, said: Mapping[str, str], quoted: str, in_quote: Mapping[str, str]) -> Iterator[Finding]:
    """The quote writes the name only with something behind it (-Plus, -Mini, a version) that the sentence drops."""
    told = row(case.text)
    for key, word in said.items():
        longer = [
            other
            for k, other in in_quote.items()
            if k.startswith(key + " ")
            and other != word
            and re.match(rf"{re.escape(word)}-[A-Z0-9]", other)
            and not is_general(rest := k.removeprefix(key + " "))  # MoE-LLMs is MoE
            and f" {rest} " not in told  # ICL and IWL of `ICL-IWL mixtures`
        ]
        if not longer or not case.source.has(word):
            continue
        tail = [k for k, other in in_quote.items() if other in longer]
        alone = quoted.replace(f" {tail[0]} ", " ")
        if f" {key} " not in alone and f" {tail[0]} " not in told and _stands_alone(case, word):
            yield Finding("misattributed", word, f"인용한 문장은 {longer[0]}에 대한 것입니다")
            return


def _stands_alone(case: Case, word: str) -> bool:
    """The source also uses the short name for itself, so the two are different things."""
    return bool(re.search(rf"(?<![\w-]){re.escape(word)}(?![A-Za-z0-9-])", case.source.text))


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
    for quantity, key in told:
        if owned.nobodys(text, quantity):
            continue
        here = [g for g in given if agree(quantity, g) is Match.YES]
        owners = [bound[g.start] for g in here if g.start in bound]
        other = (
            None
            if owners or "respectively" in source
            else _own_other(
                quantity,
                key,
                _apart(source, key, bound),
                [g for g in given if source[g.start - 1 : g.start] != "+"],
                case,
                told,
            )
        )
        if other:
            yield other
            return
        if len(owners) < len(here) or not owners or any(same_name(key, owner) for keys in owners for owner in keys):
            continue
        if owned.shared(source, here, key, said[key]) or owned.told(text, owners, said, quantity):
            continue
        compared = re.search(rf"{re.escape(said[key])}\s?(?:보다|대비)", text) and key in {
            k for *_, k in spots_of(source)
        }
        if compared and owned.of_all(source, owners[0], key, said[key]):
            continue
        named = any(same_name(key, owner) for keys in bound.values() for owner in keys)
        if compared or named or _siblings(key, owners[0]):
            yield Finding(
                "misattributed", quantity.text, f"인용문에서 {quantity.text}의 주인은 {sorted(owners[0])[0]}입니다"
            )
            return


def _apart(source: str, key: str, bound: dict[int, set[str]]) -> dict[int, set[str]]:
    """What is bound to other names than parts of the name that the quote has in full (CoT beside Hi-CoT)."""
    if key not in {k for *_, k in spots_of(source)}:
        return bound
    return {start: {k for k in keys if k == key or not same_name(k, key)} for start, keys in bound.items()}


def _own_other(
    quantity: Quantity,
    key: str,
    bound: dict[int, set[str]],
    given: list[Quantity],
    case: Case,
    told: list[tuple[Quantity, str]],
) -> Finding | None:
    """The quote gives this name another figure of the kind (`+1.6%` is another kind), and this one to nobody."""
    here = [g for g in given if agree(quantity, g) is Match.YES]
    theirs = [
        g
        for g in given
        if g.unit.dimension == quantity.unit.dimension
        and ("." in g.text) == ("." in quantity.text)
        and any(same_name(key, k) for k in bound.get(g.start, ()))
    ]
    elsewhere = {q.start for q, k in told if not same_name(k, key)}  # told, but of another name
    right = any(agree(q, g) is Match.YES for q in case.quantities if q.start not in elsewhere for g in theirs)
    if here and theirs and not right:
        return Finding("misattributed", quantity.text, f"인용문에서 이 이름의 수치는 {theirs[0].text}입니다")
    return None


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
