from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0005_is_public'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='checkmatch',
            options={'verbose_name_plural': 'check matches'},
        ),
        migrations.AlterModelOptions(
            name='factcheck',
            options={'verbose_name': 'fact-check'},
        ),
        migrations.AlterModelOptions(
            name='match',
            options={'verbose_name_plural': 'matches'},
        ),
    ]
