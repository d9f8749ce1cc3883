"""Let both databases find the newest publications by an index: SQLite looks no bare boolean up in one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="publication", name="publication_newest"),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("current", True)),
                fields=["-published_at", "-id"],
                name="publication_newest",
            ),
        ),
    ]
