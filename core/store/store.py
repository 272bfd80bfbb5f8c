"""The store: one database, and what can be kept in it, each under its own noun."""

from pathlib import Path
from types import TracebackType
from typing import Self

from core.store import schema
from core.store.answers import Answers
from core.store.backup import backup
from core.store.builds import Builds
from core.store.claims import Events, Locks, Notices
from core.store.corrections import Corrections
from core.store.deliveries import Deliveries
from core.store.editions import Editions
from core.store.engine import Database
from core.store.feedback import Feedback
from core.store.forgetting import Forgetting
from core.store.items import Items
from core.store.learnt import Learnt
from core.store.search import Search
from core.store.steps import Steps
from core.store.subscriptions import Subscriptions
from core.store.talk import Talk
from core.store.usage import Spending
from core.store.weeks import Weeks


class Store:
    """`async with Store(url) as store:`, or `await store.open()` … `await store.close()`.

    `url` is DATABASE_URL: `sqlite+aiosqlite:///path` or `postgresql+psycopg://…`. Everything may raise StoreError;
    a `url` that cannot be read raises SettingsError at once. One object per process and event loop; its methods
    may be called concurrently.
    """

    def __init__(self, url: str, *, patience_s: float = 10.0) -> None:
        self._database = database = Database(url, patience_s=patience_s)
        self.editions = Editions(database)
        self.weeks = Weeks(database)
        self.steps = Steps(database)
        self.items = Items(database)
        self.learnt = Learnt(database)
        self.search = Search(database)
        self.usage = Spending(database)
        self.subscriptions = Subscriptions(database)
        self.events = Events(database)
        self.locks = Locks(database)
        self.notices = Notices(database)
        self.feedback = Feedback(database)
        self.talk = Talk(database)
        self.answers = Answers(database)
        self.forgetting = Forgetting(database)
        self.builds = Builds(database)
        self.deliveries = Deliveries(database)
        self.corrections = Corrections(database)

    @property
    def there(self) -> bool:
        """Whether there is a database already; of a PostgreSQL server, only opening it tells."""
        return self._database.path is None or self._database.path.exists()

    async def open(self) -> tuple[str | None, str]:
        """Connects, makes the file if there is none, and brings the schema up to date: see `migrate`."""
        try:
            await self._database.open()
            return await self.migrate()
        except BaseException:
            await self.close()
            raise

    async def migrate(self) -> tuple[str | None, str]:
        """The schema's revision before (None = empty) and after; safe while other processes start."""
        return await schema.migrate(self._database)

    async def backup(self, path: Path) -> None:
        """See core/store/backup.py, also for how to restore."""
        await backup(self._database, path)

    async def close(self) -> None:
        """Waits for what is being written, then gives the connections back; may be called twice."""
        await self.deliveries.settled()
        await self._database.close()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
