"""Where a site has a certificate, the files that readers are given are signed last."""

from pathlib import Path
from typing import Any

import pytest

from archive.contrib.content_credentials.checks import check_credentials
from archive.contrib.content_credentials.verification import Credentials, read_credentials
from archive.photos.embedded import read_metadata
from tests.contrib.content_credentials.signers import make_signer, sign
from tests.factories import make_image
from tests.photos import files

pytestmark = pytest.mark.django_db
SPECS = ["width-30", "width-30|format-png", "width-30|format-webp", "width-30|format-avif"]


def bytes_of(image: Any, spec: str = "width-30") -> tuple[bytes, str]:
    rendition = image.get_rendition(spec)
    with rendition.file.open("rb") as file:
        return file.read(), Path(rendition.file.name).suffix[1:]


def found_in(data: bytes, suffix: str) -> Credentials | None:
    authority = make_signer("Newsroom Archive", "Newsroom").authority
    return read_credentials(data, suffix, authority)


@pytest.mark.usefixtures("certified")
@pytest.mark.parametrize("spec", SPECS)
def test_every_format_is_signed_by_the_archive_after_its_metadata(spec: str) -> None:
    data, suffix = bytes_of(make_image(credit="李明", ai_system="通义万相"), spec)
    found = found_in(data, suffix)
    assert found is not None
    assert (found.state, found.signer) == ("trusted", "Newsroom Archive")
    assert found.generator.startswith("wagtail-bilingual-archive ")
    assert (read_metadata(data).credit, read_metadata(data).ai_system) == ("李明", "通义万相")


def test_without_a_certificate_nothing_is_signed() -> None:
    assert found_in(*bytes_of(make_image(sign(files.jpeg())))) is None


@pytest.mark.usefixtures("certified")
@pytest.mark.parametrize("is_told", [False, True])
def test_what_the_original_says_goes_on_where_camera_data_do(is_told: bool, settings: Any) -> None:
    settings.ARCHIVE_PICTURE_CAMERA_DATA = is_told
    data, suffix = bytes_of(make_image(sign(files.jpeg())))
    found = found_in(data, suffix)
    assert found is not None
    assert found.state == "trusted"
    assert (b"SECRET PLACE" in data) is is_told


@pytest.mark.usefixtures("certified")
def test_readers_get_the_picture_where_it_cannot_be_signed(settings: Any, caplog: Any) -> None:
    Path(settings.ARCHIVE_C2PA_KEY).write_text("no key")
    data, suffix = bytes_of(make_image())
    assert found_in(data, suffix) is None
    assert "can't be signed" in caplog.text


@pytest.mark.usefixtures("certified", "trusted")
def test_settings_that_lead_nowhere_are_told_of(settings: Any) -> None:
    assert check_credentials(None) == []
    other = make_signer("Somebody", "Else")
    Path(settings.ARCHIVE_C2PA_KEY).write_bytes(other.key)
    assert [one.id for one in check_credentials(None)] == ["archive.E078"]
    settings.ARCHIVE_C2PA_TRUST_ANCHORS = "/nowhere.pem"
    settings.ARCHIVE_C2PA_KEY = ""
    assert [one.id for one in check_credentials(None)] == ["archive.E078", "archive.E078"]
