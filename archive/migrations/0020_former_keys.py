from django.db import migrations


def keep_former_keys(apps, schema_editor):
    """A former key becomes a merged entry, which leads on like all others from now on.

    What merges and splits changed was kept in another form, by which they can't be undone any more.
    """
    former = apps.get_model('archive', 'FormerKey').objects.select_related('entity')
    entities = apps.get_model('archive', 'Entity')._base_manager
    for row in former:
        kept = row.entity
        entities.get_or_create(
            key=row.key,
            defaults={
                **{name: getattr(kept, name) for name in ('kind', 'place_type', 'name_en', 'name_zh_hans')},
                'merged_into': kept,
            },
        )
    apps.get_model('archive', 'IdentityChange').objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0019_merged_names'),
    ]

    operations = [
        migrations.RunPython(keep_former_keys, migrations.RunPython.noop),
    ]
