"""What the demo adds to the imported story: linked names, dated offices, evidence of ties."""

import re
from collections.abc import Mapping
from typing import Any

from archive.models import ArticlePage, Entity, Office, TieEvidence
from archive.stories.body import raw
from archive.text.language import CHINESE, ENGLISH, column
from archive.text.richtext import plain_text

# The story's own address in the data; its ties rest on it.
STORY_URL = "http://www.chinadaily.com.cn/cndy/2015-09/22/content_21943296.htm"
OFFICES = (
    ("liu-xiaohua", "Party chief", "市委书记"),
    ("wang-zhongbing", "Mayor", "市长"),
)

Raw = dict[str, Any]

_TAGGED = re.compile(r"<a\b.*?</a>|<[^>]+>", re.S)


def link_mentions(
    body: list[Raw], mentions: Mapping[str, str], ids: Mapping[str, int]
) -> list[Raw]:
    """The body with each name linked once; longer names first, never inside another link."""
    linked = [dict(block) for block in body]
    for name in sorted(mentions, key=len, reverse=True):
        for block in linked:
            if block["type"] != "paragraph":
                continue
            text = _link_once(block["value"], name, ids[mentions[name]])
            if text != block["value"]:
                block["value"] = text
                break
    return linked


def _link_once(markup: str, name: str, entity_id: int) -> str:
    """The first occurrence outside tags and links, on word borders."""
    pattern = re.compile(rf"\b{re.escape(name)}\b")
    position = 0
    for piece in [*_TAGGED.finditer(markup), None]:
        end = piece.start() if piece else len(markup)
        match = pattern.search(markup, position, end)
        if match:
            link = f'<a linktype="entity" id="{entity_id}">{name}</a>'
            return markup[: match.start()] + link + markup[match.end() :]
        position = piece.end() if piece else end
    return markup


def make_offices() -> None:
    """Who was what when the story was printed; an office that is there already stays."""
    zhanjiang = Entity.objects.get(key="zhanjiang")
    for key, english, chinese in OFFICES:
        person = Entity.objects.get(key=key)
        if not Office.objects.filter(person=person, place=zhanjiang).exists():
            Office.objects.create(
                person=person,
                place=zhanjiang,
                as_of="2015-09-22",
                **{column("title", ENGLISH): english, column("title", CHINESE): chinese},
            )


def link_evidence(article: ArticlePage) -> None:
    """Point the ties that rest on the story at its paragraphs."""
    paragraphs = {
        block["id"]: plain_text(block["value"])
        for block in raw(article.source("body"))
        if block["type"] == "paragraph"
    }
    for evidence in TieEvidence.objects.filter(source_url=STORY_URL).select_related(
        "tie__place_a", "tie__place_b"
    ):
        tie = evidence.tie
        places = {getattr(place, column("name", ENGLISH)) for place in (tie.place_a, tie.place_b)}
        for block_id, text in paragraphs.items():
            if any(name in text for name in places - {"Zhanjiang"}):
                evidence.article, evidence.block_id = article, block_id
                evidence.save(update_fields=["article", "block_id"])
                break
