"""Claims that need evidence: what a summary may not say unless its source does.

A short list of claims people act on (코드 공개, 오픈 소스, 최초, SOTA, 실험에서는 …), each with what the source must
contain. Opinion and stated absence are free, unless they speak in the authors' name.
"""

import re
from collections.abc import Iterator

from core.checking.texts.source import Case
from core.model import Finding

_RELEASE = r"(?:공개(?!\s?가중치)|배포|제공|내놓|풀었|올려|올렸|릴리스|내려받|다운로드|오픈\s?소스)"
_LIST: tuple[tuple[str, str, str], ...] = (
    # (pattern in the sentence, what the source must contain, what is claimed)
    (
        rf"(?<![가-힣])코드(?:를|는|도|가|와|까지)?[^.,]{{0,16}}{_RELEASE}(?!되지|하지|할지|여부|예정|한다고|하겠다)",
        r"code|github|implementation|open-sourc|open sourc|repositor|software|toolkit|library|코드|소스",
        "코드 공개",
    ),
    (
        (
            rf"(?:가중치|체크포인트)(?:를|는|도|가|와|까지)?[^.,]{{0,16}}{_RELEASE}(?!되지|하지|할지|여부)"
            rf"|{_RELEASE}[^.,]{{0,10}}(?:가중치|체크포인트)"
        ),
        (
            r"weight|checkpoint|open-sourc|model release|releas[^.]{0,40}model|models?[^.]{0,60}(?:available"
            r"|releas|github|hugging|open)|가중치|체크포인트|모델"
        ),
        "가중치 공개",
    ),
    (
        (
            r"데이터(?:셋|세트|\s세트)?(?:를|는|도|가|와|까지)?[^.,]{0,12}(?:공개|내려받|배포)(?!되지"
            r"|하지|할지|여부|된|적)"
        ),
        r"data|corpus|corpora|benchmark|suite|datasets?|데이터|github|releas",
        "데이터 공개",
    ),
    (
        r"오픈\s?소스(?:로|다|이다|입니다|임|\s?라이선스|\s?모델|\s?프로젝트)",
        r"open[- ]|\bopen(?:ly|ed|s)?\b|github|hugging|publicly|public (?:code|release|repositor|model)"
        r"|(?<!will be )(?<!to be )(?<!be )releas(?!ed (?:soon|upon|later|after))|code (?:is|are)|오픈|공개|소스",
        "오픈 소스",
    ),
    (
        r"라이선스|아파치\s?2|MIT\s?라이|상업적\s?(?:이용|사용|으로)|상용\s?(?:이용|가능|사용)",
        r"licen[sc]|apache|mit\b|commercial|라이선스|상업|상용",
        "라이선스·상업 이용",
    ),
    (
        (
            r"세계\s?최초|국내\s?최초|업계\s?최초|사상\s?(?:최초|처음)|최초(?:로|의|다|이|인|입니다|임)"
            r"|(?<![가-힣])첫(?:\s?(?:연구|모델|시도|사례"
            r"|벤치마크|데이터셋|체계적|방법|시스템|프레임워크))"
        ),
        r"first|novel|pioneer|initial|unprecedented|no prior|new|previously|unexplored|inaugural|최초|처음|첫",
        "최초",
    ),
    (
        (
            r"SOTA|최고\s?성능(?:을|이|의|도)|최고\s?(?:기록|수준)(?:을|의|인|이)|최첨단\s?성능|1위(?:를"
            r"|에|로|다|입)|신기록"
        ),
        (
            r"state[- ]of[- ]the[- ]art|sota|best|outperform|highest|surpass|exceed|leading|top|record"
            r"|superior|beat|frontier|rank|first|최고|1위|winner|win|advanc|strongest|new high|maximum|peak"
            r"|up to|prior|previous"
        ),
        "최고 성능",
    ),
    (
        r"(?:실험|평가|시험|벤치마크)(?:에서는?|을 통해|\s?결과)",
        (
            r"experiment|evaluat|result|benchmark|empiric|test|stud|demonstrat|show|measur|compar|simulat"
            r"|trial|validat|assess|find|achiev|improv|outperform|실험|평가|결과|시험"
        ),
        "실험",
    ),
    (
        r"(?<![가-힣A-Za-z])A/B\s?(?:시험|테스트|실험)",
        r"a/b|online (?:test|experiment)|live (?:test|experiment)|randomi[sz]ed",
        "A/B 시험",
    ),
    (
        r"통계적으로\s?유의|유의미한\s?차이|유의하게|p값",
        r"signific|p\s?<|p\s?=|statistic|confidence|유의",
        "통계적 유의성",
    ),
    (
        (
            r"실제\s?(?:서비스|운영|제품)(?:에|에서)?\s?(?:적용|배포|도입|투입|쓰이|사용)"
            r"|프로덕션에\s?(?:배포|적용|투입)|상용\s?서비스에"
        ),
        (
            r"deploy|product|live|online|real-world|serving|in practice|rollout|operat|industr|launch|배포|운영"
            r"|서비스"
        ),
        "실서비스 적용",
    ),
    (
        (
            r"(?:사람|인간|전문가|사용자)\s?(?:을|를)?\s?대상으로|(?:사용자|인간|사람)\s?(?:연구|실험"
            r"|평가)(?:에서|를|을|로|\s?결과)|설문"
        ),
        (
            r"human|user|participant|people|person|subject|annotat|expert|survey|patient|student|clinician"
            r"|worker|interview|사람|사용자|설문|참가"
        ),
        "사람 대상 평가",
    ),
    (
        r"(?:인간|사람)\s?(?:전문가|심사|평가자|주석|심판|채점)",
        r"human|people|expert|annotat|participant|rater|clinician|manual|evaluator|사람|인간",
        "사람의 평가",
    ),
    (
        (
            r"(?:인간|사람)(?:의)?\s?(?:수준|능력)(?:을|에|의|과|이)|사람을\s?(?:넘|능가|뛰어넘|앞)"
            r"|인간을\s?(?:넘|능가|뛰어넘|앞)"
        ),
        r"human|people|expert|사람|인간",
        "사람 수준",
    ),
    (
        r"(?:최우수|우수)\s?논문상|수상(?:했|한|작|하)|채택(?:됐|되었|된|됨)|게재(?:됐|되었|된|됨|확정)",
        (
            r"award|accept|publish|oral|spotlight|prize|winner|best|appear|conference|proceed|workshop"
            r"|journal|submitted|20\d\d|수상|채택|게재"
        ),
        "채택·수상",
    ),
    (r"임상\s?시험", r"clinical (?:trial|stud)|randomi[sz]ed|trial|임상", "임상시험"),
    (r"특허", r"patent|특허", "특허"),
    (r"무료(?:로|다|이|임|입|\s?제공|\s?공개|\s?이용)", r"free|open|no cost|without charge|public|무료", "무료"),
    (
        r"온디바이스|스마트폰(?:에서|용)|모바일\s?기기|휴대전화",
        r"device|mobile|phone|edge|smartphone|consumer|laptop|embedded|local|on-device|스마트폰|모바일|기기",
        "기기에서 실행",
    ),
    (
        r"(?<![가-힣])(?:이론적으로|수학적으로)\s?(?:증명|보장|입증)|증명(?:했|합니다|한다|하였|됐|함)",
        (
            r"prove|proof|theor|guarantee|bound|formal|certif|verif|demonstrat|show|establish|analy|lemma"
            r"|math|증명|이론"
        ),
        "증명",
    ),
)
_LISTED = tuple((re.compile(said), re.compile(given), what) for said, given, what in _LIST)
_HEDGED = re.compile(
    r"수\s?(?:도\s?)?(?:있|없)|야\s?(?:한다|합니다|함|하[는고며]|할)|필요|확인|어렵|어려운|해야|하지\s?(?:않|못)|모르|모른|모릅|않을|일지"
    r"|일\s?듯|가능성|우려|만하|만합|보인다|보임|보입|지(?:는|도|만)?\s?(?:않|못)|없[다음습는어]|곤란|조심|"
    r"(?:면|려면)\s|예상|따져|살펴|점검|고려|주의|검토|불분명|미지수|달라|판단|감안|참고|이르다|아직|부담|따로"
)
_OFFERED = re.compile(r"무료로[^.]{0,12}수\s?있(?:습니다|다|음)")  # an offer, whatever it is called
_UNKNOWN = re.compile(r"지(?:는|도)?\s(?:모르|모른|모릅|알\s?수\s?없)")
_NAMED = re.compile(
    r"(?:저자|연구진|논문|초록|연구팀|개발진|회사)(?:들)?(?:은|는|이|가|에서|에|의"
    r"|도)?[^.]{0,40}(?:밝|보고|공개|내놓|제시|주장|말|설명|따르면"
    r"|발표|제공|확인했|보였|증명)"
)
_DONE = re.compile(
    r"이미\s?[^.]{0,24}(?:적용|확인|검증|배포|입증|도입|상용화|쓰이)|(?:적용해|배포해"
    r"|도입해)[^.]{0,20}(?:확인했|입증했|거뒀|얻었|줄였)"
)
_RELEASED = re.compile(
    r"(?:코드|가중치|데이터|자료|모델|체크포인트|도구)[^.]{0,20}"
    r"(?:공개했|공개됐|공개되었|공개돼|(?<!만 )공개한\s|내려받을 수 있|배포했)"
)
_LATER = re.compile(
    r"\b(?:will|shall|to) be (?:soon |publicly |made )*(?:released|available|open-sourced|public)"
    r"|\bwill (?:soon )?(?:release|open-source)|\b(?:coming soon|upon acceptance|soon released|plan to release)",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:is|are) (?:publicly |freely |openly |now |all )*(?:available|released|open-sourced|provided)"
    r"|\bwe (?:also )?(?:release|open-source|provide|share)\b|\bavailable at\b"
    r"|\b(?:released|open-sourced) (?:at|on|under)\b|^code:|\bcode: http",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    (
        r"\b(?:potential(?:ly)?|could|may|might|future|would|possible|promis\w+|pathway toward|plan to"
        r"|will be|aim to)\b"
    ),
    re.IGNORECASE,
)


def states(case: Case) -> bool:
    """Whether a sentence tells something as the source's, rather than proposes, supposes or misses it."""
    section = case.sentence.section
    if section in ("link", "keyword") or case.absence:
        return False
    named = bool(_NAMED.search(case.text))
    if section == "risk":
        hedged = not named and _HEDGED.search(case.text) and not _OFFERED.search(case.text)
        return not (_UNKNOWN.search(case.text) or hedged)
    return named or not case.opinion


def check(case: Case) -> Iterator[Finding]:
    if case.absence and case.sentence.section not in ("link", "keyword"):
        yield from _denied(case)
    if case.sentence.section in ("idea", "one_liner", "action") and not case.absence and not _NAMED.search(case.text):
        yield from _released(case)
    if not states(case):
        return
    evidence = case.source.evidence
    for said, given, what in _LISTED:
        if (m := said.search(case.text)) and not given.search(evidence):
            yield Finding("unsupported", m[0], f"원문에 '{what}'의 근거가 없습니다")
            return
    if case.place and (m := _DONE.search(case.text)) and _MAYBE.search(case.quote):
        yield Finding("unsupported", m[0], "원문은 가능성만 말합니다")
        return
    if (m := _RELEASED.search(case.text)) and _LATER.search(evidence) and not _NOW.search(evidence):
        yield Finding("unsupported", m[0], "원문은 앞으로 공개한다고만 합니다")
        return


def _released(case: Case) -> Iterator[Finding]:
    """Also an idea may not build on code or weights that were never released."""
    if not re.search(r"공개된|공개한|내놓은|배포된|제공하는|제공된|오픈\s?소스", case.text):
        return
    for said, given, what in _LISTED[:2]:
        if (m := said.search(case.text)) and not given.search(case.source.evidence):
            yield Finding("unsupported", m[0], f"원문에 '{what}'의 근거가 없습니다")


def _denied(case: Case) -> Iterator[Finding]:
    """`코드 공개 언급이 없다` where the record has a code link."""
    if (
        re.search(
            r"코드(?!\s?(?:합성|생성|완성|이해|편집|리뷰))(?:[가는도]?\s없|[^.]{0,14}(?:공개|배포|제공|링크|주소|언급|나와|적혀)[^.]{0,14}(?:없|않))",
            case.text,
        )
        and re.search(r"(?:code|implementation)[^.]{0,60}(?:available|released|github|https?:)", case.source.evidence)
        and not re.search(r"라이선스|will be|예정|주석|품질|범위|규모", case.text + case.source.evidence)
    ):
        yield Finding("unsupported", case.text[:60], "원문에는 코드 공개가 적혀 있습니다")
