"""States told as their opposite without a figure: unseen as part of training, stable as unstable, independent as
proportional, a strong correlation as a weak one.

A row has both sides in both languages. It speaks only where the quoted sentence knows one side alone and the
sentence the other alone, neither negated; sentences that suppose something are let pass.
"""

import re
from collections.abc import Iterator

from core.checking.texts.source import Case
from core.model import Finding

_LOW = (
    r"(?:이|가|은|는|도)?\s?(?:크게\s|다소\s|매우\s|꽤\s)?"
    r"(?:떨어지|떨어진|떨어졌|떨어짐|낮|부족|약하|약한|약했|약함|나쁘|나쁜)"
)
_HIGH = r"(?:이|가|은|는|도)?\s?(?:매우\s|아주\s|꽤\s)?(?:높|강하|강한|강했|강함|뚜렷|밀접)"
_STRONG = r"(?:strong|high|close|tight)\w*\s(?:[a-z]+\s){0,2}"
_WEAK = r"(?:weak|low|poor|little|negligibl|limited)\w*\s(?:[a-z]+\s){0,2}"
_GOOD = r"(?:성능|품질|정확도|충실도|일관성|능력|안전성)"
_ROWS: tuple[tuple[str, str, str, str], ...] = (
    # Korean, its English; the opposite in Korean, its English
    (
        r"학습[^,.]{0,12}(?:포함돼|포함되어|포함된|포함됐|쓰인|쓰였|사용된|사용됐|들어\s?있)",
        r"(?<!never )(?<!not )(?<!ever )seen (?:during|in|at) training|in[- ]distribution",
        r"처음 보는|본 적(?:이)? 없|학습[^,.]{0,8}(?:보지 못|없던|쓰이지 않|포함되지 않)",
        r"unseen|held[- ]out|never seen|not seen",
    ),
    (
        r"(?:학습|훈련|미세\s?조정)(?:이|을|를|도)\s(?:따로\s)?(?:필요합|필요하|필요한|필요함|거쳐야|요구)",
        r"requires? (?:[a-z]+\s){0,2}(?:re)?(?:training|fine-?tuning)",
        r"무학습|(?:학습|훈련|미세\s?조정)\s?없이|(?:학습|훈련|미세\s?조정)(?:이|은|도)\s필요(?:가|하지)?\s?(?:없|않)",
        r"(?:training|tuning)-free|(?:without|no) (?:any |additional |further )?(?:re)?(?:training|fine-?tuning)",
    ),
    (
        rf"(?:상관(?:관계)?|일치도|합치도){_HIGH}",
        rf"{_STRONG}(?:correlat|agree|alignment)|correlat\w+ (?:strongly|highly|well|closely)",
        rf"(?:상관(?:관계)?|일치도|합치도)(?:{_LOW}|(?:이|가|은|는)?\s?(?:거의\s)?없)",
        rf"{_WEAK}(?:correlat|agree|alignment)|correlat\w+ (?:weakly|poorly)|uncorrelated|no correlat",
    ),
    (
        rf"(?<!불)안정(?:적|성{_HIGH})",
        r"stabl|stabili[sz]",
        rf"불안정|안정성{_LOW}",
        r"unstab|instab|diverg|collaps|fluctuat|destabili[sz]",
    ),
    (
        r"강점(?:을|이)|강했|강하다|강합니다",
        r"strength|strong|excel",
        r"약점(?:을|이)|취약(?:했|하다|합니다)",
        r"weakness|weak|struggl|fall(?:s|ing)? short|deficien|limitation|shortcoming",
    ),
    (
        r"학습(?:한 덕|해서|했기 때문|한 결과)",
        r"(?!)",
        r"학습(?:하지|되지|한 적)|없이",
        r"(?:not|never) (?:been |being |explicitly |directly )*trained",
    ),
    (
        r"(?:은|는|이|가)\s(?:매우\s|꽤\s)?강(?:한|하|했|함|합)",
        r"strong(?:ly)?\b(?! baseline| competitor| model)",
        r"(?:은|는|이|가)\s(?:매우\s|꽤\s)?약(?:한|하|했|함|합)",
        r"weak",
    ),
    (
        rf"{_GOOD}[^,.]{{0,6}}(?:유지|지키|지켰|그대로)",
        r"without (?:[a-z]+\s){0,2}(?:compromis|sacrific|degrad|hurt|harm|los)\w*(?: or [a-z]+ing)?"
        r"|preserv|maintain|retain|near-lossless",
        rf"{_GOOD}(?:이|가|을|를|은|는)\s(?:[가-힣]{{1,4}}\s)?(?:떨어|나빠|저하|희생|하락|훼손|해치|해쳤)",
        r"degrad|sacrific|compromis|expense of|worse|drop|declin|fail|sensitiv",
    ),
    (
        r"보존|유지|지키|지켰",
        r"preserv|maintain|retain|uphold|adher|compl(?:y|ies|ian)|respect|keep|kept",
        r"흐트러|망가(?:지|진|졌|뜨)|깨(?:지|진|졌|뜨)|무너|왜곡|훼손|불안정해",
        r"distort|disrupt|break|broke|destroy|degrad|collaps|corrupt|destabili|damag|drop|fail|los[est]",
    ),
    (rf"(?<!불)투명(?:하|한|성{_HIGH})", r"transparen", rf"불투명|투명성{_LOW}", r"opaque|black[- ]box|intransparen"),
    (
        rf"믿을 만|신뢰할 만|신뢰(?:성|도){_HIGH}",
        r"(?<!un)reliabl|trustworth",
        rf"믿기 어|믿을 수 없|신뢰하기 어|신뢰(?:성|도){_LOW}",
        r"unreliab|untrustworth|not reliab",
    ),
    (
        rf"(?:강건|견고)(?:하|한|해|함|합|성{_HIGH})",
        r"robust|resilien",
        rf"취약(?:하|한|해|함|합|했)|(?:강건|견고)성{_LOW}",
        r"vulnerab|brittle|fragil|susceptib|weak|sensitive",
    ),
    (
        rf"일관(?:되게|된|적)|일관성{_HIGH}|꾸준히",
        r"(?<!in)consisten",
        rf"들쭉날쭉|일관성{_LOW}|일관성이 없",
        r"inconsisten|var(?:y|ies|iab)|fluctuat",
    ),
    (
        rf"확장성{_HIGH}",
        r"(?<!limiting )(?<!limited )(?<!limits )(?<!poor )(?<!lack of )scalab|scales? well",
        rf"확장성{_LOW}|확장하기 어",
        r"unscal|not scal|poor\w* scal|fails? to scal",
    ),
    (
        r"(?:와|과|에)\s?(?:무관|상관없|관계없)|구애받지",
        r"independent of|regardless of|irrespective of|invariant to|agnostic",
        r"에\s?비례(?:해|하|한)|에\s?좌우",
        r"depend(?:s|ent|ing)? (?:heavily |strongly )?on|scal(?:e|es|ing) (?:linearly )?with|proportional|varies with",
    ),
    (r"가장 쉬(?:운|웠)", r"easiest|easy", r"가장 (?:어려|까다로)", r"hardest|most (?:challenging|difficult)"),
    (
        r"자주\s|흔(?:하|한|히|했)|널리 퍼",
        r"frequent|widespread|prevalent|pervasive",
        r"드물(?:다|게|었|고|며)|드문",
        r"rare|seldom|infrequent|uncommon",
    ),
)  # fmt: skip
_TABLE = tuple(
    (re.compile(a), re.compile(rf"\b(?:{x})", re.IGNORECASE), re.compile(b), re.compile(rf"\b(?:{y})", re.IGNORECASE))
    for a, x, b, y in _ROWS
)
_UNDONE = re.compile(
    r"^[가-힣]{0,4}\s?(?:[가-힣]{1,3}\s)?[가-힣]{0,3}(?:지 않|지 못|줄|없애|해소|완화|막|개선|해결|극복|보완)"
)
_SUPPOSED = re.compile(r"수\s?도?\s?있|기 어렵|확인해야|알 수 없|조심|모른|모릅|일지|가능성|미지수|달라질")
_NOT = re.compile(
    r"(?:\bnot?\b(?! only)|n't\b|\bneither\b|\black\w*|\bwithout\b|\bhardly\b|\bless\b)[^,;.]{0,32}$", re.IGNORECASE
)


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.opinion or case.absence or case.sentence.section in ("link", "headline"):
        return
    quote = case.source.text[slice(*case.place)]
    if _SUPPOSED.search(case.text):
        return
    whole = " ".join(case.source.text[a:b] for a, b in case.source.around(case.place))
    for korean, english, other, opposite in _TABLE:
        for ours, theirs, rest, mine in ((korean, opposite, other, english), (other, english, korean, opposite)):
            told = ours.search(case.text)
            if not told or rest.search(case.text) or _UNDONE.match(case.text[told.end() :]):
                continue
            given = theirs.search(quote)
            if given and not mine.search(whole.replace(given[0], " ")) and not _NOT.search(quote[: given.start()]):
                yield Finding("direction", told[0], f"원문은 반대로 말합니다: {given[0]}")
                return
