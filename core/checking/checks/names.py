"""Names: models, benchmarks, organisations, versions and the expansions of acronyms must stand in the source.

A name is Latin script in a Korean sentence (GPT-5.4, BrowseComp-Plus, Conversational Consistency Score), or one of
the Hangul spellings (엔비디아, 클로드); general terms are free (texts/naming.py).
"""

import re
from collections.abc import Iterator

from core.checking.checks import expansions
from core.checking.checks.tools import is_practice, is_tool
from core.checking.texts import plain
from core.checking.texts.addresses import addresses
from core.checking.texts.naming import (
    SMALLER,
    WORD,
    acronyms,
    is_concrete,
    is_general,
    known,
    names,
    shortened,
    told_in_hangul,
)
from core.checking.texts.reported import clause_from, is_cited
from core.checking.texts.source import Case, Index
from core.checking.texts.spelling import half_hangul, lettered, numbered, spelled
from core.model import Finding

# `MoE 모델에서도 통할지는 알 수 없다`: what the source leaves open may be named.
_OPEN = re.compile(
    r"(?:(?!지만|으나)[^,.]){0,40}[는은을할될일칠킬둘]지(?:는|도|까지)?\s[^.]{0,24}(?:알 수|모르|모른|없|않|밝히)"
)
# `AUC 같은 수치가 없어`: what the source is said not to have.
_MISSING = re.compile(
    r"(?:\s같은|\s등|[이가은는을를도나와과]|\s[가-힣]{2})(?:(?!지만|으나|는데)[^,.]){0,40}(?:없|나오지\s않|않[았고으아다음습는]|빠져)"
)
_SUCH = re.compile(r"\s(?:같은|등)\s다른\s")  # `MRI 같은 다른 문제`
_BOTH = re.compile(r"(도),(?=\s[^,.]{0,24}도\s)")  # `PSNR 값도, 서비스 이름도 없다`
_USED = re.compile(  # `X가 쓰는 A와 B`, `사전 정보로 쓰인 A`: the source's
    r"[A-Za-z][\w-]*(?:이|가)\s(?:쓰는|쓴|사용하는|사용한|제안한|택한)\s[^,.]*$"
    r"|[가-힣](?:으로|로|에)\s(?:쓰인|쓴|사용된|사용한|활용된|활용한|삼은|들어간)\s$"
)
# `FLUX.1 dev` of a FLUX.1 Kontext
_VARIANT = re.compile(
    rf"(?<=\d)[ -]({SMALLER}|dev|schnell|instruct|chat|thinking|preview|sonnet|haiku)(?![A-Za-z])", re.I
)
_TWICE = re.compile(  # `LRS3와 LRS3`
    r"(?<![A-Za-z0-9.-])([A-Z][A-Za-z0-9.+-]*[A-Za-z0-9+])(?:[와과]|에서|,|·)\s?\1(?![A-Za-z0-9.+-]|\s[A-Za-z0-9])"
)
_SMALLER_KO = "소형|중형|대형|터보|미니|나노|플래시|프로|맥스|라이트|울트라|코더"


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section == "link":
        return
    source, text = case.source, re.sub(r"https?://\S+", " ", case.text)
    for url in addresses(text):
        text = text.replace(url, " ")
    own = case.sentence.section != "one_liner" and not case.attributed
    told = case.sentence.section in ("headline", "summary") and not case.absence
    if twice := _TWICE.search(text):
        yield Finding("entity", twice[0], f"{twice[1]}: 같은 이름이 두 번 나옵니다")
    said = names(text)
    covered = " ".join(found.span for found in expansions.bracketed(case))  # told there
    for name in said:
        if (
            name.text in covered
            or (is_general(name.text) and not (told and is_concrete(name.text)))
            or half_hangul(source, text, name.start, name.text)
        ):
            continue
        if _of_a_row(source, name.text) or text[: name.start].endswith(("O(", "=")):
            continue
        if known(source, name.text):
            if (other := _VARIANT.match(text, name.end)) and not source.has(other[1]):
                yield Finding("entity", name.text + other[0], f"{name.text}{other[0]}: 원문에 없는 이름입니다")
                continue
            follows = re.match(rf"[- ](?:{SMALLER}(?![a-z])|{_SMALLER_KO})", text[name.end :], re.IGNORECASE)
            family = text.startswith(" 계열", name.end)
            if not (follows or family) and (longer := shortened(source, name.text)):
                yield Finding("entity", name.text, f"원문의 모델은 {longer}입니다")
            continue
        rest = clause_from(_BOTH.sub(r"\1", text), name.end) if case.absence else ""
        if _OPEN.match(rest) or _MISSING.match(rest) or _SUCH.match(text, name.end):
            continue
        venue = re.match(r"\s20\d\d(?!\d)", text[name.end :])
        theirs = is_cited(text, name.start) or _USED.search(text[: name.start])
        brought = own and not theirs and _techniques(name.text)
        if case.opinion and not venue and (is_practice(name.text) or brought) and not _kin(case, name.text):
            continue
        yield Finding("entity", name.text, f"{name.text}: 원문에 없는 이름입니다")
    yield from _versions(case, text)
    yield from _sizes(case, text)
    yield from lettered(source, text)
    yield from numbered(source, text)
    yield from _hangul(case, text)


def _of_a_row(source: Index, word: str) -> bool:
    """Written with others in the source or here: `L0-L5`, `TT/MPS`, CIFAR-100 of `CIFAR-10/100`, pass@1 of pass@k,
    A100 of `4xA100`."""
    if len(parts := re.split("[/+]", word)) > 1:
        return all(part and (known(source, part) or is_general(part)) for part in parts)
    if counted := re.fullmatch(r"([A-Za-z]+)([@-])\d+", word):
        last = r"k\b" if counted[2] == "@" else rf"\d+/{word[counted.end(2) :]}\b"
        if re.search(rf"(?<![A-Za-z]){counted[1]}{counted[2]}{last}", source.text, re.IGNORECASE):
            return True
    if "@" in word and source.has(word.replace("@", " at ")):
        return True  # pass at 8
    if f"x{word}" in source.text and re.search(rf"\dx{re.escape(word)}(?![A-Za-z0-9])", source.text):
        return True  # 4xA100
    if (way := re.fullmatch(r"([A-Za-z0-9]+)-([A-Za-z0-9]+)", word)) and source.has(f"{way[1]} to {way[2]}"):
        return True  # 2D-to-BEV
    sized = re.fullmatch(r"([A-Za-z][\w.-]*)-(\d+(?:\.\d+)?[BM])", word)  # `WebNet, whose 32B variant`
    if sized and known(source, sized[1]):
        own = re.search(rf"(?<![\w.]){re.escape(sized[1])}-\d+(?:\.\d+)?[BM]\b", source.text)
        of_it = r"[- ](?:variant|version|model|counterpart)" if own else ""
        return re.search(rf"(?<![\w.]){re.escape(sized[2])}\b{of_it}", source.text) is not None
    ends = re.fullmatch(r"([A-Za-z]+)(\d+)-([A-Za-z]+)?(\d+)", word)
    return bool(ends and known(source, ends[1] + ends[2]) and known(source, (ends[3] or ends[1]) + ends[4]))


def _kin(case: Case, word: str) -> bool:
    """An idea follows the source (그대로 따라) with another technique of its technique's family (PPO for its GRPO)."""
    if not re.fullmatch("[A-Z]{3,5}", word) or not re.search(r"그대로|따라\s?(?:하|해)|재현", case.text):
        return False
    return bool(re.search(rf"\b[A-Z]{{1,4}}{word[-2:]}\b", case.source.text))


def _techniques(word: str) -> bool:
    """What an idea of the writer's own may bring in: libraries, and techniques by their acronyms."""
    return (
        is_tool(word)
        or word.upper() in acronyms()
        or bool(re.fullmatch("[A-Z]{2,4}s?|k-NN|best-of-\\w+|top-\\w+", word))
    )


def _versions(case: Case, text: str) -> Iterator[Finding]:
    """A name with a number behind it (Claude Sonnet 4.5, Gemini 2.5 Pro): that pair must be the source's."""
    source = case.source
    for m in re.finditer(rf"({WORD})[\s-]?(?<![\w.])(\d+(?:\.\d+)*)(?![\w.]*[A-Za-z])(?=\s?({WORD})?)", text):
        name, version, after = m[1], m[2], m[3] if text[m.end() : m.end() + 1] == " " else None
        if not re.match(r"[A-Z]", name) or (is_general(name) and name.upper() == name) or not known(source, name):
            continue
        if re.match(
            (
                r"[\d,]*\s?(?:[%배초만억조천~]|개|명|건|장|시간|분|일|년|월|점|달러|쪽|층|토큰|파라미터|쌍"
                r"|번|회|포인트|가지|[kKMBT](?![a-z])|ms|[GTM]B)"
            ),
            text[m.end() :],
        ):
            continue
        if re.fullmatch(r"\d+\.\d{2,}", version):
            continue  # PESQ 3.55: a score
        if re.fullmatch(r"20\d\d", version) and source.has(f"{name} {version[2:]}"):
            continue  # AIME'25
        if source.has(f"{name} {version}"):
            if (
                after
                and len(after) > 2
                and after[0].isupper()
                and known(source, after)
                and not is_general(after)
                and not source.has(f"{version} {after}")
                and _neighbour(source, after)
            ):
                yield Finding("entity", f"{name} {version} {after}", f"{version} {after}: 원문에 없는 판입니다")
            continue
        others = _after(source, name)
        if others and version not in others and not _close(source, name, version):
            yield Finding("entity", f"{name} {version}", f"원문에는 {name} {', '.join(sorted(others)[:3])}")


_SIZED = re.compile(rf"({WORD})[\s-](\d+(?:\.\d+)?[BM])(?![A-Za-z])")


def _sizes(case: Case, text: str) -> Iterator[Finding]:
    """A model with its size (Gemma 7B), unless an idea would try it: the source must name that size."""
    for m in _SIZED.finditer(text):
        tried = case.sentence.section in ("idea", "action") and not is_cited(text, m.start())
        if tried or case.absence or is_general(m[1]) or not known(case.source, m[1]):
            continue
        if not re.search(rf"(?<![\d.]){re.escape(m[2])}(?![A-Za-z])", case.source.text, re.IGNORECASE):
            yield Finding("entity", m[0], f"{m[0]}: 원문에 없는 크기입니다")


def _after(source: Index, name: str) -> set[str]:
    """Version-like numbers that follow the name directly in the source."""
    wanted = plain.key(name)
    return {m[1] for m in re.finditer(rf" {re.escape(wanted)} (\d+(?:\.\d+)*)(?= )", source.words)}


def _neighbour(source: Index, after: str) -> bool:
    """The source writes some version directly before this word (2.5 Flash)."""
    wanted = plain.key(after)
    return bool(re.search(rf" \d+(?:\.\d+)* {re.escape(wanted)} ", source.words))


def _close(source: Index, name: str, version: str) -> bool:
    wanted = plain.key(name)
    return bool(re.search(rf" {re.escape(wanted)} (?:\S+ ){{0,6}}{re.escape(version)} ", source.words))


def _hangul(case: Case, text: str) -> Iterator[Finding]:
    own = case.opinion or case.absence or case.sentence.section == "risk"
    for name, m in told_in_hangul(text):
        if (own and name.free) or any(spelled(case.source, s) for s in name.spellings):
            continue
        latin = name.spellings[0].replace(" ", "")
        own_idea = case.sentence.section == "idea" and is_tool(latin)
        if case.opinion and not case.attributed and (is_practice(latin) or own_idea):
            continue
        yield Finding("entity", m[0], f"{m[0]}: 원문에 나오지 않는 이름입니다")
