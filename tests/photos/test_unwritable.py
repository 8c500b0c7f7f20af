"""Where nothing can be written, readers get the page, with the picture files that are there."""

from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client

from archive.models import ArchiveRendition, ArticlePage
from archive.text.language import ENGLISH
from tests.factories import block, make_article, make_image
from tests.site.reading import address, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(monkeypatch: pytest.MonkeyPatch) -> ArticlePage:
    """With a picture of which nobody has made files yet; the disk is read-only from now on."""
    image = make_image(credit="Li Na", rights="©", alt_text_en="Ships")
    made = make_article(body=[block("image", picture(image)), block("paragraph", "<p>Text.</p>")])
    ArchiveRendition.objects.all().delete()

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(FileSystemStorage, "_save", refuse)
    return made


def test_a_page_is_read_without_the_picture(
    story: ArticlePage, caplog: pytest.LogCaptureFixture
) -> None:
    response = Client().get(address(story, ENGLISH))
    assert response.status_code == 200
    assert "Text." in response.content.decode()
    assert "No files can be made of picture" in caplog.text
    assert Client().get("/en/").status_code == 200
