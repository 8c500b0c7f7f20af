"""Suggested names of a story: what waits, what was answered, who may ask."""

import json
from html import unescape

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import PageLogEntry

from archive.contrib.name_suggestions.counts import look_through, story_of
from archive.contrib.name_suggestions.decisions import OPEN, Decision, Evidence, decide
from archive.contrib.name_suggestions.models import SuggestionCount, SuggestionDecision
from archive.contrib.name_suggestions.panel import ANSWERS
from archive.models import ArticlePage
from archive.publishing.followers import gathered
from tests.factories import (
    block,
    make_article,
    make_body,
    make_editor,
    make_entity,
    make_names_editor,
    make_translator,
    tag,
)

pytestmark = pytest.mark.django_db
TEXT = "Ships leave Zhanjiang for Seattle."


@pytest.fixture
def zhanjiang():
    return make_entity()


@pytest.fixture
def seattle():
    return make_entity("seattle", "Seattle", "西雅图", country="US")


@pytest.fixture
def story(zhanjiang, seattle):
    return make_article("Ships", body=make_body(TEXT))


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


def waiting(article):
    return SuggestionCount.objects.get(page=article).waiting


def names_waiting(article):
    answers = SuggestionDecision.objects.filter(page=article)
    found = look_through(story_of(article), answers).waiting
    return {one.key for one in found.entities}


def answer(verdict, entity=None, subject="entity", token=""):
    evidence = Evidence(("zhanjiang", "seattle"), (TEXT.lower(),), "about")
    return Decision(subject, verdict, entity and entity.pk, token, evidence)


def again_url(article):
    return reverse("archive_name_suggestions:again", args=[article.pk])


def answer_url(article):
    return reverse("archive_name_suggestions:answer", args=[article.pk])


def posted_answer(entity, verdict="rejected"):
    return {ANSWERS: json.dumps([{"subject": "entity", "entity": entity.pk, "verdict": verdict}])}


def form_of(text, **more):
    """The part of a story's form that suggestions read, of one paragraph of this text."""
    state = {"blocks": [{"key": "k", "text": text, "type": "unstyled"}], "entityMap": {}}
    return {
        "source_language": "en",
        "headline_en": "Typed",
        "body_en-count": "1",
        "body_en-0-deleted": "",
        "body_en-0-order": "0",
        "body_en-0-type": "paragraph",
        "body_en-0-id": "00000000-0000-4000-8000-000000000777",
        "body_en-0-value": json.dumps(state),
        **more,
    }


def test_a_version_counts_what_waits(story, zhanjiang):
    assert waiting(story) == 2
    story.entity_tags.add(tag(story, zhanjiang))
    story.save_revision()
    assert waiting(story) == 1


def test_answers_in_the_form_are_stored_with_its_version_alone(story, seattle, editor):
    evidence = answer("rejected", seattle).evidence.as_json()
    about = {"subject": "entity", "entity": seattle.pk, "evidence": evidence}
    story.version_notes = {ANSWERS: json.dumps([{**about, "verdict": "rejected"}])}
    assert not SuggestionDecision.objects.exists()
    story.save_revision(user=editor)
    decision = SuggestionDecision.objects.get()
    assert (decision.entity, decision.verdict, decision.decided_by) == (seattle, "rejected", editor)
    assert waiting(story) == 1


def test_a_rejection_is_remembered_and_can_be_taken_back(story, seattle, editor):
    decide(story, [answer("rejected", seattle)], user=editor)
    assert names_waiting(story) == {"zhanjiang"}
    decide(story, [answer(OPEN, seattle)], user=editor)
    assert names_waiting(story) == {"zhanjiang", "seattle"}


def test_answers_are_logged_once(story, seattle, editor):
    for _time in range(2):
        decide(story, [answer("rejected", seattle)], user=editor)
    entry = PageLogEntry.objects.get(action="archive.suggestion.rejected")
    assert (entry.user, entry.data["name"]) == (editor, "Seattle")
    assert entry.message == "Rejected: Seattle"


def test_two_answers_of_one_save_are_two_lines_of_the_history(story, seattle, zhanjiang, editor):
    with LogContext(user=editor):
        decide(story, [answer("rejected", one) for one in (seattle, zhanjiang)], user=editor)
    shown = PageLogEntry.objects.filter(action="archive.suggestion.rejected")
    assert shown.values("uuid").distinct().count() == 2


def test_an_ambiguous_name_waits_until_one_is_picked(editor):
    oregon = make_entity("portland-or", "Portland", "波特兰", country="US", region="Oregon")
    maine = make_entity("portland-me", "Portland", "波特兰", country="US", region="Maine")
    article = make_article("Ships", body=make_body("Ships leave Portland."))
    (question,) = look_through(story_of(article), []).waiting.questions
    assert {one.entity_id for one in question.candidates} == {oregon.pk, maine.pk}
    picked = Decision("question", "accepted", oregon.pk, "portland", Evidence.of(question.spots))
    decide(article, [picked], user=editor)
    found = look_through(story_of(article), SuggestionDecision.objects.all())
    assert not found.waiting.questions


def test_the_list_is_made_from_what_is_typed_and_stores_nothing(client, story, editor, seattle):
    response = client.post(again_url(story), form_of("Only Seattle is left."))
    page = unescape(response.content.decode())
    assert "<mark>Seattle</mark>" in page
    assert "Zhanjiang" not in page
    assert ArticlePage.objects.get(pk=story.pk).latest_revision_id == story.latest_revision_id


def test_what_the_form_tags_is_not_suggested(client, story, editor, seattle):
    tags = {"entity_tags-TOTAL_FORMS": "1", "entity_tags-0-entity": str(seattle.pk)}
    page = client.post(again_url(story), form_of(TEXT, **tags)).content.decode()
    assert "<mark>Zhanjiang</mark>" in page
    assert "<mark>Seattle</mark>" not in page
    deleted = {**tags, "entity_tags-0-DELETE": "on"}
    page = client.post(again_url(story), form_of(TEXT, **deleted)).content.decode()
    assert "<mark>Seattle</mark>" in page


def test_a_story_that_is_not_stored_yet_is_looked_through(client, zhanjiang, editor):
    response = client.post(reverse("archive_name_suggestions:again_new"), form_of(TEXT))
    assert "<mark>Zhanjiang</mark>" in response.content.decode()


def test_a_form_that_cannot_be_read_is_refused(client, story, editor):
    response = client.post(again_url(story), {"body_en-count": "many"})
    assert response.status_code == 400


def test_text_is_escaped(client, story, editor):
    page = client.post(again_url(story), form_of("<script>x</script> Zhanjiang")).content.decode()
    assert "<script>" not in page


def test_a_rejection_is_stored_at_once(client, story, editor, seattle):
    assert client.post(answer_url(story), posted_answer(seattle)).json() == {"stored": 1}
    assert SuggestionDecision.objects.get().decided_by == editor
    revision = ArticlePage.objects.get(pk=story.pk).latest_revision_id
    assert revision == story.latest_revision_id


def test_only_who_may_edit_the_story_asks_and_answers(client, story, seattle):
    for user in (make_translator(), make_names_editor()):
        client.force_login(user)
        for url in (again_url(story), answer_url(story)):
            assert client.post(url, posted_answer(seattle)).status_code == 302
        assert client.post(reverse("archive_name_suggestions:again_new"), {}).status_code == 302
    assert not SuggestionDecision.objects.exists()


def test_reading_changes_nothing(client, story, editor):
    assert client.get(answer_url(story)).status_code == 405
    assert client.get(again_url(story)).status_code == 405


def test_a_locked_story_takes_no_answers(client, story, editor, seattle):
    ArticlePage.objects.filter(pk=story.pk).update(locked=True, locked_by=make_editor("wang"))
    assert client.post(answer_url(story), posted_answer(seattle)).status_code == 423


def test_the_list_takes_as_many_queries_for_many_names(
    client, story, editor, django_assert_max_num_queries
):
    client.post(again_url(story), form_of(TEXT))
    with django_assert_max_num_queries(20) as few:
        client.post(again_url(story), form_of(TEXT))
    number_of_queries = len(few)
    words = []
    for number in range(12):
        word = f"Harbour{chr(97 + number)}"
        make_entity(word.lower(), word, f"港口{number}")
        words.append(word)
    text = ", ".join(words)
    client.post(again_url(story), form_of(text))
    with django_assert_max_num_queries(number_of_queries):
        assert client.post(again_url(story), form_of(text)).content.count(b"<mark>") >= 12


def test_the_form_shows_the_list_before_any_script_runs(client, story, editor):
    page = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert "<mark>Zhanjiang</mark>" in page
    assert f'name="{ANSWERS}"' in page


def test_names_in_captions_have_their_place(client, zhanjiang, editor):
    picture = {"image": None, "caption": "The port of Zhanjiang", "alt_text": "", "credit": ""}
    article = make_article("Ships", body=[*make_body("Nothing."), block("image", picture)])
    page = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "The port of <mark>Zhanjiang</mark>" in page


def test_the_report_lists_what_waits_and_leads_to_the_panel(client, story, editor):
    done = make_article("Nothing named", body=make_body("Nothing."))
    page = client.get(reverse("archive_name_suggestions:report")).content.decode()
    assert f"{reverse('wagtailadmin_pages:edit', args=[story.pk])}#suggestions" in page
    assert done.title not in page


def test_the_report_is_for_editors(client, story):
    client.force_login(make_translator())
    assert client.get(reverse("archive_name_suggestions:report")).status_code == 302


def test_the_command_counts_new_names_in_drafts(story, capsys):
    story.headline_en = "Ships from Fuzhou"
    story.save_revision()
    make_entity("fuzhou", "Fuzhou", "福州")
    assert waiting(story) == 2
    call_command("count_suggestions")
    assert waiting(story) == 3
    assert "1 of 1 stories" in capsys.readouterr().out


def test_nobody_waits_for_the_count(story):
    before = waiting(story)
    story.body_en = story._meta.get_field("body_en").to_python(make_body("Nothing that is known."))
    with gathered():
        story.save_revision()
        assert waiting(story) == before
    assert waiting(story) == 0 < before
