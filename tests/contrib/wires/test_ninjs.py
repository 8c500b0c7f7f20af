"""ninjs in its three versions."""

import json
from typing import Any

import pytest

from archive.contrib.wires.ninjs import NinjsFormat
from tests.contrib.intake.formats.documents import document, documents, source, texts

RENDITIONS = {
    "thumbnail": {"href": "https://pictures.example/small.jpg", "width": 100},
    "original": {"href": "https://pictures.example/port.jpg", "mimetype": "image/jpeg"},
}
PICTURE = {
    "uri": "urn:p",
    "type": "picture",
    "description_text": "Two cranes.",
    "byline": "Li Na",
    "copyrightnotice": "© Harbour News",
    "renditions": RENDITIONS,
}
FIRST = {
    "uri": "https://news.example/1",
    "type": "text",
    "language": "en",
    "headline": "Port opens",
    "description_text": "A week faster",
    "byline": "By Wang Wei",
    "firstcreated": "2015-09-22T08:30:00+08:00",
    "slugline": "PORT-ROUTE",
    "subject": [{"name": "shipping"}],
    "service": [{"name": "Business"}],
    "copyrightnotice": "© 2015 Harbour News",
    "body_xhtml": "<p>A port opened.</p><h2>Ships</h2><ul><li>Two</li></ul>",
    "associations": {"main": PICTURE},
}
THIRD = {
    "uri": "urn:2",
    "standard": {"name": "ninjs", "version": "3.0"},
    "type": "text",
    "headlines": [
        {"role": "short", "value": "Opens"},
        {"role": "main", "value": "Port opens"},
    ],
    "by": "By Wang Wei",
    "subjects": [{"name": "shipping"}],
    "descriptions": [{"role": "main", "value": "A week faster"}],
    "bodies": [
        {"role": "short", "contenttype": "text/plain", "value": "Short."},
        {"role": "main", "contenttype": "text/html", "value": "<p>A port opened.</p>"},
    ],
    "associations": [
        {**PICTURE, "name": "main", "renditions": [{"name": "original", **RENDITIONS["original"]}]}
    ],
}


def ninjs(**changes: Any) -> str:
    return json.dumps({**FIRST, **changes})


def test_version_1_says_its_fields() -> None:
    said = document(NinjsFormat(), ninjs()).metadata
    assert (said.headline, said.standfirst) == ("Port opens", "A week faster")
    assert (said.bylines, said.section) == (("By Wang Wei",), "Business")
    assert said.keywords == ("PORT-ROUTE", "shipping")
    assert (said.url, said.language) == ("https://news.example/1", "en")
    assert said.published is not None
    assert said.published.isoformat() == "2015-09-22T08:30:00+08:00"


def test_later_versions_are_read_alike() -> None:
    found = document(NinjsFormat(), json.dumps(THIRD))
    said = found.metadata
    assert (said.headline, said.standfirst) == ("Port opens", "Opens\nA week faster")
    assert (said.bylines, said.keywords) == (("By Wang Wei",), ("shipping",))
    assert texts(found, "paragraph") == ["A port opened."]


def test_the_body_with_mark_up_is_preferred() -> None:
    found = document(NinjsFormat(), ninjs(body_text="A port opened. Ships Two"))
    assert texts(found, "paragraph", "subhead", "list_item") == ["A port opened.", "Ships", "Two"]


def test_a_body_of_plain_text_is_lines() -> None:
    found = document(NinjsFormat(), ninjs(body_xhtml="", body_text="One < two.\n\nThree."))
    assert texts(found, "text") == ["One < two.", "Three."]


@pytest.mark.parametrize("item", [FIRST, THIRD])
def test_an_associated_picture_comes_in_its_best_rendition(item: dict[str, Any]) -> None:
    (image,) = document(NinjsFormat(), json.dumps(item)).images
    assert image.url == "https://pictures.example/port.jpg"
    assert (image.caption, image.credit, image.rights) == ("Two cranes.", "Li Na", "© Harbour News")


def test_a_picture_in_the_text_and_its_association_are_one() -> None:
    body = '<p>One.</p><img src="https://pictures.example/port.jpg"><p>Two.</p>'
    found = document(NinjsFormat(), ninjs(body_xhtml=body))
    (image,) = found.images
    assert image.credit == "Li Na"
    assert found.lines[image.after].text == "Two."


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([FIRST, THIRD]),
        json.dumps({"total": 2, "item": [FIRST, THIRD]}),
        json.dumps(FIRST) + "\n" + json.dumps(THIRD),
    ],
)
def test_several_items_are_several_stories(text: str) -> None:
    assert len(documents(NinjsFormat(), text)) == 2


@pytest.mark.parametrize("text", ["{}", '{"headline": "A"}', "[1, 2]", '{"uri": "a', "Port opens"])
def test_other_json_is_not_recognised(text: str) -> None:
    assert not NinjsFormat().recognises(source(text))


def test_an_embargo_is_for_editors_and_waits_for_them() -> None:
    [article] = NinjsFormat().parse(source(ninjs(embargoed="2015-09-23T12:00:00+08:00")))
    told = "Embargoed until 2015-09-23T12:00:00+08:00."
    assert told in article.warnings
    assert article.missing == [told]
