"""Another date of what happens once becomes a kind of its own; it was told as another figure."""

from django.db import migrations, models

from claims.matching.dates import read_dates

KINDS = [("values", "Another figure"), ("dates", "Another date"), ("verdicts", "Opposite verdicts")]


def call_dates_dates(apps, schema_editor):
    alerts = apps.get_model("reviews", "Alert")
    rows = alerts.objects.filter(kind="values").only("one_says", "other_says")
    dates = [row.pk for row in rows if _is_date(row.one_says) and _is_date(row.other_says)]
    alerts.objects.filter(pk__in=dates).update(kind="dates")


def call_dates_values(apps, schema_editor):
    apps.get_model("reviews", "Alert").objects.filter(kind="dates").update(kind="values")


def _is_date(words):
    return [when.words for when in read_dates(f"in {words}")] == [words]


def _known(kinds):
    return models.CheckConstraint(condition=models.Q(kind__in=kinds), name="alert_kind_known")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0008_verdict_would_refute")]
    operations = [
        migrations.AlterField("alert", "kind", models.CharField(choices=KINDS, max_length=8)),
        migrations.RemoveConstraint("alert", "alert_kind_known"),
        migrations.RunPython(migrations.RunPython.noop, call_dates_values),
        migrations.AddConstraint("alert", _known(["values", "dates", "verdicts"])),
        migrations.RunPython(call_dates_dates, migrations.RunPython.noop),
    ]
