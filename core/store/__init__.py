"""What is remembered, and the only SQL in the project.

`Store` is the way in: editions, the steps of a build, items, usage, subscriptions, the work of
delivery, all in one database: a SQLite file by default, PostgreSQL for many replicas. The same SQLAlchemy
statements run on both, and the tests run on both. What is chosen, written or sent is decided elsewhere.
`now` is always an argument and always UTC.
"""

from core.store.builds import Build
from core.store.corrections import Behind
from core.store.delivery import Delivery, DeliveryState, Due, Found, Queue, Step
from core.store.editions import Final
from core.store.entries import Kind
from core.store.feedback import Report
from core.store.search import Hit, Hits, Wanted
from core.store.steps import BuildSteps, Done
from core.store.store import Store
from core.store.subscriptions import Subscription
from core.store.talk import Exchange

__all__ = [
    "Behind",
    "Build",
    "BuildSteps",
    "Delivery",
    "DeliveryState",
    "Done",
    "Due",
    "Exchange",
    "Final",
    "Found",
    "Hit",
    "Hits",
    "Kind",
    "Queue",
    "Report",
    "Step",
    "Store",
    "Subscription",
    "Wanted",
]
