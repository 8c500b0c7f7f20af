"""What the archive itself makes of a pasted text; an app may read more out of it."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail import hooks

from archive.stories.form_panels import BylineInputPanel
from archive.stories.models import ArticlePage
from archive.stories.pasting.reader import PastedReader, PastingError, pasted_reader
from tests.factories import make_user


def read(markup: str = "", text: str = "") -> list[str]:
    story = PastedReader().read_story(markup, text, filled=(), user=None)
    assert (story.found, story.unplaced) == ([], [])
    return [block["value"] for block in story.blocks]


def test_each_line_of_a_plain_text_is_a_paragraph() -> None:
    text = "A < B\n\n  The ferry leaves.\n"
    assert read(text=text) == ["<p>A &lt; B</p>", "<p>The ferry leaves.</p>"]


def test_markup_gives_blocks_without_foreign_pictures() -> None:
    markup = "<h2>Fares</h2><p>Forty <b>yuan</b>.</p><img src='https://x.org/a.jpg'>"
    assert read(markup, "x") == ["Fares", "<p>Forty <b>yuan</b>.</p>"]


def test_struck_out_words_are_left_out_and_named() -> None:
    markup = "<p>Fares of <s>forty</s> fifty yuan.</p>"
    story = PastedReader().read_story(markup, "x", filled=(), user=None)
    assert [block["value"] for block in story.blocks] == ["<p>Fares of fifty yuan.</p>"]
    assert story.warnings == ("Struck-out words were left out: forty",)


WORD_COMMENT = (
    "<p>Fares rose.<a class=msocomanchor href='#_msocom_1'>[GL1]</a></p><div style='mso-element:"
    "comment-list'><div style='mso-element:comment'><p>%s</p></div></div>"
)
GOOGLE_COMMENT = (
    "<p>Fares rose.<sup><a href='https://docs.google.com/x?ref=1#cmnt1'>[a]</a></sup></p>"
    "<div><p><a href='#cmnt_ref1'>[a]</a><span>%s</span></p></div>"
)


@pytest.mark.parametrize("markup", [WORD_COMMENT, GOOGLE_COMMENT])
def test_comments_beside_the_text_are_no_part_of_it(markup: str) -> None:
    story = PastedReader().read_story(markup % "By how much?", "x", filled=(), user=None)
    assert [block["value"] for block in story.blocks] == ["<p>Fares rose.</p>"]
    assert story.warnings == ("Comments beside the text were not placed: By how much?",)


@pytest.mark.django_db
def test_a_pasted_piece_says_which_words_are_struck_out(client: Client) -> None:
    client.force_login(make_user("boss", is_superuser=True))
    data = {"html": "<p>Fares of <del>forty</del> fifty yuan.</p>", "language": "en"}
    answer = client.post(reverse("archive_story_form:paste"), data).json()
    assert answer["message"] == "1 block was pasted. Struck-out words were left out: forty"


def test_a_page_of_too_many_elements_is_refused() -> None:
    with pytest.raises(PastingError, match="more elements"):
        read("<p>x</p>" * 300_000)


def test_an_app_reads_pasted_texts_and_bylines() -> None:
    class Reader(PastedReader):
        reads_bylines = True

    with hooks.register_temporarily("register_archive_pasted_reader", Reader, order=-1):
        assert isinstance(pasted_reader(), Reader)


@pytest.mark.django_db
def test_without_a_reader_of_bylines_none_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    panel = BylineInputPanel().bind_to_model(ArticlePage)
    bound = panel.get_bound_panel(ArticlePage(), RequestFactory().get("/"))
    assert bound.is_shown()
    monkeypatch.setattr("archive.stories.form_panels.pasted_reader", PastedReader)
    assert not bound.is_shown()
