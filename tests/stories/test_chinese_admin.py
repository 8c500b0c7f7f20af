"""The main screens of the admin in Chinese: no English but names of products."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Task, TaskState, Workflow, WorkflowContentType
from wagtail.users.models import UserProfile

from archive.contrib.exchange.views import ExportForm
from archive.models import (
    ArticlePage,
    Author,
    HomePage,
    PublicationPage,
    TieEvidence,
    Translation,
)
from archive.text.language import columns
from tests.desk.helpers import Person
from tests.factories import (
    make_article,
    make_body,
    make_entity,
    make_image,
    make_tie,
    make_translator,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

# Products, formats, keys, a language's name in itself, English that is an example; file endings and
# web addresses.
ALLOWED = re.compile(
    r"Wagtail|GeoNames|Wikidata|OpenRefine|QuickStatements|OpenStreetMap|Markdown|OpenDocument"
    r"|WordPress|Word|Outlook|Natural Earth|English|Ctrl|Alt|Shift|Enter|Esc|Tab|Option|Control"
    r"|Command|Mac|Party chief|chang tan|World = |[\w.-]+\.jpg|https?://[\w./-]+(?:\[my-work\]/)?"
    r"|(?<![A-Za-z])[A-Z][A-Z0-9-]+(?![a-z])|\.[a-z0-9]+(?![A-Za-z])"
)
# Written into Wagtail's templates without gettext, and heard or hidden only.
UNTRANSLATABLE = {
    *(("aria-label", "Actions"), ("value", "Search")),
    *(("text", "True"), ("text", "False"), ("text", "None")),
}
LATIN = re.compile(r"[A-Za-z]{2,}")
SPOKEN = ("title", "aria-label", "placeholder", "alt")
SILENT = ("script", "style", "code", "kbd", "svg", "noscript")


class Seen(HTMLParser):
    """What of a page is read or heard: (where, words)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        self.silent += tag in SILENT
        self.found += [(name, given[name]) for name in SPOKEN if given.get(name)]
        if tag == "input" and given.get("type") in ("submit", "button"):
            self.found.append(("value", given.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.found.append(("text", " ".join(data.split())))


@pytest.fixture
def screens(admin_user: Any, settings: Any) -> list[str]:
    """The addresses of the main screens, with one of each thing on them, in Chinese."""
    settings.WAGTAIL_SITE_NAME = "资料库"
    admin_user.first_name, admin_user.last_name = "静", "林"
    admin_user.username = "1"
    admin_user.save()
    profile = UserProfile.get_for_user(admin_user)
    profile.preferred_language = "zh-hans"
    profile.save()
    names = {**dict.fromkeys(columns("name"), "港口报"), "title": "港口报"}
    for model in (HomePage, PublicationPage):
        model.objects.update(**names)
    Page.objects.update(draft_title="港口报")
    Page.objects.filter(depth=1).update(title="根")
    Task.objects.update(name="审校")
    Workflow.objects.update(name="审校")
    Author.objects.create(name_en="李娜", name_zh_hans="李娜")
    story = make_article("港口开航", language="zh-hans", body=make_body("第一段。"))
    story.save_revision(user=admin_user, log_action=True)
    place, other = (make_entity(f"a{n}", "湛江", "湛江", kind="place") for n in (1, 2))
    tie, image = make_tie(place, other), make_image(title="港口")
    TieEvidence.objects.update(**dict.fromkeys(columns("sentence"), "两市签约。"))
    paper, translated = PublicationPage.objects.get(), story.translations.get()
    page = [reverse(f"wagtailadmin_pages:{name}", args=[story.pk]) for name in PAGES]
    rows = ((one, one._meta.model_name) for one in (translated, place, tie))
    edits = [reverse(f"wagtailsnippets_archive_{name}:edit", args=[one.pk]) for one, name in rows]
    return [
        *page,
        *edits,
        *map(reverse, LISTS),
        reverse("wagtailadmin_explore", args=[story.get_parent().pk]),
        reverse("wagtailadmin_pages:add", args=["archive", "articlepage", paper.pk]),
        reverse("wagtailimages:edit", args=[image.pk]),
        f"/admin/bulk/archive/articlepage/edit/?id={story.pk}",
    ]


PAGES = ("edit", "history", "usage")
LISTS = (
    "wagtailadmin_home",
    "stories:index",
    "stories:choose_parent",
    "archive_import:index",
    "archive_import:new",
    "archive_first_run",
    *(f"wagtailsnippets_archive_{name}:list" for name in ("translation", "entity", "author")),
    "wagtailimages:index",
    "wagtailimages:add_multiple",
    "wagtailadmin_reports:workflow",
)


def menu_of(html: str) -> list[tuple[str, str]]:
    """The labels of the menu, which a script draws."""
    props = re.findall(r'"(?:label|text)": ?("[^"]*")', html)
    return [("menu", json.loads(label)) for label in props]


def english_of(html: str) -> set[tuple[str, str]]:
    seen = Seen()
    seen.feed(html)
    said = {*seen.found, *menu_of(html)} - UNTRANSLATABLE
    return {(where, words) for where, words in said if LATIN.search(ALLOWED.sub("", words))}


def test_the_main_screens_have_no_english(admin_client: Client, screens: list[str]) -> None:
    found: dict[str, set[tuple[str, str]]] = {}
    for path in screens:
        page = admin_client.get(path)
        assert page.status_code == 200, path
        found[path] = english_of(page.content.decode())
    assert len(screens) >= 19
    lines = [f"{path}: {one}" for path, ones in found.items() for one in sorted(ones)]
    assert not lines, "\n".join(lines)


@pytest.mark.usefixtures("screens")
@pytest.mark.parametrize("model", [ArticlePage, Translation])
def test_a_review_and_its_history_have_no_english(admin_user: Any, model: Any) -> None:
    person, thing, workflow = (
        Person(admin_user, "zh-hans"),
        model.objects.get(),
        Workflow.objects.get(),
    )
    WorkflowContentType.objects.create(
        workflow=workflow, content_type=Translation.get_content_type()
    )
    prefix = "wagtailadmin_pages" if model is ArticlePage else "wagtailsnippets_archive_translation"
    told = []

    def see(name: str, *more: Any) -> None:
        told.append(person.client.get(reverse(f"{prefix}:{name}", args=[thing.pk, *more])))

    def act(name: str, *more: Any) -> None:
        person.post(f"{prefix}:{name}", thing.pk, *more, comment="好")
        see("edit")

    def submit() -> int:
        person.edits(thing).fill("A").save("submit")
        see("edit")
        task: int = TaskState.objects.get(status="in_progress").pk
        return task

    act("workflow_action", "reject", submit())
    act("workflow_action", "approve", submit())
    act("lock")
    see("history")
    see("workflow_history")
    see("workflow_history_detail", thing.workflow_states.get().pk)
    act("unlock")
    pages = [page.content.decode() for page in told]
    assert {one for html in pages for one in english_of(html)} == set()
    assert any("林静" in html for html in pages)
    assert not any("静 林" in html for html in pages)


def test_people_are_called_as_their_own_language_writes_it() -> None:
    user = get_user_model()
    called = [("明", "陈", "陈明"), ("Evelyn", "Hart", "Evelyn Hart"), ("", "Hart", "Hart")]
    for given, family, name in called:
        assert user(first_name=given, last_name=family).get_full_name() == name


def test_the_format_of_a_file_is_a_noun() -> None:
    # Wagtail's catalogue of pictures, which goes before the archive's, has a verb for "Format".
    with translation.override("zh-hans"):
        assert str(ExportForm().fields["format"].label) == "格式"


def test_english_would_be_found() -> None:
    page = '<p title="Print date">港口 Wagtail CSV</p><input type="submit" value="Go on">'
    menu = '<script>{"label": "Settings", "text": "Ctrl"}</script><code>Not said</code>'
    found = {("title", "Print date"), ("value", "Go on"), ("menu", "Settings")}
    assert english_of(page + menu) == found
    assert not ArticlePage.objects.exists()


def test_who_may_not_open_something_is_told_so_in_their_own_language() -> None:
    li = Person(make_translator("li"), "zh-hans")
    page = li.client.get(reverse("archive_pairs:list"), follow=True).content.decode()
    assert "您无权访问此处。" in page


def test_wagtails_own_undo_is_no_confirmation() -> None:
    with translation.override("zh-hans"):
        assert translation.gettext("Undo") == "撤销"


def test_a_review_is_called_by_one_word_on_every_screen() -> None:
    with translation.override("zh-hans"):
        assert translation.gettext("Workflow history") == "审核流程历史"
        assert (
            translation.gettext("Workflow: reject task")
            == f"审核流程：{translation.gettext('Request changes')}"
        )
        assert "退回修改" in translation.gettext("Rejected at '%(task)s'. Changes requested")
        assert translation.gettext("Submit to %(workflow_name)s") == "提交至“%(workflow_name)s”"
