"""Which clauses of an opinion, an idea or a supposed risk tell something as found, rather than propose or suppose it.

`밭에서도 잘 걸었다고 하니, 우리 밭에 놓아 본다` reports and then proposes: the first half needs evidence as
a summary does.
"""

import re

_JOINT = re.compile(
    r"(?<=라)(?<![따나달바]라)\s|(?<=[라해어아여져]서)\s|(?<=[으하다하]니)\s|(?<=므로)\s|(?<=지만)\s|(?<=는데)\s|(?<=은데)\s|(?<=만큼)\s"
    r"|(?<=[져커와혀려켜여해아어])\s(?!보|볼|본\s|봐|야|도\s|주|줄|준|두|둔|놓|내|낸|가|나|있|버|온|왔|오|쓰|붙|넣|만|하|한|합|함|졌|진|지)"
    r"|,\s|[.!?]\s"
)
PAST = "[" + "".join(chr(0xAC00 + 28 * i + 20) for i in range(399)) + "]"  # syllables that end in ㅆ
_CITED = re.compile(
    r"다고\s?(?:하|했|합|한|밝|알려|보고|적)|라고\s?(?:하|했|합|한|밝|알려|보고)|다니(?:까)?[\s,]|다는\s(?:결과|보고|관측|점)"
    rf"|(?![있겠]){PAST}(?:으니|으므로|던)|따르면|(?![있겠]){PAST}다는\s"
    r"|(?:논문|저자|원문|연구진)(?:들)?(?:과|의\s[가-힣]{2,4}과)?\s?(?:똑같이|같이|같은|처럼|대로)"
    r"|\d\s?(?:%p?|배|점|포인트)[을를나]?\s(?:더\s)?(?:끌어올린|높인|올린|줄인|낮춘|달성한|기록한|얻은|앞선|넘긴)\s"
    r"|(?:논문|저자들?|연구진)(?:이|에서)\s(?:[^,.]{0,14}\s)?(?:쓴|사용한|택한|고른|시험한|잰|평가한|학습한)\s"
)


def clauses(text: str) -> tuple[str, ...]:
    """The clauses of a Korean sentence, cut where a ground ends (…므로, …지만, …다고 하니)."""
    parts, at = [], 0
    for m in _JOINT.finditer(text):
        parts.append(text[at : m.end()])
        at = m.end()
    parts.append(text[at:])
    return tuple(part for part in parts if part.strip())


def clause_from(text: str, at: int) -> str:
    """The rest of the clause around a place."""
    return text[at : at + len(clauses(text[at:])[0])] if text[at:].strip() else ""


def cited(text: str) -> tuple[str, ...]:
    """The clauses that tell a finding as somebody's (…다고 하니, …했으니, …에 따르면)."""
    return tuple(clause for clause in clauses(text) if _CITED.search(clause))


def is_cited(text: str, at: int) -> bool:
    """Whether the clause around a place is told as found."""
    begin = 0
    for clause in clauses(text):
        if begin <= at < begin + len(clause):
            return bool(_CITED.search(clause))
        begin += len(clause)
    return False
