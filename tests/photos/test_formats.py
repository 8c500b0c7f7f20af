"""Pictures in small formats: made ahead, offered when complete, credited like the rest."""

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.template.loader import render_to_string
from PIL import Image

from archive.checks import check_settings
from archive.models import ArchiveImage
from archive.photos import renditions
from archive.photos.embedded import read_metadata
from archive.photos.renditions import make_renditions, markup, small_formats
from archive.publishing.followers import catch_up
from archive.site import illustrations
from archive.site.illustrations import illustrate
from tests.factories import block, make_article, make_image
from tests.photos import files
from tests.site.reading import picture

pytestmark = pytest.mark.django_db

CREDIT = {"credit": "李明 摄", "creator": "李明", "rights": "© 中国日报", "source": "湛江市政府"}


def make_wide(width: int = 500, height: int = 300, **fields: Any) -> ArchiveImage:
    return make_image(files.jpeg(image=files.picture(size=(width, height))), **fields)


def shown(image: ArchiveImage, shape: str) -> BeautifulSoup:
    fresh = ArchiveImage.objects.prefetch_related("renditions").get(pk=image.pk)
    shown = markup(fresh, shape)
    assert shown is not None
    html = render_to_string("archive/pictures/img.html", {"img": shown})
    return BeautifulSoup(html, "html.parser")


def test_small_formats_are_offered_best_first_once_they_are_made():
    image = make_wide()
    assert not shown(image, "figure").select("source")
    make_renditions(image, ["figure"])
    sources = shown(image, "figure").select("picture > source")
    assert [source["type"] for source in sources] == ["image/avif", "image/webp"]
    assert [part.split()[1] for part in sources[0]["srcset"].split(", ")] == ["480w", "500w"]
    assert sources[0]["sizes"] == shown(image, "figure").img["sizes"]


def test_a_format_that_lacks_a_size_is_not_offered():
    image = make_wide()
    make_renditions(image, ["figure"])
    image.renditions.filter(filter_spec="width-480|format-avif").delete()
    types = [source["type"] for source in shown(image, "figure").select("source")]
    assert types == ["image/webp"]


@pytest.mark.parametrize("build", [files.jpeg, files.png, files.webp, files.avif])
def test_every_file_that_is_served_names_whom_to_credit(build):
    image = make_image(build(), f"port.{build.__name__}", **CREDIT)
    make_renditions(image, ["figure", "card"])
    served = list(image.renditions.all())
    assert {r.file.name.rpartition(".")[2] for r in served} >= {"avif", "webp"}
    for rendition in served:
        with rendition.file.open("rb") as file:
            found = read_metadata(file.read())
        assert {name: getattr(found, name) for name in CREDIT} == CREDIT


def test_a_small_original_is_neither_blown_up_nor_served_twice():
    image = make_wide(200, 120)
    make_renditions(image, ["figure", "lead", "card"])
    assert max(rendition.width for rendition in image.renditions.all()) == 200
    assert image.renditions.filter(filter_spec__startswith="width").count() == 3
    assert "srcset" not in shown(image, "figure").img.attrs


def test_crops_follow_the_focal_point_in_every_format():
    colours = Image.new("RGB", (600, 200), "red")
    colours.paste("blue", (300, 0, 600, 200))
    focus = {"focal_point_x": 550, "focal_point_y": 100}
    size = {"focal_point_width": 40, "focal_point_height": 40}
    image = make_image(files.jpeg(image=colours), **focus, **size)
    make_renditions(image, ["card"])
    for rendition in image.renditions.all():
        with rendition.file.open("rb") as file, Image.open(io.BytesIO(file.read())) as found:
            red, _green, blue = found.convert("RGB").getpixel((120, 80))
        assert blue > 200 > 60 > red


def test_what_was_made_is_not_made_again(django_assert_num_queries):
    image = make_wide()
    assert make_renditions(image, ["figure", "card"]) == 12
    fresh = ArchiveImage.objects.prefetch_related("renditions").get(pk=image.pk)
    with django_assert_num_queries(0):
        assert make_renditions(fresh, ["figure", "card"]) == 0


def test_a_page_makes_only_what_any_browser_shows():
    image = make_wide()
    markup(image, "figure")
    assert {r.file.name.rpartition(".")[2] for r in image.renditions.all()} == {"jpg"}


@pytest.mark.parametrize(("chosen", "known"), [([], True), (["avif", "webp"], False)])
def test_formats_may_be_switched_off_or_lacking(settings, monkeypatch, chosen, known):
    settings.ARCHIVE_PICTURE_FORMATS = chosen
    monkeypatch.setattr(renditions, "_is_known", lambda name: known)
    assert small_formats() == []
    image = make_wide()
    make_renditions(image, ["figure"])
    assert not shown(image, "figure").select("picture")


def test_a_lost_file_makes_nothing():
    image = make_wide()
    image.file.storage.delete(image.file.name)
    assert make_renditions(image, ["figure"]) == 0
    assert markup(image, "figure") is None


def test_a_moving_picture_keeps_moving():
    image = make_image(files.gif(), "port.gif")
    make_renditions(image, ["figure"])
    assert image.renditions.count() == 1


@pytest.fixture
def webp_alone(settings: Any) -> None:
    """AVIF takes its time, and these tests are about which files, not about how."""
    settings.ARCHIVE_PICTURE_FORMATS = ["webp"]


def make_illustrated() -> tuple[Any, ArchiveImage, ArchiveImage]:
    first, second = (make_wide(name=name, **CREDIT) for name in ("one.jpg", "two.jpg"))
    items = [{"type": "item", "value": picture(second), "id": "g1"}]
    body = [
        block("image", picture(first)),
        block("gallery", {"title": "", "pictures": items}),
        block("image", picture(credit="AFP")),
    ]
    return make_article("Ships", body=body), first, second


@pytest.mark.usefixtures("webp_alone")
def test_each_picture_of_a_story_is_made_in_the_shapes_it_is_shown_in():
    article, first, second = make_illustrated()
    assert illustrate([article]) == first.renditions.count() + second.renditions.count()
    kinds = {r.filter_spec.partition("|")[0] for r in first.renditions.all()}
    assert kinds == {"width-480", "width-800", "fill-240x160", "fill-480x320"}
    assert {r.filter_spec.partition("|")[0] for r in second.renditions.all()} == {
        "width-360",
        "width-688",
    }


@pytest.mark.usefixtures("webp_alone")
def test_the_command_makes_what_published_stories_lack(capsys):
    _article, first, _second = make_illustrated()
    call_command("make_renditions")
    assert first.renditions.filter(filter_spec__endswith="webp").count() == 4
    call_command("make_renditions")
    assert capsys.readouterr().out.splitlines()[-1] == "0 files made."


@pytest.mark.usefixtures("webp_alone")
@pytest.mark.parametrize(
    ("backend", "jobs"), [("dummy.DummyBackend", 1), ("immediate.ImmediateBackend", 0)]
)
def test_publishing_leaves_the_files_to_a_worker_if_there_is_one(
    settings, django_capture_on_commit_callbacks, backend, jobs
):
    settings.TASKS = {"default": {"BACKEND": f"django_tasks.backends.{backend}"}}
    article, first, _second = make_illustrated()
    queue = illustrations.task_backends["default"]
    getattr(queue, "results", []).clear()
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision().publish()
    # What the worker does with its first task.
    catch_up()
    found = [r for r in getattr(queue, "results", []) if r.task.name == "make_renditions_task"]
    assert [job.args for job in found] == [[article.pk]] * jobs
    assert not first.renditions.filter(filter_spec__endswith="webp").exists()
    illustrations.make_renditions_task.call(article.pk)
    assert first.renditions.filter(filter_spec__endswith="webp").exists()


@pytest.mark.parametrize("wrong", ["avif", ["jxl"], None])
def test_a_format_that_no_credit_fits_into_is_refused(settings, wrong):
    settings.ARCHIVE_PICTURE_FORMATS = wrong
    assert [error.id for error in check_settings(None)] == ["archive.E003"]
