"""The links that may be printed for an item: its own page, and what its own record or its own body gives.

Strict on purpose: a paper's body is full of other people's repositories, so from the body only an address in a
sentence that says *we make this available* counts. What an address holds is told by its host first, by the words
before it second.
"""

import re
from collections.abc import Iterator

from core.fulltext.availability import offers, repository_holds
from core.fulltext.document import Document
from core.model import Item, Link, News
from core.text import sentences

_URL = re.compile(
    r"https?://[^\s<>\"'`{}|\\^，。、）」』]+|(?<![\w/.@-])(?:github\.com|gitlab\.com|huggingface\.co)/[\w./-]+",
    re.IGNORECASE,
)
_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com")
_DATA_HOSTS = ("zenodo.org", "figshare.com", "kaggle.com", "doi.org", "osf.io", "dataverse.org")
_SITE_HOSTS = ("github.io", "gitlab.io", "vercel.app", "netlify.app", "pages.dev", "readthedocs.io")
_OWN_HOSTS = (*_CODE_HOSTS, "huggingface.co", "zenodo.org", "figshare.com", "osf.io", *_SITE_HOSTS)
_FOREIGN = ("arxiv.org", "creativecommons.org", "openreview.net", "aclanthology.org", "orcid.org")
_MOST = 5


def links_of(item: Item, document: Document | None = None) -> tuple[Link, ...]:
    """The item's own page first, then 코드, 모델, 데이터, 프로젝트 as its record names them (and, with a full text,
    as its availability sentences do), then the discussion; no address twice, at most six."""
    if isinstance(item, News):
        found = [Link(item.source or "원문", item.url)]
    else:
        found = [Link("arXiv", item.url)]
        found += _recorded(f"{item.abstract}\n\n{item.comment or ''}")
        if document is not None and document.basis != "abstract":
            found += _from_body(document)
    if item.signals.hn_url:
        found.append(Link("Hacker News", item.signals.hn_url))
    unique: dict[str, Link] = {}
    for link in found:
        unique.setdefault(_same(link.url), link)
    return tuple(unique.values())[: _MOST + 1]


def urls_in(text: str) -> tuple[str, ...]:
    """Web addresses in prose or LaTeX, without the punctuation that follows them."""
    return tuple(dict.fromkeys(url for match in _URL.finditer(text.replace("\\_", "_")) if (url := _trimmed(match[0]))))


def _recorded(text: str) -> Iterator[Link]:
    for sentence in sentences(text):
        for url in urls_in(sentence):
            if not _hosted(url, _FOREIGN):
                yield Link(_title(url, sentence), url)


def _from_body(document: Document) -> Iterator[Link]:
    """Addresses in sentences by which the authors offer something, footnotes of such a paragraph included."""
    for section in document.sections:
        if re.search(r"related|background|baseline|reference", section.title, re.IGNORECASE):
            continue
        offered = ""
        for block in section.blocks:
            if block.kind == "note":
                candidates = (
                    [(url, offered) for url in block.urls or urls_in(block.text)]
                    if offered and len(block.text) < 160
                    else []
                )
            else:
                own = [sentence for sentence in sentences(block.text) if offers(sentence)]
                offered = " ".join(own)
                candidates = [(url, sentence) for sentence in own for url in urls_in(sentence)]
                if (
                    own and not candidates and len(block.urls) == 1
                ):  # the address stands behind a word: "available here"
                    candidates = [(block.urls[0], own[0])]
            yield from (Link(_title(url, sentence), url) for url, sentence in candidates if _hosted(url, _OWN_HOSTS))


def _title(url: str, sentence: str) -> str:
    path = re.sub(r"^https?://(?:www\.)?", "", url.lower())
    named = sentence[: sentence.find(url)].lower() if url in sentence else sentence.lower()
    if path.startswith("huggingface.co/"):
        return (
            "데이터"
            if path.startswith("huggingface.co/datasets/")
            else "데모"
            if path.startswith("huggingface.co/spaces/")
            else "모델"
        )
    if _hosted(url, _CODE_HOSTS):
        return repository_holds(named)
    if _hosted(url, _DATA_HOSTS):
        return "데이터"
    return "데모" if re.search(r"\bdemo\b", named[-40:]) else "프로젝트"


def _hosted(url: str, hosts: tuple[str, ...]) -> bool:
    match = re.match(r"https?://([^/:?#]+)", url.lower())
    return match is not None and any(match[1] == host or match[1].endswith("." + host) for host in hosts)


def _trimmed(url: str) -> str:
    url = url.partition("](")[0]  # Markdown: [https://…](https://…)
    url = url.rstrip(".,;:!?*")
    while url.endswith((")", "]")) and url.count("(") + url.count("[") < url.count(")") + url.count("]"):
        url = url[:-1].rstrip(".,;:!?")
    if not url.lower().startswith("http"):
        url = "https://" + url
    host = re.match(r"https?://([^/?#]+)", url)
    return url if host and "." in host[1] and "@" not in host[1] else ""


def _same(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url.lower()).rstrip("/").removesuffix(".git")
