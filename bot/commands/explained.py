"""What was found out about a paper, as messages: its expansion, an answer about it; each sentence with its place."""

import re

from core.expanding import CitedAnswer, CitedClaim, Expansion
from core.fulltext import Figure
from core.render.message import Block, Bullets, Heading, Message, Picture, Small, Span, Spans, inline
from core.text import readable, shorten


def expansion_message(said: Expansion) -> Message:
    title = readable(said.title)
    blocks: list[Block] = [Heading((Span(title, url=f"https://arxiv.org/abs/{said.ref}"),))]
    if said.note:
        blocks.append(Small((Span(said.note),)))
    for section in said.sections:
        blocks += [Heading((Span(section.title),), level=2), Bullets(tuple(map(_claim, section.claims)))]
    if said.figure:
        blocks.append(_figure_line(said.figure))
    blocks.append(Small((Span(said.basis_line),)))
    summary = f"{shorten(title, 80)}: 본문에서 정리했습니다."
    return Message("answer", tuple(blocks), summary, picture=_picture(said, title))


def _figure_line(figure: Figure) -> Small:
    """Whose picture is shown below; without one, where it can be seen."""
    seen = "첫 쪽" if figure.what == "page" else shorten(figure.caption, 200)
    words = seen if figure.image and seen else "원문에서 보기"
    return Small((Span("그림: "), Span(words, url=figure.url), Span(f" ({figure.credit})" if figure.credit else "")))


def _picture(said: Expansion, title: str) -> Picture | None:
    figure = said.figure
    if figure is None or figure.image is None:
        return None
    ending = "png" if figure.image.startswith(b"\x89PNG") else "jpg"
    shown = "첫 쪽" if figure.what == "page" else "첫 그림"
    name = f"{said.ref.replace('/', '-')}-{figure.what}.{ending}"
    return Picture(figure.image, f"논문 '{shorten(title, 200)}'의 {shown}", name)


def answer_message(said: CitedAnswer) -> Message:
    title = shorten(readable(said.title), 120) or f"arXiv {said.ref}"
    blocks: list[Block] = [Heading((Span(title, url=f"https://arxiv.org/abs/{said.ref}"),), level=2)]
    blocks.append(Bullets(tuple(map(_claim, said.claims)) or ((Span(said.text),),)))
    if said.note:
        blocks.append(Small((Span(said.note),)))
    blocks.append(Small((Span(said.basis_line),)))
    return Message("answer", tuple(blocks), shorten(said.text, 280))


def _claim(claim: CitedClaim) -> Spans:
    """The sentence and its places; a link of ours (`코드: https://…`) can be followed."""
    ours = re.fullmatch(r"([가-힣]+: )(https?://\S+)", claim.text)
    said = (Span(ours[1]), Span(ours[2], url=ours[2])) if ours else inline(claim.text)
    return (*said, Span(f" [{', '.join(claim.cites)}]", italic=True)) if claim.cites else said
