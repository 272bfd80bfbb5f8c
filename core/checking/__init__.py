"""Checking: every sentence against the text it was written from. Pure, deterministic, no model (but judge.py).

    check(reading, sentences)      what is wrong with each sentence, in data/grounding's kinds
    check_draft → Verdict, prune   a draft held against its reading; the draft without what is wrong
    repeats                        what is said or quoted again
    ground                         what a printed sentence stands on, and where
    polish, put_terms, gate        what code puts right before; what must never leave after
    manners                        style that one rewrite may put right; never a reason to drop
    printable, without_orders      a source without planted orders, for what code itself copies from it
    evaluate, evaluate_judged      `eval checking`, with --judge the second pass too

texts/ knows what a sentence and its source say (source.py prepares a reading once), checks/ has one file a check with a
`check(case)` and its line in `CHECKS` (verdict.py), planted/ finds who obeys orders that stand in a source, korean/ is
style. `python -m core.checking.train PATH…` learns what orders sound like from texts/instructions.txt. What happens to
a wrong sentence is left to others (telling.py: rewrite once, drop, fall back).
"""

from core.checking.entries import Entry, evaluate, read_entries, verdicts
from core.checking.grounds import anchored, ground
from core.checking.judge import judge, judge_version
from core.checking.judged import evaluate_judged
from core.checking.korean.gate import gate
from core.checking.korean.glossary import glossary, glossary_findings, glossary_lines, put_terms
from core.checking.korean.manners import manners
from core.checking.korean.page import StyleFinding
from core.checking.korean.polish import polish
from core.checking.korean.style import check_korean
from core.checking.planted.orders import before_orders, printable, without_orders
from core.checking.repeats import repeats
from core.checking.texts.naming import told_in_hangul
from core.checking.verdict import CHECKS, Verdict, check, check_draft, prune, sentences_of, stray

__all__ = [
    "CHECKS", "Entry", "StyleFinding", "Verdict", "anchored", "before_orders", "check", "check_draft",
    "check_korean", "evaluate", "evaluate_judged", "gate", "glossary", "glossary_findings", "glossary_lines",
    "ground", "judge", "judge_version", "manners", "polish", "printable", "prune", "put_terms",
    "read_entries", "repeats", "sentences_of", "stray", "told_in_hangul", "verdicts", "without_orders",
]  # fmt: skip
