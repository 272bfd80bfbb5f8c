"""build: the only place that puts objects together.

A new source is one file in core/sources and a line in `build_sources`; a new platform one folder in bot/ and a
line in `build_platforms`.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat import Platform
from bot.settings import Settings, make_home
from bot.terminal import Terminal
from core.fulltext import Library, read
from core.house import House
from core.llm.provider import LiteLlm, ProviderSettings
from core.model import Collected, Item, Profile, Reading
from core.newsroom import Newsroom
from core.readingroom import ReadingRoom
from core.sources import Day, Source, collect
from core.sources.arxiv import GROUP, Api
from core.sources.batch import Arxiv
from core.sources.ddgs import Ddgs
from core.sources.feeds import FEEDS, Feed, feeds_at
from core.sources.hf import HuggingFace
from core.sources.hn import HackerNews
from core.sources.listing import ListingPages
from core.sources.revisions import Revisions
from core.sources.rss import Rss
from core.store import Store
from core.web import Web


@dataclass(frozen=True, slots=True)
class App:
    """Everything that a command or the running bot works with."""

    settings: Settings
    store: Store
    web: Web
    newsroom: Newsroom
    library: Library
    reading: ReadingRoom
    model: LiteLlm | None
    platforms: Mapping[str, Platform]

    @property
    def profile(self) -> Profile:
        """What a channel gets that has set nothing of its own."""
        return Profile()


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[App]:
    """The app with its database and web session open. Raises StoreError or SettingsError for what cannot be opened."""
    make_home(settings)
    async with Store(settings.database) as store, Web(pace={GROUP: settings.arxiv_delay_s}) as web:
        yield build(settings, store, web)


def build(settings: Settings, store: Store, web: Web) -> App:
    model = build_model(settings)
    library = Library(web, settings.arxiv_site_url, settings.aidaily_home / "papers")
    sources = build_sources(settings, web)
    basis = settings.digest_basis if model else "abstract"

    async def collect_day(day: Day) -> Collected:
        if model is None:
            return await collect(sources, day)
        # litellm takes seconds to load, the sources take seconds to answer
        collected, _ = await asyncio.gather(collect(sources, day), model.load())
        return collected

    async def read_item(item: Item) -> Reading:
        return await read(item, library, basis=basis)

    zone = ZoneInfo(settings.timezone)
    house = House(
        zone, settings.post_time, timedelta(minutes=settings.lead_minutes), settings.llm_budget_usd,
        settings.llm_budget_tokens, settings.arxiv_categories, judged=settings.judge == "on",
        learns=settings.ranking_learns == "on",
    )  # fmt: skip

    def today() -> date:
        return datetime.now(UTC).astimezone(zone).date()

    newsroom = Newsroom(house, store, collect=collect_day, read=read_item, completer=model, today=today,
                        waited=lambda: web.waited_s(GROUP))  # fmt: skip
    reading = ReadingRoom(house, store, library, model, today)
    return App(settings, store, web, newsroom, library, reading, model, build_platforms(settings, store))


def build_platforms(settings: Settings, store: Store) -> Mapping[str, Platform]:
    """Those that have tokens, loaded only then; where none has, the terminal."""
    platforms: list[Platform] = []
    if settings.slack_bot_token:
        from bot.slack import Slack

        platforms.append(Slack(settings))
    if settings.discord_bot_token:
        from bot.discord import Discord
        from bot.suggesting import Suggestions

        platforms.append(Discord(settings, store, Suggestions(store, Profile())))
    return {each.name: each for each in platforms or [Terminal(settings.aidaily_home / "terminal.jsonl")]}


def build_sources(settings: Settings, web: Web) -> tuple[Source, ...]:
    """The sources of the day, in the order in which the digest reports them."""
    api = Api(web, settings.arxiv_api_url)
    pages, rss = ListingPages(web, settings.arxiv_site_url), Rss(web, settings.arxiv_rss_url)
    sources: list[Source] = [Arxiv(api, pages, rss)]
    sources += [Feed(web, at) for at in (feeds_at(settings.news_feeds) if settings.news_feeds else FEEDS)]
    if settings.news_search == "on":
        sources.append(Ddgs())
    if settings.hf_api_url != "off":
        sources.append(HuggingFace(web, settings.hf_api_url))
    if settings.hn_api_url != "off":
        sources.append(HackerNews(web, settings.hn_api_url))
    return (*sources, Revisions(api))


def build_model(settings: Settings) -> LiteLlm | None:
    """None = 발췌 mode."""
    if settings.llm_model is None:
        return None
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else None
    provider = ProviderSettings(
        models=(settings.llm_model, *settings.llm_fallback_models),
        api_base=settings.llm_api_base,
        api_key=key,
        price_in=settings.llm_price_in,
        price_out=settings.llm_price_out,
        timeout_s=settings.llm_timeout_s,
    )
    return LiteLlm(provider)
