"""At most, at least, about: what stands around a quantity and bounds it, in Korean and in English."""

import re
from dataclasses import replace

from core.checking.texts.quantity import Quantity

# Both for lower case.
_MAX = re.compile(
    r"(?:up to|at most|as (?:many|much|high|large|long) as|no more than|less than|fewer than|under"
    r"|below|within|≤|<|maximum(?: of)?|max|최대|많아야|기껏해야|고작)\s?(?:an?\s|약\s)?[$~]?$"
)
_MIN = re.compile(
    r"(?:at least|over|more than|above|exceed(?:s|ed|ing)?|greater than|no (?:less|fewer) than|≥|>"
    r"|minimum(?: of)?|beyond|최소|적어도|최소한)\s?(?:an?\s|약\s)?[$~]?$"
)
_MIN_AFTER = re.compile(r"\s?(?:이상|초과|[을를이가]?\s?넘|[을를]\s?웃[도돌돈]|\+|or more|or higher|이?\s?넘게)")
_MAX_AFTER = re.compile(
    r"\s?(?:이하|미만|이내|[을를이가]?\s?밑[도돈돌돎]|에도?\s?못\s?미|도\s?안\s?[되돼]|이?\s?안\s?되"
    r"|이?\s?채\s?안|or less|or fewer|[을를]\s?(?:넘(?:지|기지)\s?)?(?:못|않))"
)
_CEIL_AFTER = re.compile(
    r"\s?(?:미만|[을를이가]?\s?밑[도돈돌돎]|에도?\s?(?:채\s|조금\s|살짝\s|약간\s)?(?:못\s?미|미치지)|도\s?(?:채\s?)?(?:안\s?[되돼된]|되지|못|넘지)"
    r"|[을를]\s?(?:채\s)?(?:못|넘(?:지|기지)\s?(?:못|않))|[이가]?\s?(?:채\s)?(?:안\s?[되돼된]|되지\s?않)|에?\s?(?:가까|육박)|\s?아래)"
)
_ABOUT = re.compile(r"(?:약|대략|거의|얼추|어림잡아|어림으로|무려 약|근)\s?$")
_ABOUT_AFTER = re.compile(
    r"\s?(?:가량|규모(?=[의로.,\s]|$)|정도|쯤|안팎|내외|언저리|어름|급|수준|에?\s?가까|에?\s?육박)"
)
_FLOOR_AFTER = re.compile(
    r"\s?(?:여(?=\s?[개명건편종쪽장회번만]|\s)|남짓|[이가을를]?\s?(?:조금|살짝|약간|훌쩍|크게)\s?넘|대(?![비상화한신략체부규표해])"
    r"|[을를이가]?\s?넘|이상|[을를]\s?웃[도돌돈])"
)


_OVER = re.compile(r"[\d십백천만억조]여")
_NEVER = re.compile(
    r"(?:never|not|n't|no longer)\s(?:to\s)?(?:exceed\w*|surpass\w*|above|over|more than)\s"
    r"(?:[^.,;]{0,24}\bmore than\s)?(?:an?\s)?[$~]?$",
    re.IGNORECASE,
)


def qualified(text: str, quantity: Quantity) -> Quantity:
    before, after = text[max(0, quantity.start - 18) : quantity.start].lower(), text[quantity.end : quantity.end + 10]
    tail = text[quantity.end - 1 : quantity.end + 1]
    bound = (
        "max"
        if _MAX.search(before)
        or _MAX_AFTER.match(after)
        or _NEVER.search(text[max(0, quantity.start - 56) : quantity.start])
        else "min"
        if _MIN.search(before) or _MIN_AFTER.match(after)
        else ""
    )
    about = ""
    if _CEIL_AFTER.match(after):
        about = "ceil"
    elif _FLOOR_AFTER.match(after) or _OVER.search(quantity.text) or tail.startswith("여"):
        about = "floor"
    elif _ABOUT.search(before) or _ABOUT_AFTER.match(after):
        about = "round"
    return replace(quantity, bound=bound, about=about) if bound or about else quantity
