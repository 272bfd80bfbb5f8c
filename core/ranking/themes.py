"""The narrow topics of which a day's five take one paper each, as titles name them.

themes.json is data to edit: a Korean name and the English words for it. A title may have several; one without any is
like no other by its topic, only by its words (choosing.py).
"""

import json
import re
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _themes() -> dict[str, re.Pattern[str]]:
    rows = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return {name: re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])") for name, words in rows.items()}


@lru_cache(maxsize=512)
def themes(title: str) -> frozenset[str]:
    """The topics that a title names."""
    low = title.lower()
    return frozenset(name for name, words in _themes().items() if words.search(low))
