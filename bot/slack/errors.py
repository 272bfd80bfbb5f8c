"""What Slack's answers mean for us: is it out, is it not, may it be (https://docs.slack.dev/reference/methods/chat.postMessage).

An `ok: false` says that nothing was written. Only what comes from inside of Slack, or no answer at all, is a doubt.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.chat import Closed, NotSent, Outcome, Rejected, Unsure

FAULTS: Final = (SlackClientError, aiohttp.ClientError, TimeoutError, asyncio.TimeoutError, OSError)
"""All that a call of Slack may raise."""

INVITE: Final = "채널에서 `/invite @AI Daily`로 초대해 주세요."
CLOSED: Final = {
    "channel_not_found": f"채널이 없거나, 초대받지 않은 비공개 채널입니다. {INVITE}",
    "not_in_channel": f"봇이 채널에 들어 있지 않습니다. {INVITE}",
    "is_archived": "보관된 채널입니다.",
    "channel_is_archived": "보관된 채널입니다.",
    "is_inactive": "닫힌 대화입니다.",
    "restricted_action": "이 채널에는 정해진 사람만 글을 쓸 수 있습니다. 채널 설정에서 봇에게 게시를 허용해 주세요.",
    "restricted_action_read_only_channel": "읽기 전용 채널입니다. 채널 설정에서 봇에게 게시를 허용해 주세요.",
    "restricted_action_thread_only_channel": "답글만 쓸 수 있는 채널입니다.",
    "restricted_action_non_threadable_channel": "스레드를 쓸 수 없는 채널입니다. 설정에서 '루트만'을 고르세요.",
    "restricted_action_thread_locked": "스레드가 잠겼습니다.",
    "no_permission": "봇에게 이 채널에 글을 쓸 권한이 없습니다.",
    "user_is_bot": "봇에게는 글을 보낼 수 없습니다.",
    "messages_tab_disabled": "앱의 메시지 탭이 꺼져 있습니다. 앱 설정의 App Home에서 켜 주세요.",
}
REFUSED: Final = {
    "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "org_login_required",
    "missing_scope", "not_allowed_token_type", "ekm_access_denied", "access_denied", "team_access_not_granted",
    "two_factor_setup_required", "no_such_app",
}  # fmt: skip
"""The token is refused, or its scopes: it is nobody's channel's fault, and a person has to act."""
_NEVER: Final = {
    "msg_too_long", "msg_blocks_too_long", "no_text", "invalid_blocks", "invalid_blocks_format", "invalid_arguments",
    "invalid_arg_name", "invalid_array_arg", "too_many_attachments", "metadata_too_large", "invalid_form_data",
    "metadata_must_be_sent_from_app", "invalid_metadata_format", "invalid_metadata_schema", "markdown_text_conflict",
}  # fmt: skip
_INSIDE: Final = {"internal_error", "fatal_error", "request_timeout", "service_unavailable", "team_added_to_org"}
_LOST_ROOT: Final = {"thread_not_found", "message_not_found", "cannot_reply_to_message"}
_REFUSED_WAIT_S: Final = 60.0
_DEFAULT_WAIT_S: Final = 30.0


def code(error: BaseException) -> str:
    """Slack's own word for what went wrong (`channel_not_found`), or the failure's name."""
    if isinstance(error, SlackApiError):
        answer = answer_of(error)
        return str(answer.get("error") or f"HTTP {status(error)}")
    return type(error).__name__


def answer_of(error: SlackApiError) -> Mapping[str, Any]:
    """The JSON that came with it; empty where something else came."""
    data = getattr(error.response, "data", error.response)
    return data if isinstance(data, Mapping) else {}


def status(error: SlackApiError) -> int:
    return int(getattr(error.response, "status_code", None) or getattr(error.response, "status", None) or 0)


def retry_after(error: BaseException) -> float | None:
    """Seconds to keep quiet for, where Slack asks for it (429)."""
    if not isinstance(error, SlackApiError) or (
        status(error) != 429 and code(error) not in ("ratelimited", "rate_limited")
    ):
        return None
    headers = {name.lower(): value for name, value in (getattr(error.response, "headers", None) or {}).items()}
    value = headers.get("retry-after", "")
    value = value[0] if isinstance(value, list) else value
    try:
        return max(float(value), 0.0)
    except ValueError:
        return _DEFAULT_WAIT_S


def surely_later(error: BaseException) -> bool:
    """Whether Slack wants to be left alone, or is not there: nothing was said, and nothing else would be taken now."""
    return retry_after(error) is not None or isinstance(error, aiohttp.ClientConnectorError)


def outcome(error: BaseException) -> Outcome:
    """What a failed write means; `error` is one of FAULTS."""
    wait_s, word = retry_after(error), code(error)
    if wait_s is not None:
        return NotSent("Slack이 잠시 쉬라고 합니다.", wait_s)
    if isinstance(error, aiohttp.ClientConnectorError):  # no connection was made, so nothing was said
        return NotSent("Slack에 연결할 수 없습니다.")
    if not isinstance(error, SlackApiError):
        return Unsure(f"Slack의 응답을 받지 못했습니다({word}).")
    if word in REFUSED:
        return NotSent(refusal(error), _REFUSED_WAIT_S, everywhere=True)
    if word in CLOSED:
        return Closed(CLOSED[word])
    if word in _LOST_ROOT:
        return Rejected("스레드의 첫 글이 지워져 이어서 올릴 수 없습니다.")
    if word in _NEVER:
        return Rejected(f"Slack이 이 글을 받지 않습니다({word}).")
    if word in _INSIDE or status(error) >= 500 or (not answer_of(error) and status(error) < 400):
        return Unsure(f"Slack의 응답이 온전하지 않습니다({word}).")
    return NotSent(f"Slack이 거절했습니다({word}).")


def refusal(error: SlackApiError) -> str:
    """A refused token or a missing scope, and what to do, in one sentence."""
    answer = answer_of(error)
    if needed := answer.get("needed"):
        return f"앱에 권한이 없습니다: {needed}. 앱 설정의 OAuth & Permissions에서 더하고 다시 설치하세요."
    return f"Slack이 토큰을 거절했습니다({code(error)}). SLACK_BOT_TOKEN을 확인하세요."
