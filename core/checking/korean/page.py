"""A digest page taken apart by its headings: which line is a headline, a summary, an idea …

Reads the grammar of CONTRACT.md and no more; lines it does not know (evidence in backquotes, fact strips, footers)
are left out.
"""

import re
from dataclasses import dataclass

_LONGEST = 2_000  # characters of a line that are read
_SECTIONS = {
    "요약": "summary",
    "개발자 관점 한 줄 평": "one_liner",
    "지금 바로 적용 아이디어": "idea",
    "리스크/주의": "risk",
    "참고 링크": "link",
}


@dataclass(frozen=True, slots=True)
class StyleFinding:
    """A matter of style: `line` counts from 1, `kind` is the rule, `span` the words, `detail` the advice."""

    kind: str
    line: int
    span: str
    detail: str

    def __str__(self) -> str:
        return f"{self.line}행 {_KINDS[self.kind]} — {self.span}: {self.detail}"


_KINDS = {
    "register": "말투", "headline": "제목", "phrase": "표현", "length": "길이", "chain": "되풀이", "repetition": "반복",
    "tilde": "물결표", "particle": "조사", "english": "영어", "term": "용어", "link": "링크",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    issue: int  # 0 = outside the issues
    section: str
    text: str
    keywords: str = ""

    def finding(self, kind: str, span: str, detail: str) -> StyleFinding:
        return StyleFinding(kind, self.number, span, detail)


def lines_of(markdown: str) -> tuple[Line, ...]:
    """The lines of a page that people read as prose, each with its place."""
    found: list[Line] = []
    issue, section = 0, ""
    for number, raw in enumerate(markdown.splitlines(), 1):
        text = raw.strip()[:_LONGEST]
        if m := re.match(r"##\s+(\d+)\.\s+(.+)", text):
            issue, section = int(m[1]), ""
            found.append(Line(number, issue, "headline", m[2].strip()))
        elif m := re.match(r"##\s+(.+)", text):
            issue = 0
            section = "top" if "Top" in m[1] else "action" if "액션" in m[1] else "index" if "원문" in m[1] else ""
        elif m := re.match(r"###\s+(.+)", text):
            section = _SECTIONS.get(m[1].strip(), "")
        elif text.startswith("---"):
            section = section if issue == 0 else ""
        elif line := _content(number, issue, section, text):
            found.append(line)
    return tuple(found)


def _content(number: int, issue: int, section: str, text: str) -> Line | None:
    if not text or not section or section == "index" or text.startswith(("`", ">", "*", "|")):
        return None
    if section == "top":
        m = re.match(r"[-*]\s*(\d+)\)\s*(.+?)(?:\s+—\s(.*))?$", text)
        return Line(number, int(m[1]), "top", m[2].strip(), m[3] or "") if m else None
    if section == "action":
        m = re.match(r"\d+\)\s*(.+)", text)
        return Line(number, 0, "action", m[1].strip()) if m else None
    listed = text.startswith(("- ", "* "))
    if issue and (listed or section == "one_liner"):
        return Line(number, issue, section, re.sub(r"^[-*]\s+", "", text))
    return None
