"""A photograph's own facts: what it lacks, how it is described, what its file fills in."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from archive.checks import check_image_form, check_image_model
from archive.photos.actions import fill_from_metadata
from archive.photos.models import ArchiveImage
from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_image
from tests.photos import files

pytestmark = pytest.mark.django_db

BOTH = files.alternatives("dc:description", {"en": "The port", "zh-CN": "湛江港"})
CAPTIONED = files.jpeg(
    xmp=files.xmp(BOTH, 'photoshop:Credit="李明 摄" photoshop:Headline="Port at dawn"')
)


@pytest.mark.parametrize(
    ("fields", "english", "chinese"),
    [
        ({"alt_text_en": "Ships"}, ["credit", "copyright notice"], ["署名", "版权声明"]),
        ({"alt_text_en": "Ships", "credit": "Li Ming"}, ["copyright notice"], ["版权声明"]),
        ({"rights": "© China Daily", "credit": "  "}, ["credit"], ["署名"]),
        ({"rights": "© China Daily", "credit": "Li Ming"}, [], []),
        (
            {"rights": "© China Daily", "credit": "Li Ming", "alt_text_en": " "},
            ["alternative text (English)"],
            ["替代文字（English）"],
        ),
    ],
)
def test_names_what_keeps_it_from_being_published(fields, english, chinese):
    image = make_image(**fields)
    with translation.override("en"):
        assert [*image.missing_for_publication(ENGLISH).values()] == english
    with translation.override("zh-hans"):
        assert [*image.missing_for_publication(ENGLISH).values()] == chinese


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_the_story_gives_serves_as_well(language):
    image = make_image(rights="© China Daily", alt_text_zh_hans="", alt_text_en="")
    with translation.override(language):
        given = {"credited_as": "Li Ming", "described_as": "Ships"}
        assert image.missing_for_publication(CHINESE, **given) == {}
        assert len(image.missing_for_publication(CHINESE, credited_as=" ")) == 2


def test_a_story_in_chinese_needs_a_chinese_description():
    image = make_image(rights="© China Daily", credit="Li Ming", alt_text_zh_hans="")
    assert image.missing_for_publication(ENGLISH) == {}
    assert image.missing_for_publication(CHINESE) == {"alt_text_zh_hans": "alternative text (中文)"}


@pytest.mark.parametrize(
    ("fields", "english", "chinese"),
    [
        ({}, "", ""),
        ({"alt_text_en": "Cranes", "alt_text_zh_hans": "起重机"}, "Cranes", "起重机"),
        ({"alt_text_en": "Cranes", "caption_zh_hans": "湛江港"}, "Cranes", "湛江港"),
        ({"caption_en": "The port"}, "The port", "The port"),
        ({"alt_text_zh_hans": "起重机"}, "起重机", "起重机"),
    ],
)
def test_is_described_in_the_readers_language_or_else_the_other(fields, english, chinese):
    image = make_image(**fields)
    with translation.override("en"):
        assert image.default_alt_text == english
    with translation.override("zh-hans"):
        assert image.default_alt_text == chinese


def test_its_renditions_carry_the_alternative_text():
    image = make_image(alt_text_en="Cranes & ships", alt_text_zh_hans="起重机")
    with translation.override("zh-hans"):
        assert 'alt="起重机"' in image.get_rendition("width-30").img_tag()


@pytest.mark.parametrize("date", ["2015", "2015-09", "2015-09-22"])
def test_takes_a_date_as_far_as_it_is_known(date):
    make_image(date_taken=date).full_clean(exclude=["collection"])


@pytest.mark.parametrize("date", ["2015-13", "22 September"])
def test_rejects_what_is_no_date(date):
    image = make_image()
    image.date_taken = date
    with pytest.raises(ValidationError, match="is not a date"):
        image.clean_fields()


def test_fills_its_empty_fields_from_the_file():
    image = make_image(CAPTIONED, title="")
    filled = fill_from_metadata(image)
    image.save()
    image = ArchiveImage.objects.get()
    assert (image.caption_en, image.caption_zh_hans) == ("The port", "湛江港")
    assert (image.title, image.credit) == ("Port at dawn", "李明 摄")
    assert sorted(filled) == ["caption_en", "caption_zh_hans", "credit", "title"]


def test_never_writes_over_what_was_typed():
    image = make_image(CAPTIONED, title="My title", caption_en="My caption", credit="Mine")
    assert fill_from_metadata(image) == ["caption_zh_hans"]
    assert (image.title, image.caption_en, image.credit) == ("My title", "My caption", "Mine")


@pytest.mark.parametrize(
    ("title", "after"),
    [
        ("IMG 2015 port", "Port at dawn"),
        ("img_2015-port.JPG", "Port at dawn"),
        ("", "Port at dawn"),
        ("The port", "The port"),
    ],
)
def test_gives_up_a_title_that_is_only_the_files_name(title, after):
    image = ArchiveImage(title=title)
    image.file.save("img_2015-port.jpg", make_image(CAPTIONED).file, save=False)
    fill_from_metadata(image)
    assert image.title == after


@pytest.mark.parametrize(("language", "title"), [("en", "The port"), ("zh-hans", "湛江港")])
def test_takes_its_title_from_the_caption_in_the_editors_language(language, title):
    image = make_image(files.png(xmp=files.xmp(BOTH)), "a.png", title="a")
    with translation.override(language):
        fill_from_metadata(image)
    assert image.title == title


def test_cuts_what_is_too_long_for_its_column_visibly():
    data = files.jpeg(iim=files.iim({110: "credit " * 60}, "ascii"))
    image = make_image(data)
    fill_from_metadata(image)
    image.clean_fields(exclude=["collection"])
    assert len(image.credit) == 255
    assert image.credit.endswith("…")


def test_fills_nothing_from_a_file_without_metadata():
    image = make_image(title="")
    assert fill_from_metadata(image) == []
    assert fill_from_metadata(ArchiveImage()) == []


def test_the_site_uses_the_archives_upload_form():
    assert check_image_form(None) == []


@pytest.mark.parametrize("path", [None, "wagtail.images.forms.BaseImageForm", "nowhere.Form"])
def test_a_site_without_the_archives_upload_form_is_told(settings, path):
    settings.WAGTAILIMAGES_IMAGE_FORM_BASE = path
    assert [error.id for error in check_image_form(None)] == ["archive.E004"]


@pytest.mark.parametrize("name", ["wagtailimages.Image", "archive.NoSuchImage", ""])
def test_an_image_model_without_the_mixin_fails_the_system_check(monkeypatch, name):
    # Without Django's signal, at which Wagtail's older releases look for the model themselves.
    monkeypatch.setattr(settings, "WAGTAILIMAGES_IMAGE_MODEL", name)
    (error,) = check_image_model(None)
    assert error.id == "archive.E002"
    assert "ArchiveImageMixin" in error.hint
