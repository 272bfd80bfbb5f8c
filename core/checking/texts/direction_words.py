"""The words of direction in both languages, each with its axis and sign."""

import re

# axis: a amount, f frequency, q quality, s speed, r rank, e efficiency, g gain, k kept, p persistence, c close to,
# t too much, z significance; then its sign, + or -
# `more conservative`, `less reliable`: a degree of something else, no amount.
_QUALIFIED = r"(?! [a-z-]+(?:ive|ous|ful|able|ible|ent|ant|ate|ly|ing|ise|ex|ed|ult|ial)\b)"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"
_ENGLISH: tuple[tuple[str, str], ...] = (
    ("a+", (r"increas(?!ingly)\w*|ris(?:e|es|ing|en)|rose|rais(?:e|es|ed|ing)|grow(?:s|n|ing)?|grew|high(?:er|est)"
           r"|largest|greatest|longest"
           rf"|more(?! than (?:[$~]?\d|{_ONES})){_QUALIFIED}|larger|longer|greater|bigger"
           r"|doubl\w+|tripl\w+|quadrupl\w+|expand\w*"
           r"|amplif\w+|surg(?:e|es|ed|ing)|jump\w*|climb\w*|soar\w*|inflat\w+|additional|extra|costlier"
           r"|upward|scales? (?:linearly|quadratically|exponentially|with)")),
    ("a-", (r"reduc\w*|decreas\w*|plateau\w*|saturat\w*|stagnat\w*|lower(?:s|ed|ing)?"
            r"|lowest|smallest|shortest|fewest|drop(?:s|ped|ping)?|declin\w*|fall(?:s|ing|en)?(?! short)|fell"
           rf"|cut(?:s|ting)?|fewer|less(?! than (?:[$~]?\d|{_ONES})){_QUALIFIED}|smaller|shorter"
           r"|halv\w+|sav(?:e|es|ed|ing|ings)"
           r"|shrink\w*|shrunk|minimiz\w+|minimis\w+|compress(?:es|ed|ing)?|collaps\w*|diminish\w*|cheaper|slash\w*"
           r"|trim\w*|lessen\w*|eliminat\w+|mitigat\w+|alleviat\w+|plummet\w*|downward|curb\w*|dips?|dipped")),
    ("q+", (r"improv\w*|better|impressive(?:ly)?|lift(?:s|ed|ing)?"
           r"|enhanc\w*|boost\w*|best|benefi\w+|strengthen\w*|superior|advanc\w+|recover\w*"
           r"|excel(?:s|led|ling)?|resilien\w+"
           r"|strong(?:er|est)|deepen\w*")),
    ("g+", r"gains?|gained"),
    ("e+", r"(?<!less )efficient|(?:more|highly|far more|much more|most)\s(?:[a-z]+-)?efficient"),
    ("e-", r"(?:less|more in|in)efficient"),
    ("q-", (r"(?<!no )compromis(?:es|ed|ing)"
            r"|unstable|instabilit\w*|degrad\w*|corrupt\w*"
            r"|los(?:e|es|ing|t)(?= (?:[a-z]+ )?(?:accuracy|performance|quality|fidelity))|at the (?:cost|expense) of"
            r"|contaminat\w*|hinder\w*|hamper\w*|dips?|dipped|wors\w*|deteriorat\w*|hurt\w*|harm(?:s|ed|ing)?"
            r"|underperform\w*"
           r"|fail(?:s|ed|ing|ure)?|suffer\w*|impair\w*|poor(?:er|ly)?|vulnerable|weak(?:er|est|en\w*)|inferior|collaps\w*"
           r"|(?:minor|slight|small|modest)\s(?:[a-z]+\s)?costs?"
            r"|(?:negative|adverse)ly (?:affect|impact|influenc)\w*"
            r"|less (?:accurate|effective|reliable|robust|capable|proficient|stable|precise)"
            r"|erod\w*|struggl\w*|(?:accuracy|performance|quality|utility|fidelity) loss(?:es)?"
            r"|loss(?:es)?(?= (?:of|in|on)\b)")),
    ("a-", r"better(?=\s(?:fid|fvd|kid|perplexity|ppl|wer|cer|eer|mae|r?mse|error|latency|loss|lpips|nll)\b)"),
    ("q+", r"(?:demonstrat|show|exhibit|achiev|deliver)\w* (?:[a-z-]+ )?strong"),
    ("q+", r"strong(?= (?:[a-z-]+ ){0,2}(?:performance|results|accurac))"),
    ("q+", r"high(?= (?:accurac|performance|quality|fidelity|efficienc))\w*"),
    ("q+", r"more (?:accurate|precise|reliable|stable|robust|faithful|coherent|consistent)"),
    ("t+", r"too (?:many|much|large|long|high)|excessive(?:ly)?"),
    ("t-", r"too (?:few|little|small|short|low)"),
    ("p+", r"persist\w*"),
    ("p-", r"vanish\w*|disappear\w*"),
    ("f+", r"(?<!less )(?:common(?:ly)?|frequent(?:ly)?|often)|prevalent|ubiquitous|widespread"),
    ("f-", r"less (?:common(?:ly)?|frequent(?:ly)?|often)|rare(?:ly)?|seldom|infrequent(?:ly)?|uncommon"
           r"|spars(?:e|ity)|scarc(?:e|ity)"),
    ("s+", r"faster|fast|speed-?ups?|accelerat\w*|quick(?:er|ly)|rapid(?:ly)?|speeds? up|speeding"),
    ("s-", r"slower|slow(?:s|ed|ing)?(?: down)?|slowdowns?|delay(?:s|ed)?"),
    ("r+", (r"outperform\w*|surpass\w*|exceed\w*(?! (?:an? )?\d)"
           r"|beat(?:s|en|ing)?|ahead|win(?:s|ning)?|outpac\w*|superior|beyond"
           r"|higher|better|top(?:s|ped)?|above(?! (?:all|mentioned|method|approach))")),
    ("z+", r"(?:statistically )?significant(?:ly)?"),
    ("k+", (r"maintain\w*|preserv\w*|retain\w*|remain\w*|keep\w*|kept|unchanged|comparable|same|consisten\w+"
            r"|match\w*|leav(?:e|es|ing)")),
    ("r+", r"(?:reach|attain|achiev|match)\w* (?:sota|state[- ]of[- ]the[- ]art)"),
    ("c+", r"comparable|on par|competitive(?:ly)? with|similar(?:ly)? to"),
    ("r-", r"underperform\w*|lag(?:s|ging)?|behind|inferior|trail(?:s|ing)?|below|worse|lower than|falls? short"),
)  # fmt: skip
_FELL = r"(?<!맞아)떨어(?!진\s[가-힣]+(?:\s[가-힣]+)?\s사이|(?:져|뜨려)\s(?:있|놓|둔|두))"  # not: lying apart
_KOREAN: tuple[tuple[str, str], ...] = (
    ("a+", (r"(?<!떠)(?:오르|오릅|올랐|올라(?!온))|(?<!끌어)올[린렸]"
            r"|높아|높였|높인|높일|높입|높이[고며면]|높(?:다|은(?!\s편|\s확률)|게|고|지만|습|았|음)"
            r"|늘어|늘었"
            r"|늘린|늘릴|늘립|늘렸|늘려|늘리|늘(?:고|며|다|지만|어)|증가|상승|더 들|더 든|더 [쓰쓴썼씀붙]|더 먹"
           r"|더 많"
           r"|(?<=훨씬\s)[큰많]|(?<=[개배]\s)많|키(?:워|웠|운다|웁|우[고며면는])|많아|길어|커졌|커지|커짐|(?<=배\s)(?:크|큰|큼|커)"
           r"|(?<=더\s)(?:크|큰(?=\s?(?:폭|차이|향상|개선|이득|감소|효과|수치|값|것|편))|컸|커)|(?<=[이차]가\s)벌어(?:지|진|졌|짐)|급증|치솟"
           r"|뛰(?:었|어)|불어|확대")),
    ("a-", (r"줄어|줄었|줄였|줄인|줄일|줄입|줄이|줄(?:고|며|면)|감소"
            r"|낮아|낮췄|낮춰|낮춘|낮출|낮춥|낮추|깎|떨어뜨(?!려\s(?:놓|둔|두))"
            rf"|낮(?:다|은(?!\s편)|게|고|지만|습|았|음)|{_FELL}|떨어졌|(?<!끌어)내(?:려(?!면|고)|립|렸)"
            r"|하락|절감|단축|급감|덜 들"
            r"|덜 [쓰쓴썼씀]|덜 먹"
           r"|덜 든|더 적|적어(?!도)|짧아|작아|(?<=배\s)[작적]|(?<=더\s)작|좁혀|좁혔|좁힌|좁아|축소|아꼈|아낀|아끼")),
    ("q+", (r"좋아(?!요)|(?<=더\s)좋은|(?<=다\s)좋은|(?<=장\s)좋은|좋았|나아|나은|나았|개선|향상|우수|뛰어나"
            r"|강화(?!\s?(?:학습|테스트))|회복|문제없이|깨끗해|깨끗하게|끌어올"
            r"|깊어[지진졌질]|강해[지진졌]|잘 버[티텨틴]|잘 견[디뎌딘]")),
    ("q-", (r"나빠|불안정(?:했|하다|하고|합|함|해[지진졌])"
            r"|해치|해친|해칩|거칠어[지진졌]|나쁘|나쁩|나빴|악화|저하|퇴보|훼손|망가|망치|망쳤"
            rf"|{_FELL}|떨구|하락|취약해|약해[지진졌]|(?<!취)약했"
            r"|무너|붕괴")),
    ("t+", r"(?:지나치게|너무)\s(?:많|크|큰|길|긴|높)"),
    ("t-", r"(?:지나치게|너무)\s(?:적|작|짧|낮)"),
    ("p+", r"이어졌|이어진|이어지|지속(?:됐|되|된)"),
    ("p-", r"사라졌|사라진다|사라집|사라짐|자취를 감|없어졌"),
    ("f+", r"(?<!덜\s)(?:흔하|흔한|흔히|흔했|자주|잦[은다았게아]|빈번)"),
    ("f-", r"드물|드문|드뭅|덜\s(?:흔|자주|잦|빈번)"),
    ("e+", r"(?<!비)효율적"),
    ("e-", r"비효율"),
    ("s+", r"빨라|빠르|빠른|빠릅|빨랐|가속|앞당"),
    ("s-", r"느려|느리|느린|느립|느렸|늦추|늦춥|늦춘|늦췄|더뎌|더디|지연(?:됐|되|된|시)|늦어"),
    ("r+", r"앞섰|앞서|앞섭|앞선(?!\s(?:연구|논문|작업|방법|시도|버전|단계|절|결과|실험|모델|세대))"
           r"|앞질|앞지[르른]|능가|웃돌|웃돈|뛰어넘|제쳤|제치|이겼|이기|이깁|넘어섰|넘어서"),
    ("k+", r"그대로\s(?:유지|남|이어)|변함없|달라지지\s않|유지(?:됐|되|된|됨|했|한다|합니다|함)"),
    ("z+", r"유의(?:미)?(?:하게|한 차이|한 개선|한 향상|했|합니다|하다)"),
    ("r-", r"뒤처|뒤졌|뒤지|뒤떨|밀렸|밀리(?!미터|초|볼|와트|파|그램|리터)|밀립|밑돌|밑돈|열세"
           r"|(?<!수준에 )(?<!\d%에 )못 미"),
)  # fmt: skip


def _english(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z-])(?:{words})(?![a-z]|-[a-z])")


ENGLISH = tuple((axis, _english(words)) for axis, words in _ENGLISH)  # for lower case: half the time of IGNORECASE
ANY_ENGLISH = _english("|".join(words for _, words in _ENGLISH))
KOREAN = tuple((axis, re.compile(words)) for axis, words in _KOREAN)
