"""Pictures of Wagtail's own image model, taken over when a site installs the archive."""

import re
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from wagtail.images.models import Image
from wagtail.models import Collection

from archive.models import ArchiveImage
from tests.factories import make_image
from tests.photos import files

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2015, 9, 22, tzinfo=UTC)


@pytest.fixture
def old() -> Image:
    """A picture with all that one can have."""
    collection = Collection.get_first_root_node().add_child(name="Ports")
    data = ContentFile(files.jpeg(), "port.jpg")
    texts = {"title": "The port", "description": "船上的吊车"}
    focus = {"focal_point_x": 5, "focal_point_y": 6, "focal_point_width": 7}
    image = Image.objects.create(id=1234, file=data, collection=collection, **texts, **focus)
    Image.objects.update(created_at=LONG_AGO)
    image.tags.add("ships", "cranes")
    image.get_rendition("width-30")
    return image


def move(*options: str) -> str:
    out = StringIO()
    call_command("archive_move_images", *options, stdout=out)
    return out.getvalue()


def test_a_picture_keeps_all_that_it_has(old: Image) -> None:
    said = move()
    new = ArchiveImage.objects.get()
    for name in ("pk", "title", "file", "width", "height", "file_size", "collection"):
        assert getattr(new, name) == getattr(old, name), name
    assert new.get_focal_point() == old.get_focal_point()
    assert new.created_at == LONG_AGO
    assert {str(tag) for tag in new.tags.all()} == {"ships", "cranes"}
    assert new.renditions.get().file == old.renditions.get().file
    assert (new.alt_text_zh_hans, new.alt_text_en) == ("船上的吊车", None)
    for line in ("Pictures: 1", "Tags: 2", "Renditions: 1", "alternative texts: 1"):
        assert line in said
    assert make_image().pk > old.pk


def test_a_dry_run_tells_the_same_and_stores_nothing(old: Image) -> None:
    tried = move("--dry-run")
    assert "Pictures: 1" in tried
    assert "nothing was stored" in tried
    assert not ArchiveImage.objects.exists()
    assert move().splitlines()[:5] == tried.splitlines()[:5]


def test_run_again_it_takes_only_what_was_added(old: Image) -> None:
    move()
    added = Image.objects.create(file=ContentFile(files.png(), "ship.png"), title="A ship")
    said = move()
    assert "Pictures: 1" in said
    assert "there already: 1" in said
    assert set(ArchiveImage.objects.values_list("pk", flat=True)) == {old.pk, added.pk}
    assert ArchiveImage.objects.get(pk=old.pk).tags.count() == 2


def test_a_lost_file_is_named(old: Image) -> None:
    old.file.storage.delete(old.file.name)
    assert f"Lost file: {old.file.name}" in move()
    assert ArchiveImage.objects.get().title == "The port"


def test_another_picture_under_the_same_id_stops_it(old: Image) -> None:
    Image.objects.create(id=3, file=ContentFile(files.png(), "ship.png"), title="A ship")
    taken = make_image(id=old.pk)
    with pytest.raises(CommandError, match=f"another picture with the id {old.pk}"):
        move()
    assert list(ArchiveImage.objects.all()) == [taken]


@pytest.mark.parametrize("name", ["archive.ArchiveImage", "archive.Tie", "nothing.Image", "x"])
def test_what_is_no_other_image_model_is_refused(name: str) -> None:
    with pytest.raises(CommandError):
        move("--from", name)


def rename(*options: str) -> str:
    out = StringIO()
    call_command("archive_rename_images", *options, stdout=out)
    return out.getvalue()


def test_files_from_before_get_names_that_nobody_guesses(old: Image) -> None:
    move()
    moved = ArchiveImage.objects.get()
    data, before, public = moved.file.read(), moved.file.name, moved.renditions.get().file.name
    assert "renamed: 1" in rename("--dry-run")
    assert ArchiveImage.objects.get().file.name == before
    assert "renamed: 1" in rename()
    new = ArchiveImage.objects.get()
    assert re.fullmatch(r"original_images/port(_\w{7})?\.[a-z0-9]{16}\.jpg", new.file.name)
    assert new.file.read() == data
    storage = new.file.storage
    assert not storage.exists(before)
    assert not storage.exists(public)
    assert new.get_rendition("width-30").file.read()
    assert "renamed: 0" in rename()
