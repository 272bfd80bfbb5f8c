"""`bench reading`: what reading papers costs, by the command that people have."""

import json
from typing import Any

import pytest

from bot.cli import main
from tests.test_fulltext_html import REAL, needs_pages
from tests.test_fulltext_pdf import needs_pdf


def measured(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    assert main(["bench", "reading", *options]) == 0
    figures: dict[str, Any] = json.loads(capsys.readouterr().out)
    return figures


@needs_pages
@needs_pdf
def test_the_figures_of_real_papers_reach_the_aims(capsys: pytest.CaptureFixture[str]) -> None:
    """Times are the processor's, which a busy machine does not change."""
    figures = measured(capsys, "--papers", str(REAL.parent))
    aims = figures["aims"]
    assert figures["html"]["pages"] == 5 and figures["html"]["worst_cpu_s"] <= aims["html_worst_s"]
    assert figures["pdf_50_pages"]["cpu_s"] <= aims["pdf_50_pages_s"]
    assert 0 < figures["pdf_100_pages"]["above_idle_mib"] < aims["above_idle_mib"]
    assert min(figures["retrieval"][language]["hit5"] for language in ("ko", "en")) >= aims["hit5"]


def test_a_digest_from_bodies_with_judge_and_a_rewrite_of_every_story_keeps_its_ceilings(
    capsys: pytest.CaptureFixture[str],
) -> None:
    figures = measured(capsys)
    digest = figures["digest_from_bodies"]
    assert digest["basis"] == {"html": 5} and digest["written"] == 5
    assert 17 == digest["calls"] <= figures["aims"]["calls"]  # choose, five written twice, five judged, actions
    assert 30_000 < digest["tokens_in"] <= figures["aims"]["tokens_in"]
    assert figures["retrieval"].startswith("--papers")
