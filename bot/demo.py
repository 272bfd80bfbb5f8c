"""The demonstration: the sample day through the whole pipeline, offline, in a store that is thrown away."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from bot.files import write_files
from core.fulltext import read
from core.house import House
from core.llm.recorded import Recorded
from core.model import Collected, Edition, Item, Profile, Reading
from core.newsroom import Newsroom
from core.sample import SAMPLE_NOW, sample_day, sample_replies
from core.sources import Day
from core.sources.calendar import KST
from core.store import Store

_MODEL = "기록된 답"


async def make_demo(out: Path | None, progress: Callable[[str], None]) -> tuple[Edition, tuple[Path, ...]]:
    """The sample's edition and the files written to `out` (a new temporary folder if None)."""

    async def collect(day: Day) -> Collected:
        return sample_day()

    async def read_sample(item: Item) -> Reading:
        return await read(item, basis="abstract")

    on = SAMPLE_NOW.date()
    with tempfile.TemporaryDirectory(prefix="aidaily-demo-") as folder:
        async with Store(f"sqlite+aiosqlite:///{folder}/demo.db") as store:
            room = Newsroom(
                House(KST, judged=False, sample=True), store, collect=collect, read=read_sample,
                completer=Recorded(sample_replies(), _MODEL), today=lambda: on,
            )  # fmt: skip
            edition = await room.edition(on, Profile(), SAMPLE_NOW, progress=progress)
    return edition, write_files(edition, out or Path(tempfile.mkdtemp(prefix="aidaily-demo-")))
