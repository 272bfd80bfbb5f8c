"""What a writer is given of an item: the text within its budget, the links of its record, the fact strip."""

import pytest

from core.errors import SourceRefused
from core.fulltext import Library, about_limits, facts, links_of, read, states_limit
from core.fulltext.availability import offers
from core.fulltext.hardware import resources
from core.fulltext.reading import condense
from core.model import Basis, Link, News, Paper, Reading, Signals
from core.text import sentences
from core.web import Page, Web
from tests.test_fulltext_html import needs_pages, own, real
from tests.test_fulltext_library import LONG, PAPER, Arxiv, library

ABSTRACT = "We route tokens. Code: https://github.com/example-lab/small-routers."


def paper(abstract: str, comment: str | None = None) -> Paper:
    return Paper("2602.09001", "Small Routers", abstract, ("A. Author",), ("cs.LG",), "cs.LG", comment=comment)


def strip(text: str, basis: Basis = "abstract", comment: str | None = None) -> dict[str, str]:
    item = paper(text if basis == "abstract" else "We route.", comment)
    return dict(facts(Reading(item, text, basis, ())))


class Closed(Web):
    """A web on which arXiv refuses everything."""

    async def get(self, url: str, **_: object) -> Page:
        raise SourceRefused("요청 제한(429)")


async def test_a_full_text_begins_with_the_announced_abstract_word_for_word() -> None:
    async with library(Arxiv({"/html/2602.09001v2": LONG})) as shelf:
        reading = await read(PAPER, shelf)
    assert (reading.basis, reading.version) == ("html", 2)
    assert reading.text.startswith("We route tokens.\n\n")
    assert "does not scale beyond 256 experts" in reading.text and "Ours | 91.3" in reading.text


async def test_basis_abstract_asks_nobody() -> None:
    arxiv = Arxiv({"/html/2602.09001v2": LONG})
    async with library(arxiv) as shelf:
        reading = await read(PAPER, shelf, basis="abstract")
    assert (reading.text, reading.basis, arxiv.asked) == ("We route tokens.", "abstract", [])
    assert "본문" not in dict(facts(reading))


async def test_a_text_that_cannot_be_had_gives_the_abstract() -> None:
    reading = await read(PAPER, Library(Closed(), "http://127.0.0.1:9"))
    assert (reading.text, reading.basis) == ("We route tokens.", "abstract")
    assert ("본문", "읽지 못함") in facts(reading)


async def test_news_are_read_as_they_came() -> None:
    news = News(
        "news:1",
        "https://example.com/a",
        "A title",
        "A summary.",
        "Example",
        signals=Signals(hn_url="https://news.ycombinator.com/item?id=1"),
    )
    reading = await read(news, None)
    assert (reading.text, reading.basis) == ("A summary.", "article")
    assert reading.links == (
        Link("Example", "https://example.com/a"),
        Link("Hacker News", "https://news.ycombinator.com/item?id=1"),
    )


@needs_pages
@pytest.mark.parametrize("name", ["1706.03762v7", "2310.06825v1", "2412.19437v2", "2305.03393v1", "2501.00089v1"])
@pytest.mark.parametrize("budget", [4_000, 12_000])
def test_a_reading_keeps_its_budget_and_every_sentence_stands_in_the_paper(name: str, budget: int) -> None:
    document = real(name)
    abstract = next(s.blocks[0].text for s in document.sections if s.title == "Abstract")
    text, _ = condense(document, abstract, budget)
    assert budget * 0.85 < len(text) <= budget
    lines = {line for block in document.blocks for line in block.text.split("\n")}
    whole = " ".join(block.text for block in document.blocks)
    for paragraph in text.split("\n\n"):
        for piece in paragraph.split("\n") if "\n" in paragraph else sentences(paragraph):
            assert piece in whole or piece in lines, piece[:80]


@needs_pages
def test_a_reading_holds_results_and_what_the_fact_strip_needs() -> None:
    document = real("1706.03762v7")
    text, _ = condense(document, "The abstract.")
    assert "Transformer (big) | 28.4 | 41.8" in text
    assert "https://github.com/tensorflow/tensor2tensor" in text and "8 NVIDIA P100 GPUs" in text


@pytest.mark.parametrize(
    ("text", "code", "weights", "licence", "hardware"),
    [
        ("Our code is available at https://github.com/a/b.", "공개", "", "", ""),
        ("Code and models will be released upon acceptance.", "공개 예정", "공개 예정", "", ""),
        ("We release the code, data and model checkpoints under the MIT license.", "공개", "공개", "MIT", ""),
        ("Our models are released under the Apache 2.0 license.", "", "공개", "Apache-2.0", ""),
        ("Model weights are available at https://huggingface.co/a/b.", "", "공개", "", ""),
        ("The post-trained checkpoint is public.", "", "공개", "", ""),
        ("We release the tuned Rooter R2.5 model checkpoint.", "", "공개", "", ""),
        ("It is a small language model released as open source.", "", "공개", "", ""),
        ("We compare with a model released as open source.", "", "", "", ""),
        ("Source code is available upon request.", "요청 시", "", "", ""),
        ("X is available at https://github.com/a/b.", "공개", "", "", ""),
        ("Our benchmark is available at https://github.com/a/b.", "", "", "", ""),
        ("We evaluate open-source models on GitHub issues.", "", "", "", ""),
        ("We use the official code of Doe et al.", "", "", "", ""),
        ("The code is not publicly available.", "", "", "", ""),
        ("We trained on 8 NVIDIA H100 GPUs.", "", "", "", "8×H100"),
        ("It runs on a single RTX 4090.", "", "", "", "1×RTX 4090"),
        ("Training requires 2.788M H800 GPU hours.", "", "", "", "H800 2.788M GPU시간"),
        ("It was trained with eight A100-80GB cards.", "", "", "", "8×A100"),
        ("We train on 64 TPU v4 chips.", "", "", "", "64×TPU v4"),
        ("It is ten times faster than 128 A100 GPUs.", "", "", "", ""),
        ("It needs only 24 GB of GPU memory.", "", "", "", "메모리 24GB"),
        ("Data at https://anonymous.4open.science/r/D-FDP-4A100.", "", "", "", ""),
    ],
)
def test_the_fact_strip_reads_what_the_authors_offer(
    text: str, code: str, weights: str, licence: str, hardware: str
) -> None:
    found = strip(text)
    told = {"코드": code, "가중치": weights, "라이선스": licence, "필요 자원": hardware}
    assert {label: value for label, value in found.items() if "없음" not in value} == {
        k: v for k, v in told.items() if v
    }
    missing = "·".join(label for label, value in told.items() if not value)
    assert found.get(missing) == ("초록에 없음" if missing else None)


def test_absence_names_the_text_that_was_read() -> None:
    assert strip("Nothing.", "html") == {"코드·가중치·라이선스·필요 자원": "본문에 없음"}
    assert strip("Nothing.") == {"코드·가중치·라이선스·필요 자원": "초록에 없음"}
    assert strip("Nothing.", comment="Code: https://github.com/a/b")["코드"] == "공개"
    news = News("news:1", "https://example.com", "t", "Nothing.", "Example")
    assert facts(Reading(news, "Nothing.", "article", ())) == ()


def test_own_runs_come_before_other_hardware() -> None:
    assert resources("The H100 GPU has 132 SMs. We train on 4 A100 GPUs.") == "4×A100"


@pytest.mark.parametrize(
    ("abstract", "comment", "links"),
    [
        (ABSTRACT, None, [("코드", "https://github.com/example-lab/small-routers")]),
        ("See https://a-b.github.io/page/.", None, [("프로젝트", "https://a-b.github.io/page/")]),
        ("Dataset: https://huggingface.co/datasets/a/b, model (https://huggingface.co/a/b).", None,
         [("데이터", "https://huggingface.co/datasets/a/b"), ("모델", "https://huggingface.co/a/b")]),
        ("The checkpoints are at https://github.com/a/b.", None, [("모델", "https://github.com/a/b")]),
        ("Our dataset is at \\url{https://github.com/a/b\\_c}.", None, [("데이터", "https://github.com/a/b_c")]),
        ("Text.", "Code at github.com/a/b", [("코드", "https://github.com/a/b")]),
        ("Twice https://github.com/a/b and https://github.com/A/B.git.", None, [("코드", "https://github.com/a/b")]),
        ("Code: [https://github.com/a/b](https://github.com/a/b).", None, [("코드", "https://github.com/a/b")]),
        ("Extends https://arxiv.org/abs/2501.00001.", None, []),
        ("Bad https://user:pass@evil.example/x and javascript:alert(1).", None, []),
    ],
)  # fmt: skip
def test_links_come_from_the_items_own_record(abstract: str, comment: str | None, links: list[tuple[str, str]]) -> None:
    first, *rest = links_of(paper(abstract, comment))
    assert first == Link("arXiv", "https://arxiv.org/abs/2602.09001")
    assert [(link.title, link.url) for link in rest] == links


def test_from_the_body_only_what_the_authors_offer_is_linked() -> None:
    links = links_of(paper("We route."), own())
    assert [link.url for link in links] == [
        "https://arxiv.org/abs/2602.09001",
        "https://github.com/example-lab/small-routers",
    ]


@pytest.mark.parametrize(
    ("sentence", "offered"),
    [
        ("All code and the trained models presented here can be found in our repository.", True),
        ("The code we used to train our models is available at https://github.com/a/b.", True),
        ("We compare with open-source models such as Llama.", False),
        ("Predictions from pre-trained models are available to everyone.", False),
        ("LongBench is a dataset that was released last week.", False),
    ],
)
def test_an_offer_is_told_from_a_mention(sentence: str, offered: bool) -> None:
    assert offers(sentence) is offered


@pytest.mark.parametrize(
    ("sentence", "own"),
    [
        ("We only tested English text.", True),
        ("Our method does not scale beyond 256 experts.", True),
        ("We leave larger models to future work.", True),
        ("We also recognize that the model has some limitations.", True),
        ("We have not comprehensively varied the hyperparameters.", True),
        ("Prior routers are limited by their memory.", False),
        ("Representing tables in HTML has serious limitations.", False),
        ("Since we only add a constraint, the cost is zero.", False),
        ("We do not observe any loss spikes.", False),
    ],
)
def test_own_limits_are_told_from_others(sentence: str, own: bool) -> None:
    assert states_limit(sentence) is own


@pytest.mark.parametrize(
    ("heading", "own"),
    [("Limitations", True), ("Conclusion, Limitations, and Future Directions", True), ("Threats to Validity", True),
     ("Limitations of previous methods", False), ("Discussion", False)],
)  # fmt: skip
def test_a_section_on_others_limits_is_not_the_papers_own(heading: str, own: bool) -> None:
    assert about_limits(heading) is own


def test_no_sentence_makes_the_patterns_run_away() -> None:
    hostile = "code, " * 3_000 + "and models which we " + "are the model and code " * 2_000
    assert offers(hostile) in (True, False)
    assert strip(hostile)
