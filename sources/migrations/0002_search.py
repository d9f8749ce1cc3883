"""The full-text index of the database at hand, beside the models."""

from django.db import migrations

from sources.search import postgres, sqlite


def _sql(schema_editor, on_postgres, on_sqlite):
    return on_postgres if schema_editor.connection.vendor == "postgresql" else on_sqlite


def create(apps, schema_editor):
    schema_editor.execute(_sql(schema_editor, postgres.CREATE, sqlite.CREATE))


def drop(apps, schema_editor):
    schema_editor.execute(_sql(schema_editor, postgres.DROP, sqlite.DROP))


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
