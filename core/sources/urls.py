"""Canonical ids and URLs: two addresses of one thing become the same string.

Only what is safe everywhere is folded (tracking parameters, fragments, mobile hosts, a trailing slash); titles that
look alike are ranking's business.
"""

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|dclid|msclkid|igshid|mc_cid|mc_eid|yclid|_hsenc|_hsmi|ref_src|cmpid|guccounter|ncid|spm)$",
    re.I,
)
_MOBILE = re.compile(r"^(?:m|mobile|amp)\.(?=[^.]+\.[^.]+)")
_ARXIV = re.compile(
    r"(?:^|arxiv:|arxiv\.org/(?:abs|pdf|html|format|e-print|src|list)/|ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html)/"
    r"|huggingface\.co/papers/|alphaxiv\.org/(?:abs|overview)/|doi\.org/10\.48550/arxiv\.)"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v(\d+))?(?:\.pdf)?(?:[/?#]|$)",
    re.I,
)


def canonical(url: str) -> str:
    """The URL under which news is stored and compared: https, no tracking, no fragment.
    Anything that is not an http(s) URL is given back stripped."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        number = parts.port
    except ValueError:
        return url
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return url
    paper = arxiv_id(url)
    if paper:
        return f"https://arxiv.org/abs/{paper[0]}"
    host = _MOBILE.sub("", parts.hostname.lower())
    port = f":{number}" if number not in (None, 80, 443) else ""
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    scheme = parts.scheme if port else "https"
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((scheme, host + port, path.rstrip("/"), urlencode(kept), ""))


def arxiv_id(text: str) -> tuple[str, int | None] | None:
    """(canonical id, version or None) from an id or any known URL of a paper; None when it is neither."""
    match = _ARXIV.search(text.strip())
    return (match[1], int(match[2]) if match[2] else None) if match else None
