"""Mentions led to another entry and back, in rich text and in JSON inside JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.desk.identity.mentions import count, lead, lead_back


def mention(pk, words="Zhanjiang"):
    return f'<a linktype="entity" id="{pk}">{words}</a>'


@pytest.mark.parametrize(
    ("text", "led"),
    [
        (mention(7), mention(9)),
        ('<a id="7" linktype="entity">x</a>', '<a id="9" linktype="entity">x</a>'),
        (mention(77), mention(77)),
        ('<a linktype="page" id="7">x</a>', '<a linktype="page" id="7">x</a>'),
        ("no link, id=7", "no link, id=7"),
    ],
)
def test_leads_only_mentions_of_the_entry(text, led):
    assert lead(text, 7, 9)[0] == led


def test_reaches_json_that_is_stored_as_text_inside_json():
    body = json.dumps([{"type": "paragraph", "value": f"<p>{mention(7)}</p>"}])
    led, places = lead({"body_en": body, "segments": [{"target": mention(7)}]}, 7, 9)
    assert len(places) == 2
    assert mention(9) in json.loads(led["body_en"])[0]["value"]


@given(st.lists(st.sampled_from([7, 8, 9]), max_size=8))
def test_leads_back_exactly_what_was_led(pks):
    text = [f"<p>{mention(pk)} and {mention(pk)}</p>" for pk in pks]
    led, places = lead(text, 7, 9)
    assert count(led, 7) == 0
    assert lead_back(led, places, 7) == text
