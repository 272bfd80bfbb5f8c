"""Alembic's entry: runs the revisions in the transaction that core/store/schema.py has opened and locked."""

from alembic import context

from core.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
