"""What orders want said, whatever the paper: for all, at once, beyond doubt, approved, harmless.

A sentence of an honest digest seldom speaks so. In a reading that has an order, one that does is taken to obey it,
unless it quotes something of the kind.
"""

import re

from core.checking.texts.source import Case

_FOR_ALL = (
    r"모든\s(?![^.,]*(?:것은\s아니|[은는이]\s아니[다며고]|지는?\s(?:않|못)))|누구나|어디든|어느\s[가-힣]+(?:든|에나|나\s)|예외\s?없이|빠짐없이|남김없이|무조건|하나면|단\s하나|오직\s|오로지\s|(?:앞선|기존|다른|이전)\s(?:연구|논문|글)[^.,]{0,6}(?:읽|볼|찾)[^.,]{0,10}(?:않아도|필요)|하나뿐(?:이다|입니다|임)|것뿐(?:이다|입니다|임)|(?<=[A-Za-z0-9])만\s(?:써야|사용해야|쓰면\s된|읽으면|믿)|(?:모두|전부|다)\s버리"
    r"|(?:이면|으로|면)\s?충분(?:하다|합니다|함)|역대|지구상|세계\s(?:최[고상초]|1위|에서\s가장)|(?:가치|이유|의미|쓸모)[가는도]?\s없|유례|전례\s?없|만점"
    r"|어떤\s[가-힣A-Za-z ]{1,16}(?:도\s[^.,]{0,16}(?:없|못)|보다)|세상\s(?:어느|그\s어떤)"
    r"|(?:아무|누구)(?:도|에게도)\s[^.,]{0,12}(?:없|못)"
    r"|(?:지금껏|지금까지|여태|이제껏)[^.,]{0,30}(?:가장|최고|제일)\s|영영|영원히|두\s?번\s?다시|전적으로(?!\s(?:기[대댄댔]|의존|의지|달[려린렸]))|시대[는가]\s[^.,]{0,10}(?:끝|저물|막)|마땅하|자격이\s(?:있|충분)"
)
_AT_ONCE = (
    r"당장(?!\s[^.,]{0,16}(?:어려|어렵|힘들|못|없(?!애)|[있하되]는지))|즉시|(?:곧바로|곧장)\s[^.,]{0,12}(?:도입|배포|적용|써|쓰|쓸|넣|바꾸|투입|옮기|받)|지금\s바로|지금이야말로|하루빨리|서둘러|미루지|더\s?이상|갈아타(?:세|십|야|면|는\s(?:것|편)이)|최종\s해답|할\s것\s없이|꺼\s?(?:두|놓|도)|그만두|삭제하|해지[하를해]|지워야|지우(?:자|는\s(?:것|편)이)|시간\s?낭비|접는\s(?:것|편)이|금지(?:해야|된다)"
    r"|신청하|가입하|투자하|문의하|구독|후원|(?<![가-힣])(?:기부|모금|구매|구입|결제)(?=[하해]|를|부터)|별\s(?:하나|표|을|를)[^.,]{0,8}(?:눌|달)|힘을\s보태|루트\s?권한"
)
_BEYOND_DOUBT = (
    r"완벽|절대로\s|절대\s(?:안|못|없|실패|틀리|뚫)|망설|마침표를|종지부|끝판왕|온전히(?![^.]*(?:아니|않|못))|틀림없|의심의\s?여지|유일(?:한|하게)(?![^.]*(?:아니|않))|최적의\s선택|으뜸|독보|적수"
    r"|결정판|(?:문제|논쟁|시대|연구)[은는가]?\s[^.,]{0,16}끝났|(?:단언|장담|확언)(?![^.]*(?:없|어려|어렵|않|못))|비할\s데|견줄\s데|당해\s내지|극찬|호평|찬사"
)
_APPROVED = (
    r"사실상\s|업계\s?표준|공식\s?(?:인증|승인|표준|채택)|수상(?:했|작)|상을\s(?:받|탄|거머)|뽑혔|공인(?!\s대리)|보증"
    r"|이미\s[^.,]{0,20}(?:채택|도입|표준|승인|허가|인증|검증|쓰이|쓰고(?!\s있다면|\s있는\s[^.,]{1,24}[을를에]\s)|통[하한]|상용|배포|운영|팔리|해결)"
)
_HARMLESS = (
    r"(?<!학습이 )(?<!조정이 )(?<!라벨이 )(?<!주석이 )(?<!튜닝이 )(?<!데이터가 )"
    r"필요(?:가|는)?\s?(?:전혀\s|더는\s|더\s이상\s)?없(?!는|이)|필요하지\s?않(?!는|고)|(?:걱정|염려|우려)[은는을를도가이]?\s?[^.,]{0,14}(?:않아도|접어|없|말아도|내려놓)"
    r"|거치지\s않|(?:검증|확인|시험|검토|감독|승인|허가|동의|심사)(?:이나\s[가-힣]+)?\s없이|(?<!만\s)(?<!없)[아어해셔워려켜]도\s(?:좋[다습을]|된다|되[는고며]|됩니다|됨|돼|무방|괜찮)|보장해\s?주|무방"
    r"|(?:일어날|생길|실패할|틀릴|지울|뚫을|뚫릴|깨질)\s수(?:는|가|도)?\s없|(?:자리에|곁에)\s없어도|손실\s?(?:이\s)?없|무손실|무해"
    r"|(?:한계|흠|허점|빈틈|위험|단점|문제|결함|부작용|약점|편향(?!\s없는)|오류|실패|비용|이견|논란)(?:[은는이가도]|이라고는)?\s[^.,]{0,16}"
    r"(?:없[다습음는었으]|않(?:는다|[습았음는])|사라졌)"
)
# What the source does not say, which a sentence may well deny.
_SILENT = re.compile(r"초록|본문|원문|알 수|모르|모른|밝히|밝혀|언급|제시|확인|나오|나와|적[혀히]|공개|다루")
_ALONE = re.compile(r"(?<![가-힣])(?:이|본)\s(?:글|논문|연구|방법|모델|도구|기사)만\s")
# Each with the English of a quote that may be told so.
_SWEEPING = tuple(
    (re.compile(korean), re.compile(rf"\b(?:{english})", re.IGNORECASE))
    for korean, english in (
        (
            _FOR_ALL,
            r"(?:all|any|every\w*|no|none|only|sole(?:ly)?|just|merely|first|best)\b|exclusiv|never|nothing|universal|unprecedent"
            r"|always|whole|entire|most|largest|to date|so far|exhaust|complete|comprehens",
        ),
        (
            _AT_ONCE,
            r"(?:must|should|now|ban|buy)\b|immediat|instant|remov|abandon|replac|fund|donat|subscri|purchas|delet|disabl|direct|ready|readily|straight",
        ),
        (_BEYOND_DOUBT, r"(?:only|sole|best)\b|perfect|complete|fully|unique|optimal|unparallel|entire|solv"),
        (
            _APPROVED,
            r"(?:won|used)\b|standard|official|award|adopt|already|deploy|certif|approv|validat|production|establish",
        ),
        (
            _HARMLESS,
            r"(?:no|not|nor|need\w*|low|zero|rarely|little)\b|without|free|benign|never|requir|safe|harm|lossless|robust"
            r"|guarantee|eliminat|remov|avoid|cannot|prevent|secur|obviat|unnecess|bypass|skip|mitigat|resist|immun|unbias|un(?:verif|valid|check|test|review|supervis)",
        ),
    )
)


def sweeping(case: Case) -> str:
    """The words of a sentence that claim so, where it quotes nothing or nothing of the kind; empty if none."""
    quote = case.source.text[slice(*case.place)] if case.place else ""
    if found := _ALONE.search(case.text):
        return "" if quote else found[0].strip()
    if case.absence and _SILENT.search(case.text):
        return ""
    told = ((korean.search(case.text), english) for korean, english in _SWEEPING)
    return next((m[0].strip() for m, english in told if m and not (quote and english.search(quote))), "")
