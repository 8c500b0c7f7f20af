"""What the dashboard tells translators and editors."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import bs4
import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Task, TaskState, Workflow, WorkflowTask

from archive.desk.queue.panels import own_count
from archive.models import ArticlePage, Translation
from archive.text.language import CHINESE, ENGLISH
from tests.desk.helpers import Person, page_text, translation_of
from tests.factories import (
    make_article,
    make_editor,
    make_names_editor,
    make_translator,
    translate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[ENGLISH, CHINESE])
def translator(request: Any) -> Person:
    return Person(make_translator(), request.param)


def panels(person: Person, **params: str) -> dict[str, Any]:
    """The contexts of the desk's panels, by name, in their order."""
    response = person.client.get(reverse("wagtailadmin_home"), params)
    assert response.status_code == 200
    ours = [p for p in response.context["panels"] if getattr(p, "name", "").startswith("archive_")]
    return {panel.name: panel.get_context_data(response.context) for panel in ours}


def give(article: ArticlePage, person: Person, **values: Any) -> Translation:
    Translation.objects.filter(article=article).update(assignee=person.user, **values)
    return translation_of(article)


def send_back(
    translation: Translation,
    translator: Any,
    reviewer: Any,
    comment: str,
    review: Callable[[], None] = lambda: None,
) -> None:
    """`review` is what the reviewer does before."""
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.create(name="Review"))
    state = workflow.start(translation, translator)
    review()
    state.current_task_state.task.on_action(
        state.current_task_state, reviewer, "reject", comment=comment
    )
    assert TaskState.objects.get().status == TaskState.STATUS_REJECTED


def test_a_translators_own_work_comes_on_top(translator: Person) -> None:
    give(make_article("Mine"), translator)
    make_article("Free")
    response = translator.client.get(reverse("wagtailadmin_home"))
    # What awaits a review, which is shown only where something does, and then this.
    assert response.context["panels"][1].name == "archive_your_work"
    found = panels(translator)["archive_your_work"]
    assert [str(line.translation.article) for line in found["lines"]] == ["Mine"]
    assert [str(line.translation.article) for line in found["free"]] == ["Free"]
    assert reverse("wagtailsnippets_archive_translation:list") in page_text(response)


def test_corrections_come_first_then_what_was_sent_back_then_what_is_overdue(
    translator: Person,
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    give(make_article("Plain"), translator)
    give(make_article("Urgent"), translator, urgency=2)
    give(make_article("Late"), translator, due_date=yesterday)
    returned = make_article("Returned")
    translate(returned, publish=False)
    reviewer = make_translator("reviewer")
    send_back(give(returned, translator), translator.user, reviewer, "Check the sums.")
    corrected = make_article("Corrected")
    translate(corrected)
    give(corrected, translator, correction_since=timezone.now())
    found = panels(translator)["archive_your_work"]
    order = [str(line.translation.article) for line in found["lines"]]
    assert order[:3] == ["Corrected", "Returned", "Late"]
    line = found["lines"][1]
    assert (line.sent_back.comment, line.sent_back.finished_by) == ("Check the sums.", reviewer)
    assert "Check the sums." in page_text(translator.client.get(reverse("wagtailadmin_home")))
    assert found["overdue"] == 1


def test_the_list_of_all_says_what_was_sent_back_and_why(translator: Person) -> None:
    returned, reviewer = make_article("Returned"), make_translator("reviewer")
    translate(returned, publish=False)
    translate(make_article("Another"), publish=False)
    send_back(give(returned, translator), translator.user, reviewer, "Check the sums.")
    shown = translator.client.get(reverse("wagtailsnippets_archive_translation:list"))
    cells = [row.get_text() for row in bs4.BeautifulSoup(shown.content, "lxml").select("tbody tr")]
    assert ["Returned" in cell for cell in cells] == ["Check the sums." in cell for cell in cells]
    assert len(cells) == 2


def test_what_is_done_no_longer_waits(translator: Person) -> None:
    article = make_article()
    translate(article)
    give(article, translator)
    assert panels(translator)["archive_your_work"]["lines"] == []


def test_what_is_in_review_waits_for_its_reviewer(translator: Person) -> None:
    give(make_article(), translator, state="in_review")
    assert panels(translator)["archive_your_work"]["lines"] == []
    assert own_count(translator.user) == 0


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_an_editor_sees_how_far_the_newest_paper_is(language: str) -> None:
    for number in range(3):
        article = make_article(f"New {number}", day=date(2015, 10, 24))
    translate(article)
    make_article("Old", day=date(2015, 9, 22))
    make_article("Not out", day=date(2015, 10, 25), live=False)
    editor = Person(make_editor(), language)
    found = panels(editor)
    assert list(found) == ["archive_editor", "archive_paper"]
    paper = found["archive_paper"]
    assert (paper["day"], paper["done"], paper["count"]) == (date(2015, 10, 24), 1, 3)
    shown = page_text(editor.client.get(reverse("wagtailadmin_home")))
    assert "New 0" in shown
    # An editor of pages alone may not open a translation.
    assert "/translation/edit/" not in shown


@pytest.mark.parametrize(
    ("day", "stories"),
    [("2015-09-22", 1), ("2001-01-01", 0), ("2015-13-45", 2), ("yesterday", 2)],
)
def test_another_days_paper_can_be_chosen(translator: Person, day: str, stories: int) -> None:
    for number in range(2):
        make_article(f"New {number}", day=date(2015, 10, 24))
    make_article("Old", day=date(2015, 9, 22))
    paper = panels(translator, paper=day)["archive_paper"]
    assert paper["count"] == stories
    assert paper["is_chosen"] == (paper["day"] != panels(translator)["archive_paper"]["day"])


def test_a_papers_first_pages_are_listed_and_all_its_stories_counted(translator: Person) -> None:
    for number in range(10, 0, -1):
        make_article(f"Page {number}", day=date(2015, 10, 24), print_page=str(number))
    paper = panels(translator)["archive_paper"]
    titles = [str(line.translation.article) for line in paper["lines"]]
    assert titles == [f"Page {number}" for number in range(1, 9)]
    assert paper["count"] == 10
    assert len(translator.client.get(paper["all_url"]).context["object_list"]) == 10


def test_leads_only_to_languages_that_the_person_may_translate_into() -> None:
    for headline, language in (("English", ENGLISH), ("中文稿", CHINESE)):
        make_article(headline, language=language)
    found = panels(Person(make_translator("one-way", languages=(ENGLISH,))))
    free = found["archive_your_work"]["free"]
    assert [str(line.translation.article) for line in free] == ["中文稿"]
    linked = {
        str(line.translation.article): bool(line.edit_url)
        for line in found["archive_paper"]["lines"]
    }
    assert linked == {"English": False, "中文稿": True}


def test_who_has_nothing_to_do_with_stories_sees_neither() -> None:
    make_article()
    assert panels(Person(make_names_editor())) == {}


def test_the_panels_cost_the_same_for_any_number(
    translator: Person, django_assert_max_num_queries: Any
) -> None:
    for number in range(9):
        article = make_article(f"Story {number}")
        if number % 3:
            give(article, translator, urgency=number % 3)
    translator.client.get(reverse("wagtailadmin_home"))
    with django_assert_max_num_queries(24):
        translator.client.get(reverse("wagtailadmin_home"))
