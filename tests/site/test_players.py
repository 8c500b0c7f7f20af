"""An embed is a link; the player of another site comes when the reader asks for it."""

from typing import Any

import pytest
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed

from archive.site.players import Player
from archive.text.language import CHINESE, ENGLISH
from tests.factories import block
from tests.site.reading import make_translated, one, opened, words

WATCH = "https://www.youtube.com/watch?v=abc"
SRC = "https://www.youtube.com/embed/abc?feature=oembed"
FRAME = f'<iframe width="200" src="{SRC}" allowfullscreen></iframe>'


@pytest.mark.parametrize(
    ("html", "src"),
    [
        (FRAME, SRC),
        (FRAME.replace("https:", ""), SRC),
        (FRAME.replace("https:", "http:"), ""),
        (FRAME.replace("www.youtube.com", "www.youtube.com:666"), ""),
        (FRAME.replace("www.youtube.com", "www.youtube.com@evil.example"), ""),
        (FRAME.replace("www.youtube.com", "evil.example"), ""),
        ('<iframe src="javascript:alert(1)"></iframe>', ""),
        ("<iframe></iframe>", ""),
        ('<blockquote>A post</blockquote><script src="https://www.youtube.com/x.js"></script>', ""),
        ("", ""),
    ],
)
def test_only_the_frame_of_a_host_on_the_list_is_taken(html: str, src: str) -> None:
    assert Player.of(Embed(html=html)).src == src


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "button", "warning"),
    [
        (ENGLISH, "Load the video from youtube.com", "youtube.com will see your address"),
        (CHINESE, "从youtube.com加载视频", "youtube.com会获知您的IP地址"),
    ],
)
def test_a_page_names_the_site_and_loads_nothing_from_it(
    language: str, button: str, warning: str
) -> None:
    Embed.objects.create(
        url=WATCH, hash=get_embed_hash(WATCH), type="video", title="Ships", html=FRAME
    )
    page = opened(make_translated(body=[block("embed", {"url": WATCH, "caption": ""})]), language)
    place: Any = one(page, ".embed-frame")
    assert (place["data-player"], place.has_attr("hidden")) == (SRC, True)
    assert words(place, "button") == button
    assert warning in words(place, "small")
    assert one(page, f'.embed > p > a[href="{WATCH}"]').text == "Ships"
    assert page.select("iframe") == []
