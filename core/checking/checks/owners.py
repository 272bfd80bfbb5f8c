"""Whom the quote is about: what it says must stay with the model, benchmark or condition that it says it of.

Two ways to lose it. The sentence names something that the quoted place does not, while the quote names another of
the kind in its stead. The quote's name is longer (BrowseComp-Plus told as BrowseComp). Figures told of another name
of the same quote are exchanged.py's business.
"""

import re
from collections.abc import Iterator, Mapping

from core.checking.checks import owned
from core.checking.checks.proper import kind, proper, unbracketed
from core.checking.texts import loanwords
from core.checking.texts.naming import is_general
from core.checking.texts.plain import row
from core.checking.texts.quantity import Match, agree
from core.checking.texts.source import Case
from core.model import Finding


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section in ("one_liner", "risk"):
        case = case.anchored
    if case.place is None or case.opinion or case.sentence.section == "headline":  # short forms are a headline's right
        return
    said = proper(unbracketed(case.text))
    quote = case.source.text[slice(*case.place)]
    yield from _elsewhere(case, said, row(quote), proper(quote))
    yield from _shorter(case, said, row(quote), proper(quote))


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
