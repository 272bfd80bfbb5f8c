"""How a digest reads: `eval korean FILE.md`. Style only; nothing here makes a sentence wrong.

The page is taken apart by its own headings (page.py), then each rule looks at what concerns it: register per
section, headlines, empty phrases and translationese, repetition over the edition, terms, ranges, particles. The
majority of the summaries decides which register the edition has; ideas are noun phrases in every register.
"""

import re
from collections import Counter
from collections.abc import Iterator

from core.checking.korean.gate import tildes
from core.checking.korean.glossary import advice, default_glossary
from core.checking.korean.page import Line, StyleFinding, lines_of
from core.checking.korean.phrases import EMPTY, LIMITS, REPEATED
from core.checking.korean.polish import polish
from core.checking.korean.register import NOUN, register
from core.checking.repeats import same
from core.particles import particle

_PROSE = ("summary", "one_liner", "risk")


def check_korean(markdown: str) -> tuple[StyleFinding, ...]:
    """What a Korean reader would stumble over in a digest page, in the order of the page."""
    lines = lines_of(markdown)
    rules = (_registers, _headlines, _phrases, _chains, _repetition, _again, _characters, _english, _terms, _links)
    found = [finding for rule in rules for finding in rule(lines)]
    return tuple(sorted(found, key=lambda f: f.line))


def _registers(lines: tuple[Line, ...]) -> Iterator[StyleFinding]:
    """One register in 요약, 한 줄 평 and 리스크; noun endings in 아이디어; one register among the actions."""
    said = {line: register(line.text) for line in lines if line.section in (*_PROSE, "idea", "action")}
    prose = Counter(said[line] for line in said if line.section == "summary" and said[line] != NOUN)
    main = prose.most_common(1)[0][0] if prose else "합니다"
    for line, found in said.items():
        if line.section in _PROSE and found not in (main, NOUN):
            yield line.finding("register", line.text[-12:], f"이 판의 요약은 {main}체인데 {found}체로 끝납니다")
        elif line.section in _PROSE and found == NOUN and main != "음슴" and line.section != "risk":
            yield line.finding("register", line.text[-12:], f"명사로 끝납니다. {main}체 문장으로 씁니다")
        elif line.section == "idea" and found in ("합니다", "해요", "한다"):
            yield line.finding("register", line.text[-12:], "아이디어는 명사형으로 끝냅니다")
    actions = Counter(said[line] for line in said if line.section == "action")
    if len(actions) > 1 or set(actions) - {main, NOUN, "음슴"}:
        for line in (line for line in said if line.section == "action" and said[line] not in (main, NOUN, "음슴")):
            yield line.finding("register", line.text[-12:], f"실무 액션이 {said[line]}체입니다")


def _headlines(lines: tuple[Line, ...]) -> Iterator[StyleFinding]:
    top = {line.issue: line.text for line in lines if line.section == "top"}
    for line in (line for line in lines if line.section == "headline"):
        if len(line.text) > LIMITS["headline"]:
            yield line.finding(
                "headline", line.text, f"{len(line.text)}자입니다. {LIMITS['headline']}자 안으로 줄입니다"
            )
        hangul, latin = len(re.findall("[가-힣]", line.text)), len(re.findall("[A-Za-z]", line.text))
        if (hangul == 0 and latin) or (latin > 4 * hangul and latin > 12):
            yield line.finding("headline", line.text, "제목이 영어로 남았습니다")
        if line.issue in top and top[line.issue] != line.text:
            yield line.finding("headline", line.text, f"위 목록의 제목과 다릅니다: {top[line.issue]}")


def _phrases(lines: tuple[Line, ...]) -> Iterator[StyleFinding]:
    for line in (line for line in lines if line.section in (*_PROSE, "idea", "action", "headline")):
        for pattern, why in EMPTY:
            if m := pattern.search(line.text):
                yield line.finding("phrase", m[0], why)
        if line.section in _PROSE and len(line.text) > LIMITS["sentence"]:
            yield line.finding("length", line.text[:20] + "…", f"{len(line.text)}자 한 문장입니다. 나눕니다")


def _chains(lines: tuple[Line, ...]) -> Iterator[StyleFinding]:
    """Sentence after sentence with the same ending, or linked by 통해 and 함으로써."""
    risks = [line for line in lines if line.section == "risk"]
    hedged = [line for line in risks if re.search(r"수\s있(?:습니다|다|음)[.]?$|수\s있어", line.text)]
    if len(hedged) >= 4 and 2 * len(hedged) >= len(risks):
        yield hedged[0].finding(
            "chain", "~할 수 있습니다", f"리스크 {len(risks)}개 가운데 {len(hedged)}개가 '~할 수 있습니다'입니다"
        )
    for words in ("를 통해|을 통해", "함으로써|됨으로써"):
        using = [line for line in lines if line.section in (*_PROSE, "idea") and re.search(words, line.text)]
        if len(using) >= 4:
            word = words.split("|")[0]
            yield using[0].finding("chain", word, f"'{word}'{particle(word, '이/가')} {len(using)}번 나옵니다")


def _repetition(lines: tuple[Line, ...]) -> Iterator[StyleFinding]:
    """An abstract word used again and again within the edition (효율 ×18)."""
    body = [line for line in lines if line.section in (*_PROSE, "idea", "action", "headline", "top")]
    text = "\n".join(f"{line.text} {line.keywords}" for line in body)
    for word in REPEATED:
        count = text.count(word)
        if count >= LIMITS["repeated"] and count >= 0.0012 * len(text):
            first = next(line for line in body if word in line.text + line.keywords)
            yield first.finding("repetition", word, f"'{word}'{particle(word, '이/가')} {count}번 나옵니다")


def _again(lines: tuple[Line, ...]) -> Iterator[StyleFinding]:
    """A sentence that its issue has already, a headline or an action that the edition has."""
    seen: set[tuple[int | str, str]] = set()
    for line in (line for line in lines if line.section in (*_PROSE, "idea", "headline", "action")):
        said = (line.section if line.section in ("headline", "action") else line.issue, same(line.text))
        if said in seen:
            yield line.finding("repetition", line.text[:60], "앞에 나온 말을 되풀이합니다")
        seen.add(said)


def _characters(lines: tuple[Line, ...]) -> Iterator[StyleFinding]:
    for line in (line for line in lines if line.section in (*_PROSE, "idea", "action", "headline")):
        for span in tildes(line.text):
            yield line.finding("tilde", span, "숫자 사이의 ~는 –로 씁니다")
        put_right = polish(line.text)
        if put_right != line.text.strip() and not tildes(line.text):
            at = next((i for i, (a, b) in enumerate(zip(line.text, put_right, strict=False)) if a != b), 0)
            right = put_right[max(0, at - 8) : at + 4]
            yield line.finding(
                "particle", line.text[max(0, at - 8) : at + 3], f"'{right}'{particle(right, '으로/로')} 씁니다"
            )


def _english(lines: tuple[Line, ...]) -> Iterator[StyleFinding]:
    """Common words left in English inside a Korean sentence: brackets, names and capitals aside."""
    for line in (line for line in lines if line.section in (*_PROSE, "idea", "action")):
        bare = re.sub(r"\([^()]*\)|`[^`]*`|\"[^\"]*\"|'[^']*'|\{[^{}]*\}", " ", line.text)
        if m := re.search(r"(?<![A-Za-z-])[a-z]{3,}(?:[ -][a-z]{3,})+(?![A-Za-z-])", bare):
            yield line.finding("english", m[0], "우리말로 옮기거나 괄호 안에 둡니다")


def _terms(lines: tuple[Line, ...]) -> Iterator[StyleFinding]:
    for line in (line for line in lines if line.section in (*_PROSE, "idea", "action", "headline")):
        for term in default_glossary():
            for form in term.avoid:
                if len(form) > 3 and form in line.text:
                    yield line.finding("term", form, advice(term))


def _links(lines: tuple[Line, ...]) -> Iterator[StyleFinding]:
    """An issue that links what another issue is about."""
    seen: dict[str, Line] = {}
    for line in (line for line in lines if line.section == "link"):
        for url in re.findall(r"\((https?://[^)\s]+)\)", line.text):
            first = seen.setdefault(url, line)
            if first.issue != line.issue:
                yield line.finding("link", url, f"{first.issue}번 이슈와 같은 링크입니다")
    own = {line.issue: line.text for line in reversed(lines) if line.section == "link"}
    for line in (line for line in lines if line.section == "link" and own[line.issue] != line.text):
        other = next((n for n, text in own.items() if n != line.issue and text == line.text), None)
        if other is not None and other > line.issue:
            yield line.finding("link", line.text[:60], f"{other}번 이슈의 논문을 걸었습니다")
