"""Made-up pages of papers, as arXiv serves them: a PDF of words, a LaTeXML page. For measuring and tests, never shown.

Both are just enough of their format (ISO 32000, LaTeXML's classes) for a reader to take them for the real thing.
"""

import re
from collections.abc import Sequence

from core.model import Paper

Words = tuple[float, float, float, str, str]
"""Left, baseline from below, size (points), font (F1 plain, F2 bold, white), text."""
_PARAGRAPH = (
    "We measure the effect of the budget on {name} and compare it with a baseline that treats every input alike."
    ' The gain is <math alttext="{n}.5\\%">x</math> points on the first benchmark and falls to'
    ' <math alttext="{n}.1\\%">x</math> when inputs are longer than 4,096 tokens.'
    " Training takes 36 hours on 8 NVIDIA H100 GPUs, and the ablation in the appendix shows which stage matters."
)
_SECTIONS = ("Introduction", "Related Work", "Method", "Experiments", "Results", "Discussion", "Conclusion")


def make_pdf(pages: Sequence[Sequence[Words]], *, trailer: str = "", drawing: str = "") -> bytes:
    """A PDF 1.4 of US letter pages with the given words."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold >>",
    ]
    for n, words in enumerate(pages):
        shown = drawing + "".join(_shown(word) for word in words)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {6 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
    body, offsets = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    start = body.index("xref\n0 ")
    return f"{body}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


def prose(left: float, top: float, *lines: str, size: float = 10, font: str = "F1") -> list[Words]:
    """Lines of text from `top` downwards, 12 points apart."""
    return [(left, 792 - top - 12 * n, size, font, line) for n, line in enumerate(lines)]


def full_pdf(pages: int) -> bytes:
    """Two columns of small print on every page, as conferences set them."""
    left = ("We propose a router that is small enough to", "run on one card. It reads each token once and",
            "sends it to two experts, which share a cache.")  # fmt: skip
    right = ("Training takes 3.5 days on 8 NVIDIA H100", "cards, and the result is 91.3 percent correct",
             "on the larger of the two test sets we use.")  # fmt: skip
    page = [*prose(72, 72, *(left * 18)), *prose(320, 72, *(right * 18))]
    return make_pdf([page] * pages)


def full_html(paper: Paper, paragraphs: int = 40) -> str:
    """A LaTeXML page of seven sections, a table of results in the fifth, limits and references."""
    name = paper.title.split(":")[0]
    sections = "".join(_section(n, title, name, paragraphs // len(_SECTIONS)) for n, title in enumerate(_SECTIONS, 1))
    return (
        f'<html><body><article class="ltx_document"><h1 class="ltx_title ltx_title_document">{paper.title}</h1>'
        f'<div class="ltx_abstract"><h6 class="ltx_title">Abstract</h6><p class="ltx_p">{paper.abstract}</p></div>'
        f'{sections}<section class="ltx_section" id="S8"><h2 class="ltx_title"><span class="ltx_tag">8 </span>'
        'Limitations</h2><div class="ltx_para"><p class="ltx_p">We only tested English text, and our method does not'
        ' scale beyond 256 experts.</p></div></section><section class="ltx_bibliography"><ul><li class="ltx_bibitem">'
        "[1] Someone. 2020.</li></ul></section></article></body></html>"
    )


def _section(n: int, title: str, name: str, paragraphs: int) -> str:
    told = "".join(
        f'<div class="ltx_para"><p class="ltx_p">{_PARAGRAPH.format(name=name, n=n + k)}</p></div>'
        for k in range(paragraphs)
    )
    rows = "".join(
        f'<tr class="ltx_tr"><td class="ltx_td">Set {k}</td><td class="ltx_td">{60 + k}.{n}</td>'
        f'<td class="ltx_td">{64 + k}.{n}</td></tr>'
        for k in range(12)
    )
    table = (
        f'<figure class="ltx_table"><figcaption class="ltx_caption"><span class="ltx_tag">Table {n}: </span>Accuracy'
        f' of {name}.</figcaption><table class="ltx_tabular"><tr class="ltx_tr"><th class="ltx_td">Set</th>'
        f'<th class="ltx_td">Baseline</th><th class="ltx_td">{name}</th></tr>{rows}</table></figure>'
    )
    return (
        f'<section class="ltx_section" id="S{n}"><h2 class="ltx_title"><span class="ltx_tag">{n} </span>{title}</h2>'
        f"{told}{table if title == 'Results' else ''}</section>"
    )


def _shown(word: Words) -> str:
    left, baseline, size, font, text = word
    white = "1 g" if font == "white" else "0 g"
    name = "F2" if font == "F2" else "F1"
    escaped = re.sub(r"([()\\])", r"\\\1", text)
    return f"BT {white} /{name} {size} Tf {left} {baseline} Td ({escaped}) Tj ET\n"
