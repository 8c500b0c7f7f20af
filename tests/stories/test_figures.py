"""Pictures as HTML: what stands in their attributes and captions, and in which language."""

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Collection, GroupCollectionPermission

from archive.photos.renditions import Markup, Source
from archive.stories import figures
from archive.stories.figures import figure_of
from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_image, make_user
from tests.site.reading import language_of, one, words

HOSTILE = "\"><script>alert(1)</script>'&"
SMALL = Markup("/media/a-480.jpg", "", "", 480, 320)
LARGE = Markup(
    "/media/a-800.jpg?a=1&b=2",
    "/media/a-480.jpg 480w, /media/a-800.jpg 800w",
    "94vw",
    800,
    533,
    (
        Source("image/avif", "/media/a-480.avif 480w"),
        Source("image/webp", "/media/a-480.webp 480w"),
    ),
)


def seen(html: str, language: str = "en") -> BeautifulSoup:
    return BeautifulSoup(f'<div lang="{language}">{html}</div>', "html.parser")


def make_picture(**fields: str) -> Any:
    """As a story's page has loaded it."""
    names = ["caption_en", "caption_zh_hans", "alt_text_en", "alt_text_zh_hans", "credit"]
    values = {**dict.fromkeys(names, ""), **fields}
    return SimpleNamespace(origin_note="", **values)


@pytest.fixture(autouse=True)
def every_picture_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "markup", lambda image, shape: SMALL)


def img_html(img: Markup, alt: str = "", *, eager: bool = False) -> str:
    values = {"img": img, "alt": alt, "eager": eager}
    return render_to_string("archive/pictures/img.html", values)


def figure_html(struct: Any, language: str, **options: Any) -> str:
    figure = figure_of(struct, language, **options)
    return render_to_string("archive/blocks/picture.html", {"figure": figure})


def value(image: Any = None, **own: str) -> dict[str, Any]:
    return {"image": image, "caption": "", "alt_text": "", "credit": "", **own}


def test_browsers_choose_among_formats_and_sizes() -> None:
    soup = seen(img_html(LARGE, "The port"))
    assert [one["type"] for one in soup.select("source")] == ["image/avif", "image/webp"]
    img = one(soup, "picture > img")
    assert img["src"] == "/media/a-800.jpg?a=1&b=2"
    assert (img["srcset"], img["sizes"]) == (LARGE.srcset, LARGE.sizes)
    assert (img["width"], img["height"], img["alt"]) == ("800", "533", "The port")


def test_a_picture_of_one_size_is_a_bare_img() -> None:
    soup = seen(img_html(SMALL))
    assert not soup.select("picture, source, [srcset], [sizes]")
    assert one(soup, "img")["alt"] == ""


@pytest.mark.parametrize("is_first", [True, False])
def test_only_what_is_on_the_first_screen_is_fetched_at_once(is_first: bool) -> None:
    img = one(seen(img_html(SMALL, eager=is_first)), "img")
    assert (img.get("fetchpriority"), img.get("loading")) == (
        ("high", None) if is_first else (None, "lazy")
    )


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_hostile_words_stay_words(language: str) -> None:
    struct = value(make_picture(), caption=HOSTILE, alt_text=HOSTILE, credit=HOSTILE)
    soup = seen(figure_html(struct, language, twin=value(caption=HOSTILE), twin_language=language))
    assert not soup.select("script")
    assert one(soup, "img")["alt"] == HOSTILE
    assert [span.get_text() for span in soup.select(".own > span, cite")] == [HOSTILE, HOSTILE]


@pytest.mark.parametrize(
    ("language", "caption", "lang"),
    [(ENGLISH, "The port", "en"), (CHINESE, "湛江港", "zh-Hans")],
)
def test_the_pictures_own_words_serve_where_the_story_has_none(
    language: str, caption: str, lang: str
) -> None:
    image = make_picture(caption_en="The port", caption_zh_hans="湛江港", credit="新华社")
    soup = seen(figure_html(value(image), language), lang)
    assert words(soup, "figcaption > span") == caption
    assert language_of(one(soup, "figcaption > span")) == lang
    assert language_of(one(soup, "cite")) == "zh-Hans"


def test_words_of_the_other_language_say_so() -> None:
    image = make_picture(caption_zh_hans="湛江港", alt_text_zh_hans="港口")
    soup = seen(figure_html(value(image), ENGLISH))
    assert one(soup, "figcaption > span")["lang"] == one(soup, "img")["lang"] == "zh-Hans"


def test_both_texts_captions_stand_below_one_picture() -> None:
    mine, theirs = value(make_picture(), caption="The port"), value(caption="湛江港")
    soup = seen(figure_html(mine, ENGLISH, twin=theirs, twin_language=CHINESE))
    assert words(soup, ".own") == "The port"
    assert words(soup, ".twin") == "湛江港"
    assert language_of(one(soup, ".twin")) == "zh-Hans"


@pytest.mark.parametrize(("reader", "code"), [(ENGLISH, "en"), (CHINESE, "zh-Hans")])
def test_a_lost_picture_is_owned_up_to_in_the_readers_language(reader: str, code: str) -> None:
    with translation.override(reader):
        soup = seen(figure_html(value(caption="The port"), ENGLISH))
    assert one(soup, "figure.lost .lost-note")["lang"] == code
    assert not soup.select("img")


def test_neither_picture_nor_words_are_no_figure() -> None:
    assert figure_of(value(), ENGLISH) is None
    assert not figure_html(value(), ENGLISH).strip()


pytestmark = pytest.mark.django_db
URL = "archive_stories:picture_texts"


def test_the_form_gets_a_pictures_texts_in_both_languages(client: Client) -> None:
    texts = {"caption_en": "Cranes", "caption_zh_hans": "起重机", "credit": "Li Ming"}
    blank = {"alt_text_en": "", "alt_text_zh_hans": ""}
    picture = make_image(**texts, **blank, rights="© China Daily")
    client.force_login(make_user("boss", is_superuser=True))
    assert client.get(reverse(URL), {"id": picture.pk}).json() == {
        "caption_en": "Cranes",
        "caption_zh_hans": "起重机",
        "alt_text_en": "",
        "alt_text_zh_hans": "",
        "credit": "Li Ming",
        "lacks": "",
        "edit_url": "",
    }


@pytest.mark.parametrize("may_change", [True, False])
def test_a_picture_without_a_copyright_notice_leads_to_that_field(
    client: Client, may_change: bool
) -> None:
    picture = make_image(rights="", credit="", alt_text_en="")
    group = Group.objects.create(name="Writers")
    for right in ("choose_image", "change_image")[: 1 + may_change]:
        GroupCollectionPermission.objects.create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(codename=right),
        )
    writer = make_user("writer", group)
    writer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(writer)
    said = client.get(reverse(URL), {"id": picture.pk}).json()
    form = reverse("wagtailimages:edit", args=[picture.pk])
    assert said["lacks"] == "copyright notice"
    assert said["edit_url"] == (f"{form}#id_rights" if may_change else "")


@pytest.mark.parametrize("number", ["", "999", "x", "9" * 30])
def test_a_picture_that_is_not_there_has_none(client: Client, number: str) -> None:
    client.force_login(make_user("boss", is_superuser=True))
    assert client.get(reverse(URL), {"id": number}).json() == {}


def test_who_may_choose_no_picture_gets_none(client: Client) -> None:
    client.force_login(make_user("reader"))
    assert client.get(reverse(URL), {"id": make_image().pk}).status_code != 200
