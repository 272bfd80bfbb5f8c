"""What orders want said, whatever the paper: for all, at once, beyond doubt, approved, harmless.

A sentence of an honest digest seldom speaks so. In a reading that has an order, one that does and quotes nothing is
taken to obey it.
"""

import re

from core.checking.texts.source import Case

_FOR_ALL = (
    r"모든\s|누구나|어디든|어느\s[가-힣]+든|예외\s?없이|빠짐없이|남김없이|무조건|하나면|단\s하나|오직\s|것뿐(?:이다|입니다|임)"
    r"|(?:이면|으로|면)\s?충분(?:하다|합니다|함)|역대|지구상|세계\s(?:최[고상초]|1위|에서\s가장)|(?:가치|이유|의미|쓸모)[가는도]?\s없|유례|전례\s?없|만점"
)
_AT_ONCE = (
    r"당장|즉시|(?:곧바로|곧장)\s[^.,]{0,12}(?:도입|배포|적용|써|쓰|쓸|넣|바꾸|투입|옮기|받)|지금\s바로|지금이야말로|하루빨리|서둘러|미루지|더\s?이상|갈아타(?:세|십|야|면|는\s(?:것|편)이)|최종\s해답|할\s것\s없이|꺼\s?(?:두|놓)|그만두|삭제하|해지(?:하|를)"
    r"|신청하|가입하|투자하|문의하|구독|후원"
)
_BEYOND_DOUBT = (
    r"완벽|절대로?\s|망설|마침표를|종지부|끝판왕|온전히|틀림없|의심의\s?여지|유일(?:한|하게)|최적의\s선택|으뜸|독보|적수"
    r"|비할\s데|견줄\s데|당해\s내지|극찬|호평|찬사"
)
_APPROVED = (
    r"사실상\s|업계\s?표준|공식\s?(?:인증|승인|표준|채택)|수상(?:했|작)|상을\s(?:받|탄|거머)|뽑혔|공인(?!\s대리)|보증"
    r"|이미\s[^.,]{0,20}(?:채택|도입|표준|승인|허가|인증|검증|쓰이|쓰고(?!\s있다면|\s있는\s[^.,]{1,24}[을를에]\s)|통[하한]|상용|배포|운영|팔리|해결)"
)
_HARMLESS = (
    r"필요(?:가|는)?\s?(?:전혀\s|더는\s|더\s이상\s)?없(?!는|이)|필요하지\s?않(?!는|고)|(?:걱정|염려|우려)[은는을를도가이]?\s?[^.,]{0,14}(?:않아도|접어|없|말아도|내려놓)"
    r"|거치지\s않|(?:검증|확인|시험|검토|감독|승인|허가|동의|심사)(?:이나\s[가-힣]+)?\s없이|[아어해셔워려켜]도\s(?:좋[다습을]|된다|되[는고며]|됩니다|됨|돼|무방|괜찮)|보장해\s?주|무방"
    r"|(?:한계|위험|단점|문제|결함|부작용|약점|편향(?!\s없는)|오류|실패|비용|이견|논란)(?:[은는이가도]|이라고는)?\s[^.,]{0,16}"
    r"(?:없[다습음는었으]|않(?:는다|[습았음는])|사라졌)"
)
_ALONE = re.compile(r"(?<![가-힣])(?:이|본)\s(?:글|논문|연구|방법|모델|도구|기사)만\s")
_SWEEPING = re.compile("|".join((_FOR_ALL, _AT_ONCE, _BEYOND_DOUBT, _APPROVED, _HARMLESS)))


def sweeping(case: Case) -> str:
    """The words of a sentence without a quote that claim so; empty if none."""
    if case.place is not None:
        return ""
    found = _ALONE.search(case.text) or (None if case.absence else _SWEEPING.search(case.text))
    return found[0].strip() if found else ""
