"""What Alembic runs for each command. The connection is handed over by `migrate`, which holds the lock and the transaction."""

from alembic import context

from muster_projection.store.tables import SCHEMA, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table_schema=SCHEMA,
    include_schemas=True,
)
context.run_migrations()
