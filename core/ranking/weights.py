"""The shipped weights: what training found, as one compressed file of plain arrays (no pickle).

Read once, at the first ranking. Counts are bytes and weights are half floats in the file; in memory they are what numpy
computes with fastest.
"""

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.ranking.record import Record
from core.ranking.roles import Roles
from core.ranking.trees import Forest
from core.ranking.words import FIELDS, Floats, Vocabulary

SHIPPED = Path(__file__).with_name("weights.npz")
_RECORD = ("papers", "picks", "votes", "near", "linear")
_ROLES = {"led": 1, "led_picks": 1, "ran": 1, "ran_picks": 1, "late": 30, "team": 30}  # parts of one in a byte


@dataclass(frozen=True, slots=True)
class Line:
    """A linear model over a day's table: columns centred, scaled, cut at four deviations."""

    centre: Floats
    scale: Floats
    slope: Floats

    def scaled(self, rows: Floats) -> Floats:
        return np.clip((rows - self.centre) / self.scale, -4, 4)

    def score(self, rows: Floats) -> NDArray[np.float64]:
        """One number a row."""
        return np.asarray(self.scaled(rows) @ self.slope, np.float64)


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything `attention` needs. `linear` is one row a text model over the grams of all fields, one after the
    other; `bias` its intercepts; `plain` is `line` without the authors' record (a baseline of evaluate.py);
    `neutral` the features of a typical paper; `first` and `until` the days learnt from."""

    vocabularies: tuple[Vocabulary, ...]
    linear: Floats
    bias: Floats
    record: Record
    forest: Forest
    line: Line
    plain: Line
    neutral: Floats
    first: str
    until: str


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that come with the program."""
    with np.load(SHIPPED, allow_pickle=False) as file:
        a = {name: file[name] for name in file.files}
    single = np.float32
    vocabularies = tuple(Vocabulary(a[f"{f}_keys"], a[f"{f}_idf"].astype(single)) for f in FIELDS)
    papers, picks, votes, near, own = (a[f"record_{f}"].astype(single) for f in _RECORD)
    roles = Roles(*(a[f"role_{f}"].astype(single) / parts for f, parts in _ROLES.items()))
    record = Record(a["names"], papers, picks, votes, near, own, roles)
    forest = Forest(a["feature"], a["threshold"], a["mask"], a["start"], a["leaves"], float(a["base"]))
    line, plain = (Line(*(a[f"{name}_{part}"] for part in ("centre", "scale", "slope"))) for name in ("line", "plain"))
    return Weights(
        vocabularies, a["linear"].astype(single), a["bias"], record, forest, line, plain, a["neutral"],
        str(a["first"]), str(a["until"]),
    )  # fmt: skip


def save(weights: Weights, path: Path) -> None:
    """Writes the file; the same weights give the same bytes (no time stamps)."""
    half = np.float16
    tends = {f"role_{f}": _bytes(getattr(weights.record.roles, f) * parts) for f, parts in _ROLES.items()}
    record, forest = weights.record, weights.forest
    arrays: dict[str, NDArray[Any]] = {
        **tends, "names": record.names, "record_papers": _bytes(record.papers),
        "record_picks": _bytes(record.picks), "record_votes": record.votes.astype(half),
        "record_near": record.near.astype(half), "record_linear": record.linear.astype(half),
        "feature": forest.feature, "threshold": forest.threshold, "mask": forest.mask, "start": forest.start,
        "leaves": forest.leaves, "base": np.array(forest.base), "linear": weights.linear.astype(half),
        "bias": weights.bias, "neutral": weights.neutral.astype(np.float32), "first": np.array(weights.first),
        "until": np.array(weights.until),
    }  # fmt: skip
    for name, line in (("line", weights.line), ("plain", weights.plain)):
        arrays |= {f"{name}_centre": line.centre, f"{name}_scale": line.scale, f"{name}_slope": line.slope}
    for name, words in zip(FIELDS, weights.vocabularies, strict=True):
        arrays |= {f"{name}_keys": words.keys, f"{name}_idf": words.idf.astype(half)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, array in sorted(arrays.items()):
            packed = io.BytesIO()
            np.lib.format.write_array(packed, np.ascontiguousarray(array) if array.ndim else array, allow_pickle=False)
            file.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), packed.getvalue(), zipfile.ZIP_DEFLATED, 9
            )


def _bytes(values: NDArray[np.floating[Any]]) -> NDArray[np.uint8]:
    return np.asarray(np.clip(np.rint(values), 0, 255), np.uint8)
