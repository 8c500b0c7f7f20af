"""Rights on one paper end with it: no story, year or issue gets into another by any way."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowTask

from archive.models import ArticlePage, PublicationPage
from archive.stories.actions import issue_for
from archive.stories.policies import papers_for
from tests.desk.helpers import Person, again, let_time_pass
from tests.factories import make_article, make_editor, make_publication, make_section

pytestmark = pytest.mark.django_db

REFUSAL = "You do not have permission to publish stories in “Times”"
NO_CHOICE = "You do not have permission to add stories to this publication"


@pytest.fixture
def times() -> PublicationPage:
    return make_publication("times", en="Times")


@pytest.fixture
def article() -> ArticlePage:
    return make_article()


@pytest.fixture
def insider() -> Person:
    """Whose rights are those on China Daily."""
    return Person(make_editor("insider", make_publication()))


@pytest.fixture
def both(times: PublicationPage) -> Person:
    return Person(make_editor("both", make_publication(), times))


def in_draft(article: ArticlePage, paper: PublicationPage, **fields: Any) -> ArticlePage:
    """The story's newest draft names the paper, as somebody with the rights has chosen."""
    draft = article.get_latest_revision_as_object()
    draft.publication = paper
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=fields.get("user"))
    return again(article)


def everything() -> list[tuple[Any, ...]]:
    return sorted(Page.objects.values_list("pk", "path", "url_path", "live", "latest_revision"))


def reviewed(*groups: Any) -> Workflow:
    """China Daily's stories pass one task a group."""
    workflow = Workflow.objects.create(name="Review")
    for order, group in enumerate(groups):
        task = GroupApprovalTask.objects.create(name=f"Task {order}")
        task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow


def test_the_form_offers_only_papers_that_one_may_add_to(
    article: ArticlePage, times: PublicationPage, insider: Person, both: Person
) -> None:
    year = article.get_parent().get_parent()
    of_year, boss = make_editor("of-year", year), make_editor("boss")
    shown = insider.edits(article).response.context["form"]["publication"].field.queryset
    assert list(shown) == [article.publication]
    assert set(papers_for(both.user)) == set(papers_for(boss)) == {article.publication, times}
    assert list(papers_for(of_year)) == [article.publication]


@pytest.mark.parametrize("action", ["", "publish", "submit"])
def test_a_posted_paper_is_refused_and_what_was_typed_stays(
    article: ArticlePage, times: PublicationPage, insider: Person, action: str
) -> None:
    before = everything()
    form = insider.edits(article).type(headline_en="Typed with care").sneaks(publication=times.pk)
    shown = form.refused(action)
    assert NO_CHOICE in shown
    assert "Typed with care" in shown
    assert everything() == before


def test_a_new_story_is_filed_in_no_other_paper(
    article: ArticlePage, times: PublicationPage, insider: Person
) -> None:
    before = everything()
    url = reverse(
        "wagtailadmin_pages:add", args=["archive", "articlepage", article.get_parent().pk]
    )
    data = {**insider.edits(article).data, "publication": times.pk, "action-publish": "1"}
    data["body_zh_hans-count"] = "0"
    assert NO_CHOICE in insider.client.post(url, data).content.decode()
    assert everything() == before


@pytest.mark.parametrize("live", [True, False])
def test_a_paper_that_a_colleague_chose_may_be_kept_but_not_published_in(
    times: PublicationPage, insider: Person, live: bool
) -> None:
    article = in_draft(make_article(live=live), times)
    insider.edits(article).type(headline_en="Better").save()
    before = everything()
    assert REFUSAL in insider.edits(again(article)).refused("publish")
    assert everything() == before


def test_who_has_both_papers_may_take_a_story_from_one_to_the_other(
    article: ArticlePage, times: PublicationPage, both: Person
) -> None:
    both.edits(article).type(publication=str(times.pk)).publish()
    assert again(article).url_path.endswith(
        "/times/2015/09/22/city-builds-on-long-history-with-us/"
    )


def test_who_may_add_but_not_publish_there_hands_in_and_publishes_not(
    article: ArticlePage, times: PublicationPage, insider: Person
) -> None:
    insider.user.groups.add(make_editor("writer", times, verbs=("add",)).groups.get())
    form = insider.edits(article).type(publication=str(times.pk))
    assert REFUSAL in form.refused("publish")
    form.save()
    assert again(article).get_latest_revision_as_object().publication == times
    assert again(article).publication != times


def test_rights_on_one_issue_are_none_on_another_day(article: ArticlePage) -> None:
    person = Person(make_editor("of-issue", article.get_parent()))
    before = everything()
    form = person.edits(article).type(print_date="2015-09-23")
    assert "You do not have permission to publish stories in “China Daily”" in form.refused(
        "publish"
    )
    assert everything() == before
    person.edits(article).type(headline_en="Better").publish()


def test_a_bulk_publication_is_refused(times: PublicationPage, insider: Person) -> None:
    article = in_draft(make_article(live=False), times)
    before = everything()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = insider.client.post(f"{url}?id={article.pk}", {}, follow=True)
    assert REFUSAL in response.content.decode()
    assert everything() == before


@pytest.mark.parametrize("bulk", [True, False])
def test_a_story_is_not_moved_to_another_paper(
    article: ArticlePage, times: PublicationPage, insider: Person, bulk: bool
) -> None:
    before = everything()
    if bulk:
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
        insider.client.post(f"{url}?id={article.pk}", {"chooser": times.pk})
    else:
        insider.post("wagtailadmin_pages:move_confirm", article.pk, times.pk)
    insider.post("wagtailadmin_pages:copy", article.pk, new_parent_page=times.pk, new_slug="c")
    assert everything() == before


def test_of_chosen_stories_those_of_others_stay_where_they_are(
    article: ArticlePage, times: PublicationPage, insider: Person
) -> None:
    theirs = make_article("Theirs", slug="theirs", publication=times)
    place = issue_for(article.publication, date(2015, 9, 23))
    url = reverse("wagtail_bulk_action", args=["archive", "articlepage", "move"])
    chosen = f"{url}?id={article.pk}&id={theirs.pk}"
    asked = insider.client.post(chosen, {"chooser": place.pk})
    confirmed = insider.client.post(asked.context["submit_url"], {"chooser": place.pk})
    assert confirmed.status_code == 302
    assert again(article).get_parent().pk == place.pk
    assert again(theirs).get_parent().pk == theirs.get_parent().pk


def test_an_approval_takes_no_story_into_a_paper_of_others(
    article: ArticlePage, times: PublicationPage, insider: Person, both: Person
) -> None:
    """Neither the step that publishes, nor one before it."""
    group = make_editor("anybody", article.publication).groups.get()
    draft = in_draft(article, times)
    reviewed(group, group).start(draft, both.user)
    task = TaskState.objects.get(status="in_progress")
    name = "wagtailadmin_pages:workflow_action"
    response = insider.post(name, article.pk, "approve", task.pk, comment="")
    assert "“Times” on this date" in insider.client.get(response.url).content.decode()
    assert again(task).status == "in_progress"
    assert again(article).publication != times


def test_nobody_hands_in_for_a_paper_of_others(
    article: ArticlePage, times: PublicationPage, insider: Person
) -> None:
    with pytest.raises(ValidationError, match="add stories to “Times”"):
        reviewed(insider.user.groups.get()).start(in_draft(article, times), insider.user)
    assert not TaskState.objects.exists()


@pytest.mark.parametrize("has_lost_rights", [True, False])
def test_a_schedule_has_the_rights_of_who_set_it(
    article: ArticlePage, times: PublicationPage, both: Person, has_lost_rights: bool
) -> None:
    form = both.edits(article).type(publication=str(times.pk))
    form.go_live_at(timezone.now() + timedelta(days=1)).publish()
    if has_lost_rights:
        both.user.is_active = False
        both.user.save()
    let_time_pass(again(article))
    assert (again(article).publication == times) is not has_lost_rights


def test_no_schedule_is_set_for_a_paper_of_others(
    article: ArticlePage, times: PublicationPage, insider: Person
) -> None:
    draft = in_draft(article, times, go_live_at=timezone.now() + timedelta(days=1))
    with pytest.raises(ValidationError, match="publish stories in “Times”"):
        draft.latest_revision.publish(user=insider.user)
    assert again(draft.latest_revision).approved_go_live_at is None


def test_a_section_of_another_paper_is_refused(
    article: ArticlePage, times: PublicationPage, both: Person
) -> None:
    section = make_section("sport", times)
    form = both.edits(article).type(section=str(section.pk))
    assert "The section “Sport” belongs to “Times”" in form.refused()
    form.type(publication=str(times.pk)).publish()
    assert again(article).section == section


def test_a_story_leaves_its_section_with_its_paper(times: PublicationPage, both: Person) -> None:
    article = make_article(section=make_section())
    copy = both.copies(article, times, "copy")
    both.post("wagtailadmin_pages:move_confirm", article.pk, times.pk)
    for page in (again(article), copy):
        assert page.publication == times
        assert page.section is None
        assert page.get_latest_revision_as_object().section is None


def test_a_program_may_file_anywhere(article: ArticlePage, times: PublicationPage) -> None:
    in_draft(article, times, print_date=date(2016, 1, 1)).latest_revision.publish()
    assert "/times/2016/01/01/" in again(article).url_path
