"""The only reader of the environment (and of `.env` in the working directory). Names and defaults: .env.example.

A wrong value is one SettingsError with the variable's name and a Korean sentence; an empty value is an unset one,
and so is one of nothing but spaces and commas.
"""

import re
import tempfile
from datetime import time
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.errors import SettingsError
from core.particles import particle
from core.refusals import refusal


def _split(value: Any) -> Any:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _home(value: Path) -> Path:
    try:
        return value.expanduser()
    except RuntimeError as error:
        raise ValueError("'~' 뒤의 사용자를 알 수 없습니다") from error


def _url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        raise ValueError("http:// 또는 https:// 로 시작하는 주소여야 합니다")
    return value.rstrip("/")


def _url_or_off(value: str) -> str:
    return "off" if value.lower() == "off" else _url(value)


def _gateway(value: str) -> str:
    if not re.fullmatch(r"wss?://[^\s]+", value):
        raise ValueError("ws:// 또는 wss:// 로 시작하는 주소여야 합니다")
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("Asia/Seoul 같은 시간대 이름이어야 합니다") from error
    return value


def _clock(value: str) -> str:
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
        raise ValueError("16:40 같은 시각이어야 합니다")
    return value.zfill(5)


def _database(value: str) -> str:
    if not value.startswith(("sqlite+aiosqlite://", "postgresql+psycopg://")):
        raise ValueError("sqlite+aiosqlite:///파일 또는 postgresql+psycopg://… 형태여야 합니다")
    return value


def _category(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if not re.fullmatch(r"[a-z-]+(\.[A-Za-z-]+)?", value):
            raise ValueError(f"'{value}'는 arXiv 분류가 아닙니다 (예: cs.AI,cs.LG)")
    return values


_CHANNELS = {  # the shape of an id, and one
    "slack": ("[A-Za-z0-9]+", "C01GEN"),
    "discord": ("[0-9]+", "1234567890"),
    "terminal": (r"\S+", "local"),
}


def named_channel(value: str) -> tuple[str, str]:
    """Platform and id of a channel written as slack:C01GEN. Raises ValueError, in Korean."""
    platform, _, name = value.partition(":")
    if platform not in _CHANNELS or not name:
        raise ValueError("slack:C01GEN 또는 discord:123 형태여야 합니다")
    return platform, _channel_id(platform, name)


def _channel_id(platform: str, value: str) -> str:
    shape, example = _CHANNELS[platform]
    if not re.fullmatch(shape, value):
        whose = f"{platform.capitalize()} 채널의 id가 아닙니다 (예: {example})"
        raise ValueError(f"'{value}'{particle(value, '은/는')} {whose}")
    return value


def _channel(value: str) -> str:
    named_channel(value)
    return value


def _model(value: str) -> str:
    if not re.fullmatch(r"[^\s,]+", value):
        raise ValueError("openai/gpt-5-mini 같은 모델 이름이어야 합니다")
    return value


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Model = Annotated[str, AfterValidator(_model)]
Models = Annotated[tuple[Model, ...], NoDecode, BeforeValidator(_split)]
SlackChannel = Annotated[str, AfterValidator(partial(_channel_id, "slack"))]
DiscordChannel = Annotated[str, AfterValidator(partial(_channel_id, "discord"))]
SlackChannels = Annotated[tuple[SlackChannel, ...], NoDecode, BeforeValidator(_split)]
DiscordChannels = Annotated[tuple[DiscordChannel, ...], NoDecode, BeforeValidator(_split)]
Url = Annotated[str, AfterValidator(_url)]
UrlOrOff = Annotated[str, AfterValidator(_url_or_off)]
Feeds = Annotated[tuple[Url, ...], NoDecode, BeforeValidator(_split)]
Switch = Annotated[Literal["on", "off"], BeforeValidator(_lower)]


class Settings(BaseSettings):
    """Every setting, typed. Build with `load_settings`, which turns a bad value into a SettingsError."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8-sig", env_ignore_empty=True, extra="ignore", frozen=True,
        allow_inf_nan=False,
    )  # fmt: skip

    aidaily_home: Annotated[Path, AfterValidator(_home)] = Path("var")
    database_url: Annotated[str, AfterValidator(_database)] | None = None
    post_at: Annotated[str, AfterValidator(_clock)] = "16:40"
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Seoul"
    lead_minutes: int = Field(default=20, ge=0, le=240)
    max_age_hours: float = Field(default=12, gt=0, le=24)
    retention_days: int | None = Field(default=None, ge=30, le=36500)  # None = for ever

    arxiv_categories: Annotated[Names, AfterValidator(_category)] = ("cs.AI", "cs.LG", "cs.CL", "cs.CV")
    arxiv_api_url: Url = "https://export.arxiv.org"
    arxiv_site_url: Url = "https://arxiv.org"
    arxiv_rss_url: Url = "https://rss.arxiv.org"
    arxiv_delay_s: float = Field(default=3, ge=0, le=60)
    hf_api_url: UrlOrOff = "https://huggingface.co"
    hn_api_url: UrlOrOff = "https://hn.algolia.com"
    news_feeds: Feeds = ()  # empty = the shipped list
    news_search: Switch = "on"
    ranking_learns: Switch = "on"

    llm_model: Model | None = None
    llm_api_base: Url | None = None
    llm_api_key: SecretStr | None = None
    llm_fallback_models: Models = ()
    llm_price_in: float | None = Field(default=None, ge=0)
    llm_price_out: float | None = Field(default=None, ge=0)
    llm_budget_usd: float = Field(default=1.0, ge=0)
    llm_budget_tokens: int = Field(default=2_000_000, ge=0)
    llm_timeout_s: float = Field(default=120, gt=0, le=3600)
    digest_basis: Literal["fulltext", "abstract"] = "fulltext"
    judge: Switch = "on"

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_mode: Literal["socket", "http"] = "socket"
    slack_signing_secret: SecretStr | None = None
    port: int = Field(default=3000, ge=1, le=65535)
    slack_api_url: Url = "https://slack.com/api"
    discord_bot_token: SecretStr | None = None
    discord_api_url: Url | None = None
    discord_gateway_url: Annotated[str, AfterValidator(_gateway)] | None = None
    slack_channels: SlackChannels = ()
    discord_channels: DiscordChannels = ()
    admin_channel: Annotated[str, AfterValidator(_channel)] | None = None
    health_port: int | None = Field(default=None, ge=1, le=65535)
    serve_archive: Switch = "off"

    @model_validator(mode="before")
    @classmethod
    def _said(cls, given: dict[str, Any]) -> dict[str, Any]:
        """What is said, without the spaces around it; what says nothing is unset."""
        texts = {name: value.strip() for name, value in given.items() if isinstance(value, str)}
        return {name: texts.get(name, value) for name, value in given.items() if texts.get(name, "x").strip(" ,")}

    @property
    def database(self) -> str:
        """DATABASE_URL, or a SQLite file under AIDAILY_HOME, whose name may have what a URL reads otherwise."""
        file = str(self.aidaily_home / "aidaily.db").replace("%", "%25").replace("?", "%3F")
        return self.database_url or f"sqlite+aiosqlite:///{file}"

    @property
    def post_time(self) -> time:
        return time.fromisoformat(self.post_at)


def make_home(settings: Settings) -> None:
    """AIDAILY_HOME, made where it is not there yet. Raises SettingsError where it cannot be."""
    make_folder(settings.aidaily_home, "AIDAILY_HOME")


def make_folder(folder: Path, name: str) -> None:
    """The folder, made where it is not there yet. Raises SettingsError, naming what named it, where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(name, f"'{folder}' 폴더를 만들 수 없습니다: {refusal(error)}.") from error


def make_output(folder: Path, name: str) -> None:
    """As `make_folder`, and tried: what is to go there takes minutes to make."""
    make_folder(folder, name)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SettingsError(name, f"'{folder}' 폴더에 쓸 수 없습니다: {refusal(error)}.") from error


def port_refused(name: str, port: int, error: OSError) -> SettingsError:
    """What to say of a port that cannot be listened at, which `name` has named."""
    return SettingsError(name, f"{port}번 포트를 열 수 없습니다: {refusal(error)}.")


_REASONS = {
    "int_parsing": "정수여야 합니다",
    "int_from_float": "정수여야 합니다",
    "float_parsing": "숫자여야 합니다",
    "finite_number": "끝이 있는 숫자여야 합니다",
    "greater_than": "{gt:g}보다 커야 합니다",
    "greater_than_equal": "{ge:g} 이상이어야 합니다",
    "less_than_equal": "{le:g} 이하여야 합니다",
    "literal_error": "{expected} 가운데 하나여야 합니다",
    "path_type": "경로여야 합니다",
}


def load_settings(*, listening: bool = False) -> Settings:
    """The settings of this process. Raises SettingsError naming the first wrong variable, or the one that is missing
    where the process is to listen as well."""
    try:
        settings = Settings()
    except UnicodeDecodeError as error:
        raise SettingsError(".env", "UTF-8로 저장한 파일이어야 합니다.") from error
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        context = first.get("ctx", {})
        reason = str(context["error"]) if "error" in context else _REASONS.get(first["type"], first["msg"])
        secret = name.endswith(("_TOKEN", "_KEY", "_SECRET")) or name == "DATABASE_URL"
        shown = "" if secret else f" (지금 값: {first['input']!r})"
        choices = {**context, "expected": str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")}
        raise SettingsError(name, reason.format(**choices) + shown + ".") from error
    unsigned = settings.slack_bot_token and settings.slack_mode == "http" and not settings.slack_signing_secret
    if listening and unsigned:
        raise SettingsError("SLACK_SIGNING_SECRET", "SLACK_MODE=http에는 앱의 Signing Secret이 필요합니다.")
    return settings
