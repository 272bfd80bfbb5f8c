"""Made-up papers of real size: for measuring, never for showing."""

import random
from datetime import datetime, timedelta

from core.model import Paper

_THINGS = ("language models", "retrieval pipelines", "code agents", "diffusion models", "graph networks", "planners",
           "speech encoders", "reward models", "vision transformers", "tabular learners")  # fmt: skip
_DEEDS = ("compress", "align", "evaluate", "distil", "route", "verify", "accelerate", "calibrate", "align", "prune")
_NAMES = ("Koru", "Lathe", "Mistle", "Nacre", "Ombra", "Pyxis", "Quoin", "Rill", "Sable", "Tarn")
_FIELDS = ("cs.AI", "cs.LG", "cs.CL", "cs.CV")
_FILLER = (
    "Existing approaches treat every input alike and spend most of their compute where it matters least",
    "The procedure needs no additional labels and leaves the underlying architecture untouched",
    "We analyse when the gains vanish and relate them to the distribution of input lengths",
    "Ablations show that each component contributes and that the order of the two stages is important",
    "A study with practitioners suggests that the resulting traces are easier to inspect",
    "Our analysis also covers failure cases in which the learned policy prefers short answers",
)


def made_up_papers(count: int, now: datetime) -> tuple[Paper, ...]:
    """`count` papers submitted on the day before `now`, the same at every call."""
    dice = random.Random(20260203)
    return tuple(_paper(n, dice, now - timedelta(minutes=1440 - 1440 * n // count)) for n in range(count))


def _paper(n: int, dice: random.Random, published: datetime) -> Paper:
    name = f"{dice.choice(_NAMES)}{dice.choice('XZQ')}-{n}"
    thing, deed = dice.choice(_THINGS), dice.choice(_DEEDS)
    figure, times = dice.randint(2, 60), dice.randint(2, 9)
    sentences = [
        f"We present {name}, a method to {deed} {thing} under a fixed budget",
        *dice.sample(_FILLER, 4),
        f"On {dice.randint(3, 12)} benchmarks {name} improves accuracy by {figure}% and runs up to {times}x faster",
        f"Code is available at https://github.com/example/{name.lower()}" if n % 3 == 0 else "We discuss limits",
    ]
    field = _FIELDS[n % 4]
    return Paper(
        id=f"2602.{n:05d}",
        title=f"{name}: How to {deed.title()} {thing.title()} Under a Fixed Budget",
        abstract=". ".join(sentences) + ".",
        authors=tuple(f"Author {dice.randint(1, 900)}" for _ in range(dice.randint(2, 9))),
        categories=(field, dice.choice(_FIELDS)),
        primary=field,
        published=published,
    )
