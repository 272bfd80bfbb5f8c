"""Commands among what people say to us: the words of /aidaily, where the rest is what that command takes.

도움말 is one, 오늘 뭐 나왔어? too; 검색 증강 생성이 뭐야? is a question about a paper and none. What would undo a
subscription is done for the command's own word alone.
"""

import re
from collections.abc import Mapping

from bot.chat import Reply
from bot.commands.papers import names_a_paper
from bot.commands.saying import note

_DAY = r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}(?:월\s*|/)\d{1,2}일?|오늘|어제|그제|그저께)"
_NEWS = r"(?:뭐|무엇|무슨|나왔|나온|소식|다이제스트|목록|보여|거|것)\S*(?:\s.*)?"
_PLEASE = re.compile(r"(?:보여|알려|해)?\s?(?:줘|주세요)\S*")
_TAKES = {
    "today": _DAY,
    "weekly": r"\d{4}-\d{2}-\d{2}",
    "search": r".*[^?]",
    "paper": "[^가-힣?]+",
    "용어": r"(?:추가|add|삭제|remove)\s.*|목록|list|보기",
    "취향": "취소|undo|지우기|clear|보기",
    "subscribe": r".*\d{1,2}(?::\d{2}|시).*",
    "pause": f"{_DAY}(?:까지)?",
} | dict.fromkeys(("unsubscribe", "resume", "settings", "status", "preview", "help"))
"""By command, what its word may be followed by: None = nothing."""


def command(words: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """(verb, words) where that is what is said; `names`: by other names, the verbs'."""
    first, _, rest = (each.strip() for each in words.rstrip("!.~ ").partition(" "))
    first = first if rest else first.rstrip("?")
    rest = "" if _PLEASE.fullmatch(rest) else rest
    if re.fullmatch(_DAY, first) and (not rest or re.fullmatch(_NEWS, rest)):
        return "today", first
    if not rest and names_a_paper(first):
        return "paper", first
    verb = names.get(first.casefold(), first.casefold())
    if verb in ("paper", "ask") and names_a_paper(rest.partition(" ")[0]):
        return ("ask" if " " in rest else verb), rest
    takes = _TAKES.get(verb)
    return (verb, rest) if verb in _TAKES and (not rest or (takes and re.fullmatch(takes, rest))) else None


def aloud(reply: Reply) -> Reply:
    """The command's answer where a person has spoken before all; a form opens from a command or a button alone."""
    if reply.form:
        return note("창은 말로는 열리지 않습니다. /aidaily settings 나 글의 '설정' 버튼을 쓰세요.", private=False)
    return Reply(reply.messages, private=False)
