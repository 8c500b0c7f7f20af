from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0122_former_keys'),
    ]

    operations = [
        migrations.DeleteModel(
            name='FormerKey',
        ),
    ]
