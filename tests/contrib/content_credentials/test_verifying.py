"""Originals that are signed are kept as they are, and verified; editors and readers are told."""

from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from archive.contrib.content_credentials.actions import verify_picture
from archive.contrib.content_credentials.models import PictureCredentials
from archive.models import ArchiveImage
from archive.photos.notes import notes_on
from tests.contrib.content_credentials.signers import sign
from tests.factories import block, make_article, make_image, translate
from tests.photos import files
from tests.site.reading import opened, picture

pytestmark = pytest.mark.django_db
RIGHTS = {
    "credit": "Li Ming",
    "rights": "© China Daily",
    "alt_text_en": "Cranes",
    "alt_text_zh_hans": "起重机",
}


def found_in(image: ArchiveImage) -> PictureCredentials:
    return PictureCredentials.objects.get(image=image)


def damaged(data: bytes) -> bytes:
    """A pixel or two of the picture differ; the manifest is whole."""
    return data[:-30] + bytes([data[-30] ^ 1]) + data[-29:]


def test_the_original_stays_byte_for_byte() -> None:
    data = sign(files.jpeg())
    image = make_image(data)
    image.get_rendition("width-30")
    with image.open_file() as file:
        assert file.read() == data


@pytest.mark.usefixtures("trusted")
def test_a_signature_of_somebody_trusted() -> None:
    found = found_in(make_image(sign(files.jpeg())))
    assert (found.state, found.signed_by) == ("trusted", "Li Ming, China Daily")
    assert (found.generator, found.problems) == ("Camera 1", [])


def test_a_signature_of_a_stranger_is_valid_at_best() -> None:
    found = found_in(make_image(sign(files.jpeg())))
    assert (found.state, found.problems) == ("valid", ["signingCredential.untrusted"])


@pytest.mark.usefixtures("trusted")
def test_a_picture_that_was_changed_since() -> None:
    found = found_in(make_image(damaged(sign(files.jpeg()))))
    assert (found.state, found.signer) == ("invalid", "Li Ming")
    assert found.problems == ["assertion.dataHash.mismatch"]


@pytest.mark.parametrize("suffix", ["png", "webp", "avif"])
def test_other_formats_are_verified_too(suffix: str) -> None:
    image = make_image(sign(getattr(files, suffix)(), suffix), f"port.{suffix}")
    assert found_in(image).state == "valid"


@pytest.mark.parametrize("data", [files.jpeg(), files.jpeg() + b"c2pa"])
def test_a_picture_that_nobody_signed(data: bytes) -> None:
    image = make_image(data)
    assert (found_in(image).state, found_in(image).words()) == ("unsigned", "")
    assert notes_on([image]) == {}


def test_a_damaged_manifest_is_invalid() -> None:
    data = bytearray(sign(files.jpeg()))
    at = data.index(b"c2pa.claim")
    data[at : at + 40] = b"\xff" * 40
    assert found_in(make_image(bytes(data))).state == "invalid"


def test_a_new_file_is_looked_at_and_the_same_one_is_not(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    image = make_image(sign(files.jpeg()))
    with django_assert_num_queries(1):
        verify_picture(image)
    image.file = make_image(files.jpeg()).file
    image.save()
    assert found_in(image).state == "unsigned"


@pytest.mark.usefixtures("trusted")
def test_pictures_from_before_are_verified_by_the_command(capsys: Any) -> None:
    image = make_image(sign(files.jpeg()))
    PictureCredentials.objects.all().delete()
    call_command("verify_pictures")
    assert found_in(image).state == "trusted"
    assert "signed by Li Ming, China Daily; valid" in capsys.readouterr().out
    PictureCredentials.objects.update(state="invalid")
    call_command("verify_pictures", verbosity=0)
    assert found_in(image).state == "invalid"
    call_command("verify_pictures", "--again", verbosity=0)
    assert found_in(image).state == "trusted"


def told(image: ArchiveImage, language: str) -> list[str]:
    story = make_article(body=[block("image", picture(image, caption="The port"))])
    translate(story, headline="港口")
    found = opened(story, language).select("figcaption .origin")
    return [" ".join(one.get_text().split()) for one in found]


@pytest.mark.usefixtures("trusted")
def test_readers_are_told_below_the_picture() -> None:
    image = make_image(sign(files.jpeg()), **RIGHTS)
    assert told(image, "en") == [
        "Content Credentials: signed by Li Ming, China Daily; valid, and the signer is trusted"
    ]


def test_readers_are_told_in_chinese() -> None:
    image = make_image(damaged(sign(files.jpeg())), **RIGHTS)
    assert told(image, "zh-hans") == ["内容凭据：由Li Ming, China Daily签名；无效"]


def test_editors_are_told_in_the_form(admin_client: Any) -> None:
    image = make_image(sign(files.jpeg()))
    page = admin_client.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
    assert "signed by Li Ming, China Daily; valid, but the signer isn&#x27;t trusted" in page


def test_notes_on_many_pictures_take_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    images = [make_image(sign(files.jpeg())) for _ in range(3)]
    with django_assert_num_queries(1):
        assert len(notes_on(images)) == 3
