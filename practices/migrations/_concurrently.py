"""Indexes of tables that are in use."""

from django.db import migrations


class AddIndex(migrations.AddIndex):
    """Those who write do not wait for it, where the database can do that: PostgreSQL.

    For a migration with `atomic = False`. What an interrupted one left is made anew.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        if schema_editor.connection.vendor != "postgresql":
            schema_editor.add_index(model, self.index)
            return
        name = schema_editor.quote_name(self.index.name)
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", params=None)
        schema_editor.add_index(model, self.index, concurrently=True)
