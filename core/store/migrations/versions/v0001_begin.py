"""Begin: editions and what they are made from, subscriptions, and the work of delivering."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")
PENDING = sa.text("state = 'pending'")


def work_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("lease_owner", sa.Text),
        sa.Column("lease_until", MOMENT),
        sa.Column("look", sa.Boolean, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("last_error", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("profile", sa.Text, nullable=False),
    )


def upgrade() -> None:
    editions()
    collected()
    found()
    subscriptions()
    claims()
    said()
    work()


def editions() -> None:
    op.create_table(
        "editions",
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("profile", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("built_at", MOMENT, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("raw_index", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("date", "profile", name="pk_editions"),
    )
    op.create_table(
        "weeks",
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("profile", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("date", "profile", name="pk_weeks"),
    )
    op.create_table(
        "build_steps",
        sa.Column("build", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("output", sa.Text, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("tokens_in", sa.Integer, nullable=False),
        sa.Column("tokens_out", sa.Integer, nullable=False),
        sa.Column("usd", sa.Float),
        sa.PrimaryKeyConstraint("build", "name", name="pk_build_steps"),
    )
    op.create_table(
        "usage",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("tokens_in", sa.Integer, nullable=False),
        sa.Column("tokens_out", sa.Integer, nullable=False),
        sa.Column("usd", sa.Float, nullable=False),
        sa.Column("unpriced", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_usage"),
    )


def collected() -> None:
    op.create_table(
        "items",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("first_seen", sa.Date, nullable=False),
        sa.Column("last_seen", sa.Date, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
    )
    op.create_index("ix_items_last_seen", "items", ["last_seen"])
    op.create_table(
        "learnt",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("papers", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_learnt"),
    )


def found() -> None:
    op.create_table(
        "search",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("ref", "kind", "item", "profile")),
        sa.Column("n", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("title", "url", "source")),
        sa.Column("kept", sa.Boolean, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search"),
        sa.UniqueConstraint("ref", name="uq_search_ref"),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5"
            "(title, text, tags, tokenize = 'unicode61 remove_diacritics 0')"
        )
    else:
        op.execute(
            "CREATE TABLE search_words (id bigint CONSTRAINT pk_search_words PRIMARY KEY, words tsvector NOT NULL, "
            "CONSTRAINT fk_search_words_id FOREIGN KEY (id) REFERENCES search ON DELETE CASCADE)"
        )
        op.execute("CREATE INDEX ix_search_words_words ON search_words USING gin (words)")


def subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("post_at", sa.Text, nullable=False),
        sa.Column("tz", sa.Text, nullable=False),
        sa.Column("weekdays", sa.Text, nullable=False),
        sa.Column("profile", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.Column("paused_reason", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint("platform", "channel", name="uq_subscriptions_platform"),
    )


def claims() -> None:
    op.create_table(
        "events",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "platform", "workspace")),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_at", "events", ["at"])
    op.create_table(
        "locks",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_locks"),
    )
    op.create_table(
        "notices",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_notices"),
    )


def said() -> None:
    op.create_table(
        "votes",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("platform", "channel", "person")),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("profile", sa.Text, nullable=False),
        sa.Column("n", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("value", sa.SmallInteger, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("platform", "channel", "person", "date", "profile", "n", name="pk_votes"),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("platform", "channel", "person", "workspace")),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("profile", sa.Text, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("platform", "workspace", "thread", "asked", "paper", "question", "answer")
        ),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
    )
    op.create_index("ix_turns_thread", "turns", ["thread"])
    op.create_index("ix_turns_asked", "turns", ["asked"])
    op.create_index("ix_turns_at", "turns", ["at"])
    op.create_table(
        "answers",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "platform", "workspace")),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
    )
    op.create_index("ix_answers_at", "answers", ["at"])


def work() -> None:
    op.create_table(
        "builds",
        *work_columns(),
        sa.PrimaryKeyConstraint("id", name="pk_builds"),
        sa.UniqueConstraint("date", "profile", name="uq_builds_date"),
    )
    op.create_index("ix_builds_due", "builds", ["due_at"], postgresql_where=PENDING, sqlite_where=PENDING)
    op.create_table(
        "deliveries",
        *work_columns(),
        sa.Column("subscription", sa.Integer, nullable=False),
        sa.Column("stage", sa.SmallInteger, nullable=False),
        sa.Column("next_seq", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("date", "subscription", name="uq_deliveries_date"),
        sa.ForeignKeyConstraint(
            ["subscription"], ["subscriptions.id"], name="fk_deliveries_subscription", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_deliveries_subscription", "deliveries", ["subscription"])
    op.create_index(
        "ix_deliveries_due", "deliveries", ["stage", "due_at"], postgresql_where=PENDING, sqlite_where=PENDING
    )
    op.create_table(
        "steps",
        sa.Column("delivery", sa.Integer, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("ref", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("delivery", "seq", name="pk_steps"),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name="fk_steps_delivery", ondelete="CASCADE"),
    )
    op.create_index("ix_steps_ref", "steps", ["ref"])


def downgrade() -> None:
    tables = "steps deliveries builds answers turns reports votes notices locks events subscriptions search_words"
    for table in (*tables.split(), "search", "learnt", "items", "usage", "build_steps", "weeks", "editions"):
        op.drop_table(table)
