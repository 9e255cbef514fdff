"""What Alembic runs: the revisions, on the connection ``upgrade`` holds the write lock of."""

from __future__ import annotations

from alembic import context

from spotai.catalog.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
