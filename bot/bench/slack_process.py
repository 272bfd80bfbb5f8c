"""`run` with Slack and a model's library to load, for the bench: `python -m bot.bench.slack_process JSON`.

Its loop is watched. One line of JSON when litellm is loaded, one at the end.
"""

import asyncio
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from bot.app import App, opened
from bot.bench.gaps import LOOK_S, Gaps
from bot.clock import SystemClock
from bot.commands import build_answer
from bot.running import end_in_time, run
from bot.settings import Settings


async def main(wanted: dict[str, Any]) -> None:
    settings = Settings(
        _env_file=None, aidaily_home=Path(wanted["home"]), database_url=wanted["database"],
        slack_bot_token="xoxb-bench", slack_app_token="xapp-bench", slack_api_url=wanted["slack"],
        discord_bot_token=None, llm_model="openai/bench", llm_api_base="http://127.0.0.1:9/v1",
        slack_channels=(), discord_channels=(), admin_channel=None, health_port=None,
    )  # fmt: skip
    gaps = Gaps()
    async with opened(settings) as app:
        watching = asyncio.create_task(gaps.watch())
        telling = asyncio.create_task(_tell_of_loading(app, gaps))
        await run(app, SystemClock(), build_answer(app), stopping=end_in_time)
        await telling
        watching.cancel()
    _tell(gap_ms=gaps.worst_ms())


async def _tell_of_loading(app: App, gaps: Gaps) -> None:
    assert app.model is not None
    while "litellm" not in sys.modules:  # noqa: ASYNC110  (`run` begins with it once it is ready)
        await asyncio.sleep(LOOK_S)
    gaps.worst_ms()
    begun = time.monotonic()
    await app.model.load()
    await asyncio.sleep(10 * LOOK_S)
    _tell(loading_s=round(time.monotonic() - begun, 1), gap_ms=gaps.worst_ms(), rss_mib=_rss_mib())


def _rss_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _tell(**figures: float) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
