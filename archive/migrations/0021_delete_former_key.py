from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0020_former_keys'),
    ]

    operations = [
        migrations.DeleteModel(
            name='FormerKey',
        ),
    ]
