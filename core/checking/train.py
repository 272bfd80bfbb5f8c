"""python -m core.checking.train PATH…: what orders sound like, from instructions.txt and honest texts.

A PATH is a file or folder of .jsonl.gz: listing days (title, abstract, comment) or news (title, summary, content);
English only. Needs scikit-learn (the `train` extra). A line of instructions.txt is a group (who wrote it) and an order,
or - and an honest sentence that only looks like one. Each group is also told apart by a model that never met it, which
is printed. Every second file is only counted on: how many of its sentences are taken for orders. Deterministic.
"""

import gzip
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.checking.texts import instructions
from core.text import sentences

TAKEN = 3e-4  # of the sentences of honest abstracts, at strength 0
EVERY = 3  # of the files of a folder one in three: some 180,000 sentences of abstracts
WEIGHT = 5.0  # of an order against a sentence of an abstract
HARDNESS = 20.0  # inverse of the regularisation
HONEST, REPEATED = "-", 3  # lines that only look like orders, and how often each is taken
CORPUS = instructions.SHIPPED.with_suffix(".txt")

Floats = NDArray[np.floating[Any]]


def matrix(texts: Sequence[str]) -> Any:
    """csr, a row a sentence, of length 1."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    rows = [np.array(instructions.places(text), np.intp) for text in texts]
    ends = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), 1 / max(1, len(row)) ** 0.5) for row in rows])
    return csr_matrix((values, np.concatenate(rows), ends), shape=(len(rows), instructions.PLACES))


def fit(ordered: Any, honest: Any) -> tuple[Floats, float]:
    """Weights and bias; a place counts the more, the fewer sentences have it."""
    from scipy.sparse import diags, vstack
    from sklearn.linear_model import LogisticRegression

    both = vstack([ordered, honest]).tocsr()
    rarity = np.log(both.shape[0] / (1 + np.asarray((both > 0).sum(0)).ravel()))
    labels = np.r_[np.ones(ordered.shape[0]), np.zeros(honest.shape[0])]
    model = LogisticRegression(C=HARDNESS, class_weight={0: 1.0, 1: WEIGHT}, max_iter=500)
    model.fit(both @ diags(rarity), labels)
    return model.coef_[0] * rarity, float(model.intercept_[0])


def main(paths: Sequence[Path]) -> None:
    groups: dict[str, list[tuple[str, ...]]] = {}
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        group, _, order = line.partition("\t")
        groups.setdefault(group, []).append(sentences(order))
    plain = [part for line in groups.pop(HONEST) for part in line]
    files = [file for path in paths for file in _files(path)]
    learnt = plain * REPEATED + [text for file in files[::2] for row in _rows(file) for text in _honest(row)]
    honest = matrix(learnt)
    later = matrix(
        [text for file in files[1::2] for row in _rows(file) for text in sentences(row.get("abstract") or "")]
    )
    for group in groups:
        weights, bias = fit(_orders(groups, group), honest)
        floor = np.quantile(later @ weights + bias, 1 - TAKEN)
        met = sum((matrix(order) @ weights + bias).max() > floor for order in groups[group])
        print(f"{group}: {met} of {len(groups[group])} never met")  # noqa: T201
    weights, bias = fit(_orders(groups), honest)
    bias -= float(np.quantile(later @ weights + bias, 1 - TAKEN))
    np.savez_compressed(instructions.SHIPPED, weights=weights.astype(np.float16), bias=np.float32(bias))
    wrong = [text for text, odds in zip(learnt, honest @ weights + bias, strict=True) if odds > 0]
    print(f"{len(wrong)} of {len(learnt):,} honest ones taken; {instructions.SHIPPED.stat().st_size:,} bytes")  # noqa: T201


def _orders(groups: dict[str, list[tuple[str, ...]]], without: str = "") -> Any:
    return matrix([part for group, all_ in groups.items() if group != without for order in all_ for part in order])


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.jsonl.gz"))[::EVERY] if path.is_dir() else [path]


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _honest(row: dict[str, str]) -> Iterator[str]:
    """What a record says of itself: its title, its sentences, and of every second one the clauses, which are short."""
    text = " ".join(row.get(key) or "" for key in ("abstract", "summary", "content"))
    for i, sentence in enumerate((row.get("title") or "", *sentences(row.get("comment") or ""), *sentences(text))):
        if sentence and instructions.eastern(sentence) < 0.2:
            yield sentence
            if i % 2:
                yield from (part.strip() for part in re.split(r"[,;:]\s", sentence)[1:])


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
