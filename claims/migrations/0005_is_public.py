from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q


def mark(apps, schema_editor):
    """Mark the claims whose fact-check stands."""
    standing = apps.get_model("reviews", "Publication").objects.filter(
        claim=OuterRef("pk"), current=True, retracted_at__isnull=True
    )
    rows = apps.get_model("claims", "Claim").objects.exclude(status__in=["new", "dismissed", "retracted"])
    rows.filter(Exists(standing)).update(is_public=True)


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_look_again"), ("reviews", "0004_alerts")]

    operations = [
        migrations.AddField("claim", "is_public", models.BooleanField(default=False)),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.AddConstraint(
            "claim",
            models.CheckConstraint(
                condition=~Q(status="published") | Q(is_public=True), name="claim_public_while_published"
            ),
        ),
        migrations.AddConstraint(
            "claim",
            models.CheckConstraint(
                condition=~Q(status__in=["new", "dismissed", "retracted"]) | Q(is_public=False),
                name="claim_put_aside_is_not_public",
            ),
        ),
    ]
