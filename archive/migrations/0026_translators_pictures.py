"""Translators and reviewers may no longer change pictures: in Wagtail that is to delete them, too.

They write pictures' texts by a form of their own, for which they may choose the picture.
"""

from django.db import migrations

# As `archive.desk.groups` names them.
_GROUPS = [
    f"Archive {people}{into}"
    for people in ("translators", "reviewers")
    for into in ("", " into English", " into Chinese")
]


def take_away(apps, schema_editor):
    rights = apps.get_model("wagtailcore", "GroupCollectionPermission")
    rights.objects.using(schema_editor.connection.alias).filter(
        group__name__in=_GROUPS,
        collection__depth=1,
        permission__codename="change_image",
        permission__content_type__app_label="wagtailimages",
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0025_kinds"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(take_away, migrations.RunPython.noop, elidable=True)]
