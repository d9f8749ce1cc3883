from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0012_passage_vectors'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='evidence',
            options={'verbose_name_plural': 'evidence'},
        ),
    ]
