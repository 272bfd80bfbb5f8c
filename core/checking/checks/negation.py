"""What the sentence negates and its quote affirms: `transfers well` told as 옮겨 가지 않았다, linear as 비선형.

Two looks. A summary's last predicate is negated where the quoted sentence has no word that denies, limits or lessens
anything. And an opposite that the whole reading never names (nonlinear, asynchronous, cheap) where its quote names
the other side. Sentences that set something against the work (달리, 대신, 기존) are let pass.
"""

import re
from collections.abc import Iterator

from core.checking.texts.source import Case
from core.model import Finding

_NEGATED = re.compile(r"지\s?(?:않|못)(?:았|했|습니다|는다|다|음|함|합니다|한다|아요|해요|네요)[가-힣]{0,4}[.!]?$")
_CANNOT = re.compile(r"[을낼알릴볼쓸할될]\s?수(?:는|가|도)?\s없(?:다|습니다|음|었다|었습니다|었음)[.!]?$")
_ABLE = re.compile(r"수\s있(?:다|습니다|음|었다|었습니다|었음)[.!]?$")
_UNABLE_EN = re.compile(
    r"\bcannot\b|\bcan not\b|\bunable to\b|\bimpossib|\bindistinguish|\bincapab|\binfeasib|\bblind to\b"
    r"|\bfail(?:s|ed)? to\b",
    re.IGNORECASE,
)
_ABLE_EN = re.compile(r"\bcan\b(?! ?not)|\bable to\b|\benabl|\ballow|\bpossible\b|\bmay\b|\bcapab", re.IGNORECASE)
_NO_DENIAL = re.compile(
    r"(?:뒤|못|어긋나|손색이|가리|구애받|벗어나|다르|적|멀|그치|머물|작|어렵|무리가|흔들리|바뀌|변하|달라지)지\s?않[가-힣.!]*$"
)
_DENIES = re.compile(
    r"\bnot?\b(?! only)|n't\b|\bnever\b|\blittle\b|\bscarce|\bwithout\b|\bneither\b|\bnor\b|\bcannot\b|\bunable\b"
    r"|\bhardly\b|\bhinder|\bhamper"
    r"|\bfew(?:er)?\b|\bonly\b|\bless\b|\bmodest|\bmarginal|\bslight|\bsmall|\black|\bfail|\blimit|\bconfin|\bconstrain|\bdef(?:y|ies)|\bstruggl|\bsuffer|\bdifficult|\bchalleng|\bhard\b"
    r"|\bunder-?(?:repres|explor|stud|util|serv|estim)|\bpoor|\bweak|\boverlook|\bneglect|\babsen|\bill-|\bun(?!seen|der|it|i[a-z]|til|precedent)[a-z]+|\bin(?:suffic|compl|effec|effic|consist|accur|capab|compat"
    r"|feas|valid|adequ|admiss|depend|varian|disting)|\bim(?:poss|pract|balan)|\bir(?:relev|revers)|\bdis(?:agree|regard"
    r"|connect"
    r"|card)|\b(?:non|mis)[a-z-]+|[- ]free\b|agnostic|\b(?:any|every)\b|\beliminat|\bavoid|\bprevent|\bremov|\brather\b"
    r"|\byet to\b|\bcontrast|\beither\b|\bdeficien|\bpreclud|\blag|\bbehind\b|\bshort of\b|\bbelow\b"
    r"|\binhibit|\bobstruct"
    r"|\binstead\b|\bunlike|\bdespite|\bhowever|\bexcept|\bexclud|\bregardless|\breject|\brefus|\bignor|\bomit"
    r"|\bout of\b|\bdegrad|\bdrop|\bdecreas|\breduc|\blower|\bworse|\bzero|\b0(?![.\d])|\bnone|\bbeyond"
    r"|\boutpac|\boutstrip|\bblock|\bstop|\bresist"
    r"|\bremain|\bbarely|\brare|\bnegligib|\bminimal|\bseldom|\bpreserv|\bmaintain|\bkeep|\brobust|\bstabl|\bdecoupl|\bseparat|\bfixed",
    re.IGNORECASE,
)
_PAIRS: tuple[tuple[str, str, str, str], ...] = (
    # Korean, its English; the opposite in Korean, its English
    (r"(?<!비)선형", r"linear", r"비선형", r"non-?\s?linear"),
    (r"(?<!비)대칭", r"symmetr", r"비대칭", r"asymmetr"),
    (r"(?<!비)동기\s?(?:식|적|화|로)", r"synchron", r"비동기", r"a-?synchron"),
    (r"(?<!비)결정론", r"determin", r"비결정론|확률적", r"non-?determin|stochast|probabil|random|sampl"),
    (
        r"값싼|(?<![가-힣])싼\s|저렴한",
        r"cheap|inexpens|low-cost|afford|cost-eff|less costly|lower",
        r"비싼|값비싼",
        r"costly|expens",
    ),
    (r"(?<![가-힣])정적(?:인|으로)\s", r"static|fixed", r"동적(?:인|으로)\s", r"dynamic|adapt|on the fly"),
    (r"명시적", r"explicit", r"암묵적|암시적", r"implicit|tacit|latent"),
    (r"수동으로|수작업", r"manual|hand|human", r"자동으로", r"automat|auto|program|self"),
)
_TABLE = tuple(
    (re.compile(a), re.compile(rf"\b(?:{x})", re.IGNORECASE), re.compile(b), re.compile(rf"\b(?:{y})", re.IGNORECASE))
    for a, x, b, y in _PAIRS
)
_AGAINST = re.compile(r"달리|대신|아니라|아닌|반면|기존|이전|종래|지만|않|못|없")


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.opinion or case.absence or case.sentence.section in ("link", "headline"):
        return
    quote = case.source.text[slice(*case.place)]
    told = _NEGATED.search(case.text) or _CANNOT.search(case.text)
    told = None if _NO_DENIAL.search(case.text) else told
    if told and case.sentence.section == "summary" and not _DENIES.search(quote):
        yield Finding("direction", told[0], "인용한 문장은 부정하지 않습니다")
        return
    able = _ABLE.search(case.text) if case.sentence.section == "summary" else None
    if able and not _AGAINST.search(case.text) and _UNABLE_EN.search(quote) and not _ABLE_EN.search(quote):
        yield Finding("direction", able[0], "인용한 문장은 할 수 없다고 합니다")
        return
    if _AGAINST.search(case.text):
        return
    for korean, english, other, opposite in _TABLE:
        for ours, mine, rest, theirs in ((korean, english, other, opposite), (other, opposite, korean, english)):
            word = None if mine.search(quote) else ours.search(case.text)
            given = theirs.search(mine.sub(" ", quote)) if word and not rest.search(case.text) else None
            if word and given and not mine.search(case.source.evidence.replace(given[0].lower(), " ")):
                yield Finding("direction", word[0].strip(), f"원문은 반대로 말합니다: {given[0]}")
                return
