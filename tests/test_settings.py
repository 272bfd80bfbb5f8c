"""Settings: read once, typed, and a wrong one is one Korean sentence naming the variable."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings, load_settings
from core.errors import SettingsError

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_needs_to_be_set() -> None:
    settings = load_settings()
    assert settings.llm_model is None
    assert settings.post_at == "16:40"
    assert settings.database == "sqlite+aiosqlite:///var/aidaily.db"


def test_env_example_names_every_setting_with_its_default_and_one_explanation(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "=" in line and not line.startswith("#")]
    assert {line.split("=")[0].lower() for line in lines} == set(Settings.model_fields)
    assert all(re.search(r"\s# \S", line) for line in lines)
    defaults = load_settings()
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    assert load_settings() == defaults


def test_an_empty_value_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_MODEL", "")
    monkeypatch.setenv("POST_AT", "")
    assert load_settings().llm_model is None
    assert load_settings().post_at == "16:40"


def test_lists_are_comma_separated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARXIV_CATEGORIES", "cs.AI, cs.SE,")
    monkeypatch.setenv("SLACK_CHANNELS", "C01GEN,C02DEV")
    assert load_settings().arxiv_categories == ("cs.AI", "cs.SE")
    assert load_settings().slack_channels == ("C01GEN", "C02DEV")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POST_AT", "25:00"), ("POST_AT", "오후"), ("TIMEZONE", "Mars/Olympus"), ("TIMEZONE", "../etc/passwd"),
        ("LEAD_MINUTES", "x"), ("LEAD_MINUTES", "-1"), ("MAX_AGE_HOURS", "0"), ("ARXIV_API_URL", "export.arxiv.org"),
        ("ARXIV_SITE_URL", "ftp://arxiv.org"), ("HF_API_URL", "nope"), ("NEWS_FEEDS", "https://a.example/rss,b"),
        ("NEWS_SEARCH", "maybe"), ("LLM_API_BASE", "127.0.0.1:8799"), ("LLM_PRICE_IN", "싸다"), ("LLM_TIMEOUT_S", "-3"),
        ("LLM_BUDGET_USD", "many"), ("DIGEST_BASIS", "all"), ("JUDGE", "1"), ("SLACK_MODE", "rtm"), ("PORT", "99999"),
        ("DATABASE_URL", "mysql://a/b"), ("ARXIV_CATEGORIES", "cs.AI,CS AI"), ("ADMIN_CHANNEL", "C01"),
        ("DISCORD_GATEWAY_URL", "https://x"), ("HEALTH_PORT", "http"), ("LLM_BUDGET_TOKENS", "1.5"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_one_korean_sentence_naming_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.name == name
    assert str(caught.value).startswith(f"{name}: ")
    assert re.search("[가-힣]", str(caught.value))
    assert "\n" not in str(caught.value)


def test_a_secret_is_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://user:hunter2@db/x")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("LLM_API_KEY", "sk-fake-not-a-key")
    assert "sk-fake" not in repr(load_settings())


def test_a_value_of_spaces_and_commas_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = load_settings()
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), " , ")
    assert load_settings() == defaults


def test_spaces_around_a_value_and_the_case_of_a_switch_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POST_AT", " 15:00 ")
    monkeypatch.setenv("NEWS_SEARCH", "Off")
    assert (load_settings().post_at, load_settings().news_search) == ("15:00", "off")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LLM_BUDGET_USD", "inf"), ("LLM_PRICE_OUT", "inf"), ("MAX_AGE_HOURS", "nan"), ("LLM_MODEL", "a model"),
        ("LLM_FALLBACK_MODELS", "openai/a,my model"), ("SLACK_CHANNELS", "C01GEN,#general"),
        ("DISCORD_CHANNELS", "general"), ("ADMIN_CHANNEL", "discord:general"), ("ADMIN_CHANNEL", "slack:#ops"),
        ("AIDAILY_HOME", "~nobody-knows/var"),
    ],
)  # fmt: skip
def test_what_can_never_work_is_refused_before_anything_begins(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"^{name}: .*[가-힣]") as caught:
        load_settings()
    assert "\n" not in str(caught.value)


def test_a_home_may_begin_in_ones_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AIDAILY_HOME", "~/bot")
    assert load_settings().aidaily_home == tmp_path / "bot"


def test_a_wrong_number_of_tokens_is_shown_for_it_is_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_BUDGET_TOKENS", "many")
    with pytest.raises(SettingsError, match="many"):
        load_settings()


def test_a_dotenv_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbfPOST_AT=15:00\r\n")
    assert load_settings().post_at == "15:00"


def test_a_dotenv_in_another_encoding_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("TIMEZONE=Asia/Seoul # 시간대\n".encode("euc-kr"))
    with pytest.raises(SettingsError, match="UTF-8") as caught:
        load_settings()
    assert caught.value.name == ".env"
