"""The speech level of a Korean sentence by its ending: 합니다, 한다, 음슴 (…함, …음), or a noun phrase."""

import re

NOUN = "명사"
_POLITE = re.compile(r"(?:니다|니까|세요|십시오|시오)$")
_CASUAL = re.compile(r"(?:[어아해예에네려와워져셔]요|군요|지요|까요|죠)$")
_PLAIN = re.compile(r"(?:[가-힣]다|는가|은가|자|라|까)$")
# …함, …음, …임, …됨, …줌, …옴, …남: a syllable closed by ㅁ that is no plain noun.
_NOUNS_IN_M = re.compile(
    r"(?:시스템|프로그램|알고리즘|패러다임|메커니즘|플랫폼|프레임|게임|이름|처음|다음|마음|도움|싸움|그림|흐름|모임|어려움|즐거움"
    r"|아이템|스트림|팀|힘|봄|밤|점|님|실험|시험|경험|위험|보험|개념|쟁점|관점|시점|초점|범람|체험|폼|룸|줌)$"
)
# …다, …자 that end no sentence.
_NOUNS_IN_DA = re.compile(
    r"(?:마다|보다|바다|여자|글자|문자|숫자|사용자|개발자|전자|저자|학자|투자|참가자|관리자|담당자|평가자|연구자|작업자)$"
)


# A particle or a linking ending: what was to follow is missing.
_OPEN = re.compile(
    r"(?:[가-힣]{2}[을를]|하게|하도록|되도록|하여|하고|하며|으며|지만|면서|기\s위해|[을를]\s통해|에서|에게|때문에|함으로써)$"
)


def is_cut(sentence: str) -> bool:
    """Whether the sentence breaks off before its ending (`… 연구를 용이하게`)."""
    return bool(_OPEN.search(_bare(sentence)))


def register(sentence: str) -> str:
    """합니다 | 해요 | 한다 | 음슴 | 명사, by the last words (brackets and marks after them left out)."""
    text = _bare(sentence)
    if _POLITE.search(text):
        return "합니다"
    if _CASUAL.search(text):
        return "해요"
    if _PLAIN.search(text) and not _NOUNS_IN_DA.search(text):
        return "한다"
    last = text[-1:]
    closed = "가" <= last <= "힣" and (ord(last) - 0xAC00) % 28 == 16
    if closed and not _NOUNS_IN_M.search(text):
        return "음슴"
    return NOUN


def _bare(sentence: str) -> str:
    text = re.sub(r"\s*\([^()]*\)\s*$", "", sentence.strip().rstrip(".!?…。\"'”’ "))
    return text.rstrip(".!?…。\"'”’ ")
