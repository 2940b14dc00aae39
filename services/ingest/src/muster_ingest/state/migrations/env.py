"""Alembic's entry point. The connection is given by `muster_ingest.state.migrate`; there is no offline mode."""

from alembic import context

from muster_ingest.state.tables import SCHEMA, metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, version_table_schema=SCHEMA)
with context.begin_transaction():
    context.run_migrations()
