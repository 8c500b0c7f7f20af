"""A form that doesn't know of a newer version writes nothing and keeps what was typed."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Revision
from wagtail.signals import page_published

from archive.models import ArticlePage
from archive.stories.body import raw
from archive.stories.stale_save import CONSENT
from tests.desk.helpers import Form, Person, again, page_text
from tests.factories import make_article, make_editor

pytestmark = pytest.mark.django_db

ACTIONS = ["", "publish", "submit"]


@dataclass
class Pair:
    """Two editors with the form of one story. (Translations: tests/desk/test_conflicts.py.)"""

    thing: ArticlePage
    clumsy: Person
    quick: Person

    def opens(self) -> Form:
        return self.clumsy.edits(self.thing)

    def interferes(self, words: str = "Quick words") -> None:
        """A version comes in between; from where, is all one to the form."""
        story = again(self.thing)
        body = [{**block, "value": f"<p>{words}</p>"} for block in raw(story.body_en)]
        story.body_en = story._meta.get_field("body_en").to_python(body)
        story.headline_en = words
        story.save_revision(user=self.quick.user)

    def types(self, form: Form, words: str) -> Form:
        name = next(iter(form.blocks))
        form.put_blocks(name, [{**b, "value": f"<p>{words}</p>"} for b in form.blocks[name]])
        return form.type(headline_en=words)

    def versions(self) -> list[Any]:
        return list(
            Revision.objects.for_instance(self.thing).values_list("pk", "content", "created_at")
        )

    def latest(self) -> str:
        content = again(self.thing).latest_revision.content
        # Wagtail's own note of the title that the explorer shows.
        return str({name: value for name, value in content.items() if name != "draft_title"})


@pytest.fixture
def pair() -> Pair:
    return Pair(make_article(), Person(make_editor("clumsy")), Person(make_editor("quick")))


@pytest.mark.parametrize("action", ACTIONS)
def test_a_stale_form_writes_nothing_and_keeps_what_was_typed(pair: Pair, action: str) -> None:
    form = pair.types(pair.opens(), "Clumsy words")
    pair.interferes()
    before = pair.versions()
    shown = form.refused(action)
    assert shown.count("Clumsy words") >= 3
    assert "quick" in shown
    assert pair.versions() == before
    assert "Clumsy words" not in str(again(pair.thing).get_latest_revision_as_object().__dict__)


@pytest.mark.parametrize("action", ACTIONS)
def test_the_box_is_a_way_on_and_keeps_the_other_version_in_the_history(
    pair: Pair, action: str
) -> None:
    form = pair.types(pair.opens(), "Clumsy words")
    pair.interferes()
    form.refused(action)
    form.consent().save(action)
    assert "Clumsy words" in pair.latest()
    assert "Quick words" in str(pair.versions())


@pytest.mark.parametrize("action", ["", "publish"])
def test_a_refused_save_says_once_why(pair: Pair, action: str) -> None:
    form = pair.types(pair.opens(), "Clumsy words")
    pair.interferes()
    shown = form.refused(action)
    assert shown.count("there is a newer version") == 1
    assert shown.count("A newer version was made at") == 1
    assert shown.count("by quick, and not in a form") == 1
    assert "Nothing is missing" not in shown
    assert "holds it up" not in shown.replace("what holds it up is marked", "")


# What each button does with one version, others show.
@pytest.mark.parametrize("action", ["publish"])
def test_a_still_newer_version_is_refused_again(pair: Pair, action: str) -> None:
    form = pair.types(pair.opens(), "Clumsy words")
    pair.interferes()
    form.refused(action)
    form.consent()
    pair.interferes("Quicker still")
    assert "Clumsy words" in form.refused(action)
    assert "Quicker still" in pair.latest()
    form.consent().save(action)
    assert "Clumsy words" in pair.latest()


def test_the_newer_version_is_a_click_away(pair: Pair) -> None:
    form = pair.types(pair.opens(), "Clumsy words")
    pair.interferes()
    form.refused()
    soup = BeautifulSoup(form.response.content, "html.parser")
    compare, show = (a["href"] for a in soup.select("[data-archive-conflict] a"))
    assert "Quick words" in page_text(pair.clumsy.client.get(show))
    assert "Quick words" in page_text(pair.clumsy.client.get(compare))


def test_without_the_tick_a_second_try_is_refused_too(pair: Pair) -> None:
    form = pair.types(pair.opens(), "Clumsy words")
    pair.interferes()
    form.refused()
    assert "Clumsy words" in form.refused()
    assert "Quick words" in pair.latest()


def test_a_made_up_tick_is_no_consent(pair: Pair) -> None:
    form = pair.types(pair.opens(), "Clumsy words")
    pair.interferes()
    form.refused()
    for token in ("on", "1", "true", ""):
        form.data[CONSENT] = token
        form.refused()
        assert "Quick words" in pair.latest(), token


def test_leaving_out_what_was_loaded_is_no_way_round(pair: Pair) -> None:
    form = pair.types(pair.opens(), "Clumsy words")
    pair.interferes()
    del form.data["loaded_revision_id"], form.data["loaded_revision_created_at"]
    form.refused()
    assert "Quick words" in pair.latest()


@pytest.mark.parametrize("action", ACTIONS)
def test_own_autosaves_make_nothing_stale(pair: Pair, action: str) -> None:
    form = pair.opens()
    for words in ("One", "One two", "One two three"):
        assert pair.types(form, words).autosave()["success"]
    form.save(action)
    assert "One two three" in pair.latest()
    assert len(pair.versions()) <= 3


def test_an_autosave_still_under_way_does_not_make_the_save_stale(pair: Pair) -> None:
    form = pair.types(pair.opens(), "One")
    meanwhile = dict(form.data)
    assert form.autosave()["success"]
    form.data = {**meanwhile}
    pair.types(form, "One two").save("publish")
    assert "One two" in pair.latest()


def test_saving_twice_in_a_row_is_fine(pair: Pair) -> None:
    form = pair.types(pair.opens(), "First")
    form.save()
    pair.types(pair.opens(), "Second").save()
    assert "Second" in pair.latest()


def test_a_colleagues_autosave_counts_although_it_makes_no_new_version(pair: Pair) -> None:
    theirs = pair.quick.edits(pair.thing)
    assert pair.types(theirs, "Quick words").autosave()["success"]
    mine = pair.types(pair.opens(), "Clumsy words")
    assert pair.types(theirs, "Quicker still").autosave()["success"]
    assert "Clumsy words" in mine.refused()
    assert "Quicker still" in pair.latest()


def test_an_autosave_is_refused_until_the_box_is_ticked(pair: Pair) -> None:
    form = pair.types(pair.opens(), "Clumsy words")
    pair.interferes()
    assert form.autosave()["error_code"] == "invalid_revision"
    form.refused()
    assert not form.autosave()["success"]
    assert "Quick words" in pair.latest()
    assert form.consent().autosave()["success"]
    pair.types(form, "More words").save()
    assert "More words" in pair.latest()


def test_an_autosave_after_which_a_colleague_saved_is_refused(pair: Pair) -> None:
    form = pair.types(pair.opens(), "Clumsy words")
    assert form.autosave()["success"]
    pair.interferes()
    assert not form.autosave()["success"]
    assert "Clumsy words" in form.refused()
    assert "Quick words" in pair.latest()


def test_two_windows_of_one_person_are_two_forms(pair: Pair) -> None:
    left, right = pair.opens(), pair.opens()
    pair.types(left, "Left").save()
    said = pair.types(right, "Right").refused("publish")
    assert "Right" in said
    assert re.search(r"You saved a newer version at \S+ \S+ in another window", said)
    assert "clumsy saved" not in said
    assert "Left" in pair.latest()


def test_an_old_version_is_brought_back_only_over_what_was_seen(pair: Pair) -> None:
    old = again(pair.thing).latest_revision
    form = pair.clumsy.reverts(pair.thing, old)
    pair.interferes()
    form.refused("publish")
    assert "Quick words" in pair.latest()
    form.consent().save("publish")
    assert "Quick words" not in pair.latest()


def test_a_story_without_any_version_is_guarded_too() -> None:
    article = make_article()
    article.revisions.all().delete()
    early, late = (Person(make_editor(name)).edits(again(article)) for name in ("a", "b"))
    early.type(headline_en="Early").save()
    assert "Late" in late.type(headline_en="Late").refused("publish")


def test_a_preview_is_never_refused(pair: Pair) -> None:
    form = pair.types(pair.opens(), "Clumsy words")
    pair.interferes()
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[pair.thing.pk])
    response = pair.clumsy.client.post(url, form.data)
    assert response.json() == {"is_valid": True, "is_available": True}
    assert "Clumsy words" in pair.clumsy.client.get(url).content.decode()


def test_a_refused_story_keeps_its_blocks_and_their_ids(pair: Pair) -> None:
    form = pair.types(pair.opens(), "Clumsy words")
    ids = [block["id"] for block in form.blocks["body_en"]]
    pair.interferes()
    form.refused()
    assert [block["id"] for block in form.blocks["body_en"]] == ids
    assert "Clumsy words" in str(form.blocks["body_en"])


def test_words_stay_as_a_draft_where_their_publication_breaks_off(pair: Pair) -> None:
    form = pair.types(pair.opens(), "Clumsy words")

    def fail(**_facts: Any) -> None:
        raise RuntimeError("no room on the disk")

    page_published.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="no room"):
            form.press("publish")
    finally:
        page_published.disconnect(fail)
    assert "Clumsy words" in pair.latest()
    assert "Clumsy words" not in str(again(pair.thing).headline_en)


def test_an_autosave_that_is_refused_promises_no_overwriting(pair: Pair) -> None:
    form = pair.opens()
    pair.interferes()
    answer = pair.types(form, "Clumsy words").autosave()
    assert answer["error_message"] == (
        "There is a newer version. Save shows it, and overwrites nothing."
    )


def test_a_publication_that_is_refused_isnt_called_a_refused_save(pair: Pair) -> None:
    form = pair.quick.edits(make_article(live=False)).type(print_date="")
    said = form.refused("publish")
    assert "Nothing was published or submitted" in said
    assert "could not be saved" not in said
