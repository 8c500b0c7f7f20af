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
from fontTools.ttLib import TTFont

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


@pytest.mark.exhaustive
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


def test_the_text_face_is_small_complete_and_our_own() -> None:
    sheet = Path(str(finders.find("archive/css/archive.css")))
    sources = re.findall(r"url\(\"(.+?)\"\)", sheet.read_text())
    assert len(sources) == 3
    for source in sources:
        file = (sheet.parent / source).resolve()
        assert file.stat().st_size < 60_000
        face = TTFont(file)
        # The tones of pinyin as marks of their own, quotation marks, dashes and the euro.
        letters = "aeiouü\u0300\u0301\u0304\u030céśğ“”‘’–—…€"
        assert {ord(letter) for letter in letters} <= set(face.getBestCmap())
        assert "onum" in {one.FeatureTag for one in face["GSUB"].table.FeatureList.FeatureRecord}
        # Whoever changes the face may not keep its name.
        assert "Source" not in str(face["name"].getBestFamilyName())


def test_nothing_moves_when_a_face_comes_late() -> None:
    sheet = Path(str(finders.find("archive/css/archive.css"))).read_text()
    loaded = [face for face in re.findall(r"@font-face\s*{[^}]*}", sheet) if "url(" in face]
    assert loaded
    assert all("font-display: optional" in face for face in loaded)
