"""A small archive with every kind of page that readers can open, under addresses that stay."""

import io
from datetime import date
from typing import Any

from PIL import Image

from archive.contrib.reprints.models import StoryReuse
from archive.models import ArticlePage, Entity, Office
from archive.search.engines import SearchError
from archive.setup.actions import make_information
from archive.text.language import CHINESE, ENGLISH, LANGUAGES, column
from tests.factories import (
    block,
    make_article,
    make_dossier,
    make_entity,
    make_home,
    make_image,
    make_section,
    tag,
    translate,
)
from tests.ties.places import place, tie

WORDS = {
    "paragraph": (
        "<p>In the latter half of the nineteenth century a local resident led <b>thirty</b> "
        '<a href="/en/browse/">young students</a> to the United States.</p>',
        "<p>十九世纪下半叶，当地人带领三十名<a href='/zh-hans/browse/'>幼童</a>赴美留学。</p>",
    ),
    "subhead": ("Two harbours", "两座港口"),
    "pull_quote": ("We have always looked abroad.", "我们向来放眼海外。"),
    "list": ("<p>Grain from Portland</p>", "<p>波特兰的粮食</p>"),
    "fact_box": ("<p>The port opened in 1956.</p>", "<p>港口于一九五六年开港。</p>"),
    "correction": ("<p>The port opened in 1956, not 1957.</p>", "<p>开港时间应为一九五六年。</p>"),
}


def make_newspaper() -> None:
    """Two days of a paper; stories translated and not; names of each kind; two ties."""
    section = make_section()
    make_information(make_home())
    names = make_names()
    story = _full_story(section)
    for entity in names:
        tag(story, entity, "about" if entity.is_place else "mentions")
    english = make_article(
        "Only in English",
        section=section,
        print_page="B8",
        standfirst_en="Nobody in Zhanjiang translated it.",
    )
    chinese = make_article(
        "只有中文的报道",
        language=CHINESE,
        slug="only-in-chinese",
        day=date(2015, 9, 23),
        print_page="2",
        body=[block("paragraph", "<p>这篇报道尚未译成英文。</p>")],
    )
    StoryReuse.objects.create(
        earlier=story,
        later=english,
        kind="shortened",
        share=0.5,
        later_share=0.9,
        state="confirmed",
    )
    for article in (english, chinese):
        tag(article, names[0])
    kept = tie(article=story, since="2005-10", status="in_force", confidence="high")
    make_dossier(items=[("story", story.pk), ("name", names[0].pk), ("tie", kept.pk)])
    tie(two="long-beach", kind="visit", since="2015-10", status="planned")


def make_names() -> list[Entity]:
    """A city first, then one name of each other kind."""
    city, partner = place("zhanjiang"), place("atlantic-city")
    names = [
        city,
        partner,
        make_entity("liu-xiaohua", "Liu Xiaohua", "刘小华", kind="person"),
        make_entity("zhanjiang-port", "Zhanjiang Port", "湛江港", kind="organisation"),
        make_entity("harbour-day", "Harbour Day", "港口日", kind="event"),
        make_entity("shipping", "Shipping", "航运", kind="topic"),
        # Known by a Chinese name alone.
        make_entity("old-quay", "", "老码头", kind="topic", aliases={"旧码头": CHINESE}),
    ]
    title = {column("title", ENGLISH): "Party chief", column("title", CHINESE): "市委书记"}
    Office.objects.create(person=names[2], place=city, as_of="2015-09-22", **title)
    return names


def _full_story(section: Any) -> ArticlePage:
    picture = _photograph()
    blocks = {
        "paragraph": WORDS["paragraph"][0],
        "subhead": WORDS["subhead"][0],
        "image": _picture(picture),
        "pull_quote": {"quote": WORDS["pull_quote"][0], "attribution": "A dock worker"},
        "list": {
            "ordered": True,
            "items": [{"type": "item", "value": WORDS["list"][0], "id": "i1"}],
        },
        "gallery": {
            "title": "The port",
            "pictures": [
                {"type": "item", "value": _picture(picture), "id": "g1"},
                {"type": "item", "value": _picture(None, "The old quay"), "id": "g2"},
            ],
        },
        "table": {
            "data": [["Port", "Ships"], ["Zhanjiang", "120"]],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "table_caption": "Ships in 2014",
        },
        "fact_box": {"title": "In short", "text": WORDS["fact_box"][0]},
        "correction": {"date": "2015-09-24", "text": WORDS["correction"][0]},
    }
    body = [block(kind, value, f"block-{kind}") for kind, value in blocks.items()]
    story = make_article(
        "City builds on long history with US",
        body=body,
        section=section,
        print_page="17",
        standfirst_en="Zhanjiang shows its past and changes its course.",
        dateline_en="ZHANJIANG",
        rights="© 2015 China Daily",
        source_url="https://example.org/story",
    )
    chinese = {f"block-{kind}": WORDS[kind][1] for kind in ("paragraph", "subhead")}
    for key in ("block-image", "block-gallery/pictures/g1", "block-gallery/pictures/g2"):
        chinese[f"{key}/credit"] = "李明／《中国日报》"
    translate(story, headline="湛江续写百年对美交往新篇", **chinese)
    return ArticlePage.objects.get(pk=story.pk)


def _picture(image: Any, caption: str = "Cranes at work in the port") -> dict[str, Any]:
    return {
        "image": image.pk if image else None,
        "caption": caption,
        "alt_text": "Cranes over ships" if image else "",
        "credit": "Li Ming / China Daily",
    }


def _photograph() -> Any:
    buffer = io.BytesIO()
    Image.new("RGB", (900, 600), "navy").save(buffer, "JPEG")
    words = {ENGLISH: "Cranes over ships", CHINESE: "船只上方的起重机"}
    return make_image(
        buffer.getvalue(),
        credit="Li Ming",
        rights="© China Daily",
        **{column("alt_text", code): words[code] for code in LANGUAGES},
    )


def absent_engine(**options: Any) -> Any:
    """Stands for a search engine that doesn't answer."""
    raise SearchError
