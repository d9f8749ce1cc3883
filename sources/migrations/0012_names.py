from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0011_figure_series'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='evidence',
            options={'verbose_name_plural': 'evidence'},
        ),
    ]
