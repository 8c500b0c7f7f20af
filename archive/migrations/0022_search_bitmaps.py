from django.db import migrations


def forget_sets(apps, schema_editor):
    """The stored sets change their form: `manage.py rebuild_search` makes them anew.

    Until then the search counts without them; on SQLite, whatever is in the small table of the
    latest documents stays there until the sets are made.
    """
    apps.get_model('archive', 'SearchBits').objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0021_delete_former_key'),
    ]

    operations = [
        migrations.RunPython(forget_sets, forget_sets),
    ]
