"""What the story that everything is measured by weighs without its pictures, sent as in production.

There whitenoise serves style sheets and scripts compressed; the page itself is counted as it is,
since whether it is compressed is the web server's affair.
"""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.test import Client

from archive.site.illustrations import illustrate
from archive.text.language import CHINESE, ENGLISH
from tests.seed_story import make_seed_story
from tests.site.reading import address

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

MOST = 60_000


def files_of(html: str) -> list[Path]:
    page = BeautifulSoup(html, "html.parser")
    urls = [link["href"] for link in page.select("link[rel=stylesheet]")]
    urls += [script["src"] for script in page.select("script[src]")]
    return [Path(str(finders.find(url.removeprefix(django_settings.STATIC_URL)))) for url in urls]


def test_the_seed_story_is_light(settings: Any) -> None:
    settings.ARCHIVE_PICTURE_FORMATS = ["webp"]
    story = make_seed_story()
    illustrate([story])
    for language in (ENGLISH, CHINESE):
        html = Client().get(address(story, language)).content
        files = files_of(html.decode())
        assert {"archive.css", "story.css", "reader.js"} <= {file.name for file in files}
        sent = len(html) + sum(len(gzip.compress(file.read_bytes())) for file in files)
        assert sent < MOST, [(file.name, file.stat().st_size) for file in files]


def test_no_page_asks_for_a_font() -> None:
    sheets = Path(str(finders.find("archive/css/archive.css"))).parent.glob("*.css")
    faces = [
        face for sheet in sheets for face in re.findall(r"@font-face\s*{[^}]*}", sheet.read_text())
    ]
    assert all("local(" in face for face in faces)
    assert not [face for face in faces if "url(" in face]
