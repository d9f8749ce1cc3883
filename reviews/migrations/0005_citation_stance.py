from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

STANCES = [("supports", "Supports"), ("refutes", "Contradicts"), ("context", "Context")]


def lift(apps, schema_editor):
    """Let the citations be written once; the guard comes back with the others after the migration."""
    on = " ON reviews_citation" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS citation_is_final{on}")


def copy(apps, schema_editor):
    """What is cited has not changed its stance since: the database refused that until now."""
    evidence = apps.get_model("sources", "Evidence").objects.filter(pk=OuterRef("evidence"))
    rows = apps.get_model("reviews", "Citation").objects
    rows.update(stance=Subquery(evidence.values("stance")[:1]))


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_alerts"), ("sources", "0005_records")]

    operations = [
        migrations.AddField(
            "citation", "stance", models.CharField(choices=STANCES, default="context", max_length=8)
        ),
        migrations.AddConstraint(
            "citation",
            models.CheckConstraint(
                condition=Q(stance__in=["supports", "refutes", "context"]), name="citation_stance_known"
            ),
        ),
        migrations.RunPython(lift, migrations.RunPython.noop),
        migrations.RunPython(copy, migrations.RunPython.noop),
    ]
