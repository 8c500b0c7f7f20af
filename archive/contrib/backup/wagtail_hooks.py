"""What backups add to the archive."""

from wagtail import hooks

from archive.contrib.backup.integrity import RestoresArea


@hooks.register("register_archive_integrity_area")
def restores_area() -> RestoresArea:
    return RestoresArea()
