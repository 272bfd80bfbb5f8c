"""What a paper's own record and its place in the day say, as numbers; no text models, no authors' history.

Only what is known at 16:40 KST of the listing day. `published` is left out on purpose: archives know it for
papers that were noticed, so it tells the answer. The place in the day (by id) is a promotion signal, not merit:
who promotes a paper submits it just before the deadline.
"""

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.model import Paper

_VENUE = re.compile(
    r"\b(cvpr|iccv|eccv|neurips|nips|iclr|icml|acl|emnlp|naacl|aaai|siggraph|kdd|www|ijcai|coling|eacl|colm|corl|icra"
    r"|iros|interspeech|icassp|wacv|bmvc|miccai|accepted|camera|tmlr|journal|conference|workshop|published)\b"
)
_VENUES = ("cvpr", "iclr", "neurips", "icml", "acl", "emnlp", "aaai", "eccv", "iccv", "siggraph", "icassp", "journal",
           "workshop")  # fmt: skip
_CATEGORIES = (
    "cs.CV", "cs.CL", "cs.LG", "cs.AI", "cs.RO", "cs.SE", "cs.IR", "cs.SD", "cs.CR", "stat.ML", "cs.MA", "cs.HC",
    "cs.CY", "cs.MM", "cs.GR", "eess.IV", "cs.DC",
)  # fmt: skip
_MAIN = (
    "cs.CV",
    "cs.CL",
    "cs.LG",
    "cs.AI",
    "cs.RO",
    "cs.SE",
    "cs.IR",
    "cs.SD",
    "cs.CR",
    "stat.ML",
    "cs.GR",
    "cs.HC",
    "cs.MA",
)
_PRIMARY = {name: float(n) for n, name in enumerate(_MAIN)}
_PAGES = re.compile(r"(\d{1,4}) ?pages")
_URL = re.compile(r"https?://[^\s)}]+")
_ELSEWHERE = re.compile(r"github|huggingface|doi|zenodo|arxiv|anonymous")
_TIMES = re.compile(r"\d+(?:\.\d+)?(?:x|×|\$\\times)")
_WE = re.compile(r"\bwe\b")
_DIGIT = re.compile(r"\d")
_CAPITAL = re.compile(r"[A-Z]")
_ID = re.compile(r"^(\d{4})\.(\d{4,5})$")


def columns(papers: Sequence[Paper]) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """Names of the features and one row a paper, in the order given. `papers` is one day; their order is nothing."""
    rows = [{**place, **_own(paper)} for paper, place in zip(papers, _places(papers), strict=True)]
    names = tuple(rows[0]) if rows else ()
    return names, np.array([list(row.values()) for row in rows], np.float32).reshape(len(papers), len(names))


def _places(papers: Sequence[Paper]) -> list[dict[str, float]]:
    """Where each paper stands in the day's sequence of ids, and how dense the sequence is around it."""
    order = sorted(range(len(papers)), key=lambda i: (papers[i].id, papers[i].title))
    number = [_number(papers[i].id) for i in order]
    last = len(order) - 1
    places: list[dict[str, float]] = [{}] * len(order)
    for k, i in enumerate(order):
        end = last - k
        places[i] = {
            "place": k / max(1, last), "end": float(end), "end_log": math.log1p(end), "start_log": math.log1p(k),
            "end_share": math.log((end + 1) / (last + 1)), "end_ids": math.log1p(max(0, number[-1] - number[k])),
            "gap_before": float(min(20, number[k] - number[k - 1])) if k else 20.0,
            "gap_after": float(min(20, number[k + 1] - number[k])) if end else 20.0,
            "dense_10": _density(number, k, 10), "dense_3": _density(number, k, 3), "day_size": float(last + 1),
        }  # fmt: skip
    return places


def _density(number: Sequence[int], k: int, reach: int) -> float:
    low, high = max(0, k - reach), min(len(number) - 1, k + reach)
    return (high - low) / max(1, number[high] - number[low])


def _number(paper_id: str) -> int:
    match = _ID.match(paper_id)
    return int(match[1]) * 100_000 + int(match[2]) if match else 0


def _own(paper: Paper) -> dict[str, float]:
    title, abstract, comment = paper.title, paper.abstract, paper.comment or ""
    return {
        "authors": float(len(paper.authors)), "authors_log": math.log1p(len(paper.authors)),
        **_title(title), **_comment(comment.lower()),
        **_abstract(abstract, abstract.lower(), title.lower(), comment.lower()), **_categories(paper),
    }  # fmt: skip


def _title(title: str) -> dict[str, float]:
    words = title.split() or [""]
    name = title.split(":")[0] if ":" in title else ""
    short = name.split()
    return {
        "title_length": float(len(title)), "title_words": float(len(words)), "title_colon": float(":" in title),
        "name_words": float(len(short)), "name_length": float(len(name)),
        "name_coined": float(0 < len(short) <= 2 and bool(_CAPITAL.search(name[1:]))),
        "name_digit": float(bool(_DIGIT.search(name))), "title_question": float("?" in title),
        "title_symbols": float(not title.isascii()), "title_digit": float(bool(_DIGIT.search(title))),
        "title_capitals": len(_CAPITAL.findall(title)) / max(1, len(title)),
        "title_case": sum(word[:1].isupper() for word in words) / len(words),
    }  # fmt: skip


def _comment(comment: str) -> dict[str, float]:
    pages = _PAGES.search(comment)
    return {
        "no_comment": float(not comment), "comment_log": math.log1p(len(comment)),
        "comment_project": float("project" in comment or "homepage" in comment or "website" in comment),
        "comment_github": float("github.com" in comment), "comment_page": float("github.io" in comment),
        "comment_code": float("code" in comment), "comment_url": float("http" in comment or "www." in comment),
        "venue": float(bool(_VENUE.search(comment))), "accepted": float("accept" in comment or "to appear" in comment),
        "figures": float("figure" in comment), "tables": float("table" in comment),
        "in_progress": float("progress" in comment or "preprint" in comment),
        "in_review": float("review" in comment or "submi" in comment),
        **{f"venue_{name}": float(name in comment) for name in _VENUES}, "pages": float(pages[1]) if pages else -1.0,
    }  # fmt: skip


def _abstract(abstract: str, low: str, title: str, comment: str) -> dict[str, float]:
    both = low + " " + comment
    urls = _URL.findall(both)
    return {
        "technical_report": float("technical report" in both or "tech report" in both),
        "github": float("github.com" in low), "page": float("github.io" in low),
        "hugging_face": float("huggingface" in both or "hugging face" in both),
        "url": float("http" in low), "urls": float(both.count("http")),
        "urls_own": float(sum(not _ELSEWHERE.search(url) for url in urls)),
        "anonymous": float("anonymous.4open" in both),
        "open_source": float("open-source" in low or "open source" in low or "open-weight" in low),
        "released": float("we release" in low or "publicly" in low or "be released" in low or "available at" in low),
        "sota": float("state-of-the-art" in low or "sota" in low), "benchmark": float("benchmark" in title),
        "survey": float("survey" in title or "review" in title), "report": float("report" in title),
        "abstract_length": float(len(abstract)), "digits": len(_DIGIT.findall(abstract)) / max(1, len(abstract)),
        "percents": float(abstract.count("%")), "formulas": float(abstract.count("$")),
        "times": float(len(_TIMES.findall(low))),
        "dashes": float(abstract.count("—") + abstract.count("--")), "brackets": float(abstract.count("(")),
        "markup": float(abstract.count("\\emph") + abstract.count("\\textbf") + abstract.count("\\textit")),
        "we": float(len(_WE.findall(low))),
    }  # fmt: skip


def _categories(paper: Paper) -> dict[str, float]:
    own = set(paper.categories)
    return {
        "categories": float(len(own)), "categories_other": float(sum(not name.startswith("cs.") for name in own)),
        **{f"in_{name}": float(name in own) for name in _CATEGORIES},
        "primary": _PRIMARY.get(paper.primary, float(len(_PRIMARY))),
    }  # fmt: skip
