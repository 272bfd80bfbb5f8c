"""Units as English and Korean write them behind a number: which dimension, and how many of its base unit.

A row is (pattern, dimension, factor to the base unit). Percent, percentage points, points and multiples are
dimensions of their own, because confusing them is the commonest wrong number. Counters (개, 명, 건 …) are the
dimension `count`; countable things that must not be swapped (tokens, parameters, people, layers) have their own.
"""

import re
from dataclasses import dataclass

# Dimensions of countable things: equal to a bare number, never to each other (except plain `count`).
NOUNS = frozenset({"token", "param", "person", "layer", "language", "country", "page", "word", "image", "gpu",
                   "paper", "step", "epoch", "session", "sentence", "video", "char", "round"})  # fmt: skip
COUNTABLE = NOUNS | {"", "count", "times", "ordinal", "calendar"}
PHYSICAL = frozenset({"time", "byte", "bit", "flop", "hz", "watt", "wh", "joule", "length", "area", "mass", "usd",
                      "eur", "krw", "jpy", "cny", "gbp", "inr", "lux", "lumen", "volt", "newton", "pascal",
                      "litre", "mmhg", "ppm", "kcal", "radian", "ev", "ampere", "ah", "ohm", "rpm", "bpm",
                      "kelvin"})  # fmt: skip
NAMES = {
    "": "단위 없음", "%": "%", "pp": "%p", "point": "점", "x": "배", "time": "시간", "byte": "바이트", "bit": "비트",
    "flop": "FLOPs", "hz": "Hz", "watt": "W", "wh": "Wh", "joule": "J", "length": "길이", "area": "넓이",
    "mass": "무게", "temp": "도", "fahrenheit": "화씨",
    "decibel": "dB", "pixel": "픽셀", "frame": "프레임", "usd": "달러", "eur": "유로", "krw": "원", "jpy": "엔",
    "cny": "위안", "gbp": "파운드", "inr": "루피", "lux": "럭스", "lumen": "루멘", "volt": "V", "newton": "N",
    "pascal": "Pa", "litre": "리터", "mmhg": "mmHg", "ppm": "ppm", "kcal": "kcal",
    "radian": "라디안", "ev": "eV", "ampere": "A", "ah": "Ah", "ohm": "Ω", "rpm": "rpm", "bpm": "bpm", "kelvin": "K",
    "char": "글자", "round": "라운드", "count": "개수", "token": "토큰",
    "param": "파라미터", "person": "명",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    dimension: str
    factor: float = 1.0


_SI = {"": 1.0, "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18, "m": 1e-3}
_KO_SI = {"": 1.0, "킬로": 1e3, "메가": 1e6, "기가": 1e9, "테라": 1e12, "페타": 1e15, "밀리": 1e-3}
_MIN, _HOUR, _DAY = 60.0, 3600.0, 86400.0

# Right behind a number: `18번의 실행`, where 번의 alone is another word.
_AFTER_NUMBER = r"(?:(?<=\d)|(?<=[만천백억여])|(?<=[만천백억여한두세네섯곱덟홉열]\s))"
# A Korean unit ends where no longer word goes on: the words in (?!…) are the longer ones.
_ROWS: list[tuple[str, str, float]] = [
    (
        (
            r"%\s?percentage[\s-]?points?|%\s?[pP](?:ts?\b|(?![a-oq-zA-Z@]))|%\s?포인트|(?:퍼센트|프로)\s?포인트|(?:absolute\s)?percent(?:age)?[\s-]?points?|pp(?![a-z])"
            r"|pps?\.|p\.p\.|pts?\.? percentage"
        ),
        "pp",
        1,
    ),
    (r"%|percent|per cent|퍼센트|(?<!\s)프로(?![그젝세토파브필])", "%", 1),
    (r"‰|퍼밀", "%", 0.1),
    (
        (
            r"[x×X](?![A-Za-z0-9]|-[a-z])|-?fold|배(?![치포열경터분제송우관당급합달점정])|곱절|갑절"
            r"|-?times (?:more|less|larger|smaller"
            r"|fewer|faster|slower|higher|lower|longer|shorter|cheaper|better|greater|as|the|that)"
        ),
        "x",
        1,
    ),
    (
        r"(?:absolute\s|accuracy\s|BLEU\s|F1\s|score\s)?points?|pts?(?![a-z])|포인트|점(?![수유검차진프심자])",
        "point",
        1,
    ),
    (r"milliseconds?|msecs?|ms(?![A-Za-z])|밀리\s?초|㎳", "time", 1e-3),
    (r"microseconds?|[μµu]s(?![A-Za-z])|마이크로\s?초", "time", 1e-6),
    (r"nanoseconds?|ns(?![A-Za-z])|나노\s?초", "time", 1e-9),
    (r"seconds?|secs?(?![a-z])|s(?![A-Za-z])|초(?!\s?해상|[록기과안점반월대급거고])", "time", 1),
    (r"(?:person|man|labou?r)[\s-]hours?|인시(?![대험도간작])", "time", _HOUR),
    (r"(?:person|man)[\s-]days?|인일(?![수상])", "time", _DAY),
    (r"minutes?|mins?(?![a-z])|분(?!의\s?[\d일이삼사오한]|[기야류포석할산리량자배면])", "time", _MIN),
    (
        r"(?:(?:[A-Z]\d{2,3}[\s-])?(?:gpu|GPU|CPU|TPU)|[A-Z]\d{2,3})?[\s-]?(?:hours?|hrs?(?![a-z])|h(?![A-Za-z]))|(?:GPU[\s-]?)?시간(?!\s?(?:척도|축|대|해상도|스케일))",
        "time",
        _HOUR,
    ),
    (
        (
            r"(?:GPU|CPU|TPU|[A-Z]\d{2,3})?[\s-]?days?(?!/[a-z])|(?:GPU[\s-]?)?일(?![반관부치본정종환원])(?!\s?(?:때"
            r"|경우|수\s|뿐|지라|뿐만|것"
            r"|가능))|(?<=\d)일(?=부터)|하루"
        ),
        "time",
        _DAY,
    ),
    (r"weeks?(?!ly)|주일|주(?![제요장의소어진파행로년최택석변기입])|(?<=\d)주(?=[의로]\s)|주간", "time", 7 * _DAY),
    (r"months?(?!ly)|개월|달(?![러성리])", "time", 30 * _DAY),
    (r"years?(?!ly)|yrs?(?![a-z])|년(?!대)|개년|살(?=$|[\s,.·은이의과까짜부아])", "time", 365 * _DAY),
    (r"decades?(?![a-z])", "time", 3650 * _DAY),
    (r"centur(?:y|ies)(?![a-z])|세기", "time", 36500 * _DAY),
    *[
        (rf"{p}FLOP[sS]?(?:/s|ps)?(?![A-Za-z])|{p}flops?(?![A-Za-z])|{p}OPS(?![A-Za-z])", "flop", f)
        for p, f in _SI.items()
        if p not in ("k", "m")
    ],
    *[(rf"{p}플롭스", "flop", f) for p, f in _KO_SI.items()],
    *[(rf"{p}bps(?![A-Za-z])|{p}b/s|{p}bits?/s", "bit", f) for p, f in _SI.items() if p != "m"],
    *[(rf"{p}i?B(?:ytes)?(?:/s|ps)?(?![A-Za-z])", "byte", f) for p, f in _SI.items() if p not in ("", "m", "E")],
    (r"bytes?|바이트", "byte", 1),
    (r"kilobytes?|킬로바이트", "byte", 1e3),
    (r"megabytes?|메가바이트|메가(?![가-힣])", "byte", 1e6),
    (r"gigabytes?|기가바이트|기가(?![가-힣])", "byte", 1e9),
    (r"terabytes?|테라바이트|테라(?![가-힣])", "byte", 1e12),
    (r"petabytes?|페타바이트", "byte", 1e15),
    (r"bits?(?![a-z])|비트", "bit", 1),
    *[(rf"{p}Hz", "hz", f) for p, f in _SI.items() if p not in ("K", "P", "E", "m")],
    *[(rf"{p}헤르츠", "hz", f) for p, f in _KO_SI.items() if p != "밀리"],
    *[(rf"{p}Wh(?![a-z])", "wh", f) for p, f in _SI.items() if p not in ("K", "E")],
    *[(rf"{p}W(?![A-Za-z0-9])", "watt", f) for p, f in _SI.items() if p not in ("K", "P", "E")],
    *[(rf"{p}와트시", "wh", f) for p, f in _KO_SI.items()],
    *[(rf"{p}와트", "watt", f) for p, f in _KO_SI.items()],
    (r"watts?", "watt", 1),
    (r"kilowatts?", "watt", 1e3),
    (r"megawatts?", "watt", 1e6),
    (r"gigawatts?", "watt", 1e9),
    *[
        (rf"{p}J(?![A-Za-z])|{k}줄", "joule", f)
        for (p, f), k in zip(
            _SI.items(), ["", "킬로", "킬로", "메가", "기가", "테라", "페타", "엑사", "밀리"], strict=True
        )
        if k
    ],
    (r"joules?|J(?![A-Za-z])", "joule", 1),
    (r"km2|sq(?:uare|\.)?\s?k(?:m|ilomet(?:er|re)s?)|제곱킬로미터", "area", 1e6),
    (r"hectares?|ha(?![a-z])|헥타르", "area", 1e4),
    (r"acres?(?![a-z])|에이커", "area", 4046.86),
    (r"cm2|제곱센티미터", "area", 1e-4),
    (r"mm2|제곱밀리미터", "area", 1e-6),
    (r"m2(?![A-Za-z0-9.])|sq(?:uare|\.)?\s?(?:m(?![a-z])|met(?:er|re)s?)|제곱미터|평방미터", "area", 1),
    (r"mm\s?Hg|수은주\s?밀리미터", "mmhg", 1),
    (r"ppm(?![a-z])", "ppm", 1),
    (r"ppb(?![a-z])", "ppm", 1e-3),
    *[(rf"{p}eV(?![a-z])", "ev", f) for p, f in _SI.items() if p not in ("K", "E")],
    *[(rf"{p}전자볼트", "ev", f) for p, f in _KO_SI.items()],
    *[(rf"{p}Ah(?![a-z])", "ah", f) for p, f in (("m", 1e-3), ("", 1.0))],
    (r"mA(?![A-Za-z])|밀리암페어", "ampere", 1e-3),
    (r"amperes?|암페어", "ampere", 1),
    (r"ohms?(?![a-z])|Ω|옴(?![가-힣])", "ohm", 1),
    (r"rpm(?![a-z])|RPM", "rpm", 1),
    (r"bpm(?![a-z])|BPM", "bpm", 1),
    (r"kelvins?(?![a-z])|켈빈", "kelvin", 1),
    (r"[ÅÅ]|[aå]ngstr[oö]ms?|옹스트롬", "length", 1e-10),
    (r"kcal(?![a-z])|킬로칼로리", "kcal", 1),
    (r"km(?![a-z])|kilomet(?:er|re)s?|킬로미터", "length", 1e3),
    (r"cm(?![a-z])|centimet(?:er|re)s?|센티(?:미터)?", "length", 1e-2),
    (r"mm(?![a-z])|millimet(?:er|re)s?|밀리미터", "length", 1e-3),
    (r"[μµ]m(?![a-z])|마이크로미터|마이크론", "length", 1e-6),
    (r"nm(?![a-z])|nanomet(?:er|re)s?|나노(?:미터)?", "length", 1e-9),
    (r"m(?![A-Za-z0-9²/])|met(?:er|re)s?(?![a-z])|미터", "length", 1),
    (r"kg(?![a-z])|kilograms?|킬로그램", "mass", 1e3),
    (r"mg(?![a-z])|milligrams?|밀리그램", "mass", 1e-3),
    (r"grams?|그램", "mass", 1),
    (r"Mt(?![a-z])|megatons?|메가톤", "mass", 1e12),
    (r"kt(?![a-z])|kilotons?|킬로톤", "mass", 1e9),
    (r"tons?(?![a-z])|tonnes?|t(?=\s(?:of|CO|N|S|/))|톤", "mass", 1e6),
    (r"°C|℃|degC|degrees? celsius|섭씨", "temp", 1),
    (r"°F|℉|degF|degrees? fahrenheit", "fahrenheit", 1),
    (r"radians?|rad(?![a-z])|라디안", "radian", 1),
    (r"degrees?|°|도(?![구메달움시표로서입를는가의])|(?<=\d)도(?=[를는가의로]\s|가량)", "temp", 1),
    (r"dBm?(?![a-z])|decibels?|데시벨", "decibel", 1),
    (r"px(?![a-z])|pixels?|픽셀|화소", "pixel", 1),
    (r"fps|FPS|frames?(?!-|[a-z])|프레임(?!워)", "frame", 1),
    (r"(?:US\s)?dollars?|USD|달러|불(?![가-힣])", "usd", 1),
    (r"cents?(?![a-z])|센트", "usd", 0.01),
    (r"euros?|EUR|유로", "eur", 1),
    (r"won(?![a-z])|KRW|원(?![본래문인격천리칙자소점형])", "krw", 1),
    (r"yen(?![a-z])|JPY|엔(?![진드비지])", "jpy", 1),
    (r"yuan|CNY|RMB|위안", "cny", 1),
    (r"pounds?|GBP|파운드", "gbp", 1),
    (r"rupees?|INR|루피", "inr", 1),
    (r"lux(?![a-z])|lx(?![A-Za-z])|럭스|룩스", "lux", 1),
    (r"lumens?|lm(?![A-Za-z])|루멘", "lumen", 1),
    *[(rf"{p}V(?![A-Za-z0-9])", "volt", f) for p, f in (("k", 1e3), ("m", 1e-3), ("[μµ]", 1e-6))],
    *[(rf"{p}볼트", "volt", f) for p, f in (("킬로", 1e3), ("밀리", 1e-3), ("마이크로", 1e-6))],
    (r"volts?(?![a-z])|볼트", "volt", 1),
    (r"newtons?(?![a-z])|뉴턴", "newton", 1),
    (r"(?:kilo|mega)?pascals?|[kM]?Pa(?![A-Za-z])|파스칼", "pascal", 1),
    (r"m[Ll](?![A-Za-z])|millilit(?:er|re)s?|밀리리터", "litre", 1e-3),
    (r"lit(?:er|re)s?(?![a-z])|리터(?![러럴])", "litre", 1),
    (r"miles?(?![a-z])|마일(?![리])", "length", 1609.344),
    (r"feet(?![a-z])|foot(?![a-z])|피트", "length", 0.3048),
    (r"inch(?:es)?(?![a-z])|인치", "length", 0.0254),
    (r"characters?(?![a-z])|chars?(?![a-z])|글자|자(?=[까를씩로의가는]|이내|이하|\s|$|[,.)])", "char", 1),
    (r"tokens?|토큰", "token", 1),
    (r"param(?:eter)?s?(?![a-z])|파라미터|매개\s?변수", "param", 1),
    (
        (
            r"people|(?:persons|participants|users|patients|children|students|annotators)"
            r"|(?:person|participant|user|patient|student|annotator)(?![\s-][a-z]|[a-z])"
            r"|명(?![령시제확백세])|인(?![간공용식과식덱칭스코터자\s])"
        ),
        "person",
        1,
    ),
    (r"layers?|개?\s?층", "layer", 1),
    (r"languages|language(?![\s-][a-z]+s\b)|개?\s?언어(?!\s?(?:모|쌍|방향|조합|계열|과제|작업))", "language", 1),
    (r"countries|개국", "country", 1),
    (r"pages?|(?<![\sBMK])쪽|(?<=[\d만억천]\s)쪽|페이지", "page", 1),
    (r"words?|단어|어절", "word", 1),
    (r"images?|이미지", "image", 1),
    (r"papers?|논문", "paper", 1),
    (r"steps?|스텝", "step", 1),
    (r"rounds?(?![a-z])|라운드", "round", 1),
    (r"epochs?|에폭|에포크", "epoch", 1),
    (r"sessions?|세션", "session", 1),
    (r"번째|째(?![가-힣])|위(?![험치해상원협축])|st(?![a-z])|nd(?![a-z])|rd(?![a-z])|th(?![a-z])", "ordinal", 1),
    (r"월(?![드등간])", "calendar", 1),
    (
        rf"(?:회|번)(?![의귀피복전들호역])|{_AFTER_NUMBER}(?:회|번)(?=의\s)|times(?![a-z])|턴|turns?(?![a-z])",
        "times",
        1,
    ),
    (
        (
            rf"여?\s?(?:개|건(?![강너전])|가지|편(?![향집의리])|{_AFTER_NUMBER}편(?=의\s)|종(?![합전속래]|\s오류)"
            r"|대(?![비상화한신략체부규표해조륙]|규모|\s\d)|장(?![점비치문애기소면르])|쌍|곳|단계"
            r"|문항|문제|샘플|표본|시나리오|모델|항목|권|마리|자리|차원|세대|세트|노드|헤드|코어|칸|줄"
            r"|행(?![렬동위정])|열|[벌척채기통동곡](?=[을를은는의에로와과만도,.)]|으로|까지|부터|씩|뿐|짜리|이[며고나다]|이\s|가\s|\s|$)|그루|팀|사례|과제|데이터셋|벤치마크|분야|도메인)"
        ),
        "count",
        1,
    ),
]
_FACTOR = {f"u{i}": Unit(dimension, factor) for i, (_, dimension, factor) in enumerate(_ROWS)}
# The mark of a row stands behind it: in front of it, it costs four times as much.
_PATTERN = re.compile(
    r"(?:여|남짓|\+)?[\s-]?(?:" + "|".join(f"(?:{row[0]})(?P<u{i}>)" for i, row in enumerate(_ROWS)) + ")"
)
BARE = Unit("")
PREFIXES = {
    sign: Unit(name)
    for sign, name in (("$", "usd"), ("US$", "usd"), ("€", "eur"), ("₩", "krw"), ("¥", "jpy"), ("£", "gbp"))
}


_NO_UNIT = ("", ",", ".", ")", ";", ":")
_TITLE = re.compile(r"[\s-]?(?:Year|Month|Week|Day|Hour|Minute|Second|Token|Language|Step|Bit|Byte)s?(?![\w-])")


def read(text: str, at: int) -> tuple[Unit, int]:
    """The unit that begins at `at` (a blank or hyphen may stand before it) and where it ends; bare if none does."""
    if text[at : at + 1] in _NO_UNIT:
        return BARE, at
    found = _PATTERN.match(text, at)
    if not found and (title := _TITLE.match(text, at)):  # Two Years
        found = _PATTERN.match(text[:at] + title[0].lower() + text[title.end() :], at)
    return (_FACTOR[found.lastgroup or ""], found.end()) if found else (BARE, at)
