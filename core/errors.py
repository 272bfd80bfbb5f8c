"""The error tree: every failure that this program knows has its class here.

    AiDailyError
    ├── SettingsError          a setting or an argument is wrong                 exit 2
    ├── SourceError            one source failed; the day goes on without it
    │   ├── SourceUnreachable  no answer: DNS, refused, reset, time-out, 5xx
    │   ├── SourceRefused      429, 403, "Rate exceeded.", a captcha
    │   ├── SourceBroken       an answer of another shape than promised
    │   └── SourceStale        a good answer about another day
    ├── NoEdition              every source failed: nothing can be made          exit 3
    ├── PaperUnreadable        a paper that cannot be found or read              exit 2
    │   ├── PaperAmbiguous     words that name several papers
    │   └── PaperUnknown       words that name none
    ├── LlmError               one model call failed
    │   ├── LlmUnavailable     time-out, connection, 5xx, overload, after the retries
    │   ├── LlmRefused         quota, content policy: a retry would not help
    │   │   └── LlmMisset      the key or the name of the model is wrong: a SettingsError too  exit 2
    │   ├── LlmBadReply        no usable answer, also after the repair turn
    │   └── BudgetReached      the day's money or tokens are used up             exit 4
    ├── PlatformError          a chat platform cannot be heard
    │   ├── PlatformAway       not now: it is tried again, ever more slowly
    │   └── PlatformLost       not any more, whatever was tried; a new process may  exit 1
    └── StoreError             the database cannot be read or written            exit 3
        └── StoreUnreadable    what DATABASE_URL names cannot be opened             exit 2

`str(error)` is one Korean sentence for people; `__cause__` keeps what happened inside.
An outside error is turned into one of these once, where it enters, with `raise … from`.
"""


class AiDailyError(Exception):
    """The root; never raised itself."""


class SettingsError(AiDailyError):
    """A setting or argument is wrong: `name` is what to change, the text says how."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(f"{name}: {sentence}")
        self.name = name


class SourceError(AiDailyError):
    """A source gave nothing that can be trusted; the text is the reason the digest prints."""


class SourceUnreachable(SourceError):
    pass


class SourceRefused(SourceError):
    """`retry_after` is in seconds where the server named it."""

    def __init__(self, sentence: str, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class SourceBroken(SourceError):
    pass


class SourceStale(SourceError):
    pass


class NoEdition(AiDailyError):
    pass


class PaperUnreadable(AiDailyError):
    pass


class PaperAmbiguous(PaperUnreadable):
    """`choices`: (arXiv id, title) of the papers that could be meant."""

    def __init__(self, sentence: str, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__(sentence)
        self.choices = choices


class PaperUnknown(PaperUnreadable):
    pass


class LlmError(AiDailyError):
    pass


class LlmUnavailable(LlmError):
    pass


class LlmRefused(LlmError):
    pass


class LlmMisset(LlmRefused, SettingsError):
    """Seen only when the model is asked: where there is something to fall back on, the day goes on without it."""


class LlmBadReply(LlmError):
    pass


class BudgetReached(LlmError):
    pass


class PlatformError(AiDailyError):
    pass


class PlatformAway(PlatformError):
    pass


class PlatformLost(PlatformError):
    pass


class StoreError(AiDailyError):
    pass


class StoreUnreadable(StoreError):
    """The remedy is a setting, so the sentence names it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"DATABASE_URL: {sentence}")
