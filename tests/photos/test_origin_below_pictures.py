"""Readers are told below a picture that generative AI has made or edited it."""

import pytest

from archive.models import ArchiveImage
from tests.factories import block, make_article, make_image, translate
from tests.site.reading import opened, picture

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def make_generated(source: str = "trainedAlgorithmicMedia", **fields: str) -> ArchiveImage:
    rights = {"credit": "China Daily", "rights": "© China Daily"}
    words = {"alt_text_en": "Cranes", "alt_text_zh_hans": "起重机"}
    return make_image(**rights, **words, **fields, digital_source_type=source)


def told(image: ArchiveImage, language: str) -> list[str]:
    story = make_article(body=[block("image", picture(image, caption="The port"))])
    translate(story, headline="港口")
    found = opened(story, language).select("figcaption .origin")
    return [" ".join(one.get_text().split()) for one in found]


def test_with_the_system_that_made_it():
    image = make_generated(ai_system="Firefly", ai_system_version="3")
    assert told(image, "en") == ["Created using generative AI (Firefly 3)"]


def test_in_chinese():
    assert told(make_generated(ai_system="通义万相"), "zh-hans") == [
        "由生成式人工智能创建（通义万相）"
    ]


@pytest.mark.parametrize("source", ["digitalCapture", "algorithmicallyEnhanced", ""])
def test_nothing_is_said_of_what_people_made(source):
    assert told(make_generated(source, ai_system="Denoise"), "en") == []
