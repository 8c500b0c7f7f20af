"""Pictures taken over are files of allowed formats, named for what they are."""

import io

import pytest
from PIL import Image

from archive.contrib.intake.pictures import stored_picture
from archive.contrib.intake.records import IntakeError
from archive.models import ArchiveImage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>x</script></svg>'


def stored(name: str, data: bytes) -> ArchiveImage:
    image: ArchiveImage = stored_picture(name, data, {})
    return image


def gif() -> bytes:
    data = io.BytesIO()
    Image.new("P", (4, 3)).save(data, "GIF")
    return data.getvalue()


@pytest.mark.parametrize("name", ["evil.html", "evil", "evil.PNG", "evil.svg"])
def test_a_file_ends_in_what_it_is(name: str) -> None:
    image = stored(name, gif() + b"<script>alert(1)</script>")
    assert image.file.name.endswith(".gif")
    assert "evil" in image.file.name


@pytest.mark.parametrize(
    "data", [b"<html><p>Not found", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', b""]
)
def test_what_is_no_picture_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(IntakeError, match=r"^quay\.png is no picture"):
        stored("quay.png", data)


def test_formats_that_editors_may_not_upload_are_refused(settings) -> None:
    with pytest.raises(IntakeError, match=r"plan\.png is a picture of the format svg; allowed are"):
        stored("plan.png", SVG)
    settings.WAGTAILIMAGES_EXTENSIONS = ["png"]
    with pytest.raises(IntakeError, match=r"a\.gif is a picture .* allowed are png"):
        stored("a.gif", gif())
    assert not ArchiveImage.objects.exists()
