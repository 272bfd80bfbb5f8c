"""The speech level of a Korean sentence by its ending: 합니다, 한다, 음슴 (…함, …음), or a noun phrase."""

import re

NOUN = "명사"
_POLITE = re.compile(r"(?:니다|니까|세요|십시오|시오|어요|아요|해요|예요|이에요|네요|죠|봐요|바랍니다|하세요)$")
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


def register(sentence: str) -> str:
    """합니다 | 한다 | 음슴 | 명사, by the last words (brackets and marks after them left out)."""
    text = re.sub(r"\s*\([^()]*\)\s*$", "", sentence.strip().rstrip(".!?…。\"'”’ "))
    text = text.rstrip(".!?…。\"'”’ ")
    if _POLITE.search(text):
        return "합니다"
    if _PLAIN.search(text) and not _NOUNS_IN_DA.search(text):
        return "한다"
    last = text[-1:]
    closed = "가" <= last <= "힣" and (ord(last) - 0xAC00) % 28 == 16
    if closed and not _NOUNS_IN_M.search(text):
        return "음슴"
    return NOUN
