"""The examples of `docs/extending.md`, each at work in a site."""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail import hooks

from archive.contrib.machinery.drafts import fill_untouched
from archive.contrib.machinery.engines import get_engine
from archive.models import ArticlePage, Tie
from archive.site.permalinks import short_id
from archive.text.language import CHINESE, ENGLISH
from tests.desk.helpers import again, translation_of
from tests.factories import (
    make_article,
    make_body,
    make_entity,
    make_home,
    make_publication,
    make_tie,
    make_translator,
)
from tests.qa.cases import ids
from tests.site.reading import opened, opened_at, words

PAGE = Path(__file__).resolve().parents[1] / "docs" / "extending.md"
BLOCKS = re.findall(r"```python\n# (\S+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
# What is added to one file in two places stands in it together.
MODULES = {
    name: "".join(code for other, code in BLOCKS if other == name)
    for name, _code in BLOCKS
    if name.startswith("mysite/")
}

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def site(
    settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """`site("styles")`: the example's module can be imported, and its settings are the site's."""
    folder = tmp_path_factory.mktemp("site")
    monkeypatch.syspath_prepend(folder)

    # What an example registers is gone after the test.
    hooks.search_for_hooks()
    monkeypatch.setattr(hooks, "_hooks", {name: [*kept] for name, kept in hooks._hooks.items()})

    def use(name: str) -> None:
        path = folder / "mysite" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(MODULES[f"mysite/{name}.py"], encoding="utf-8")
        for values in (namespace(code) for _file, code in BLOCKS if f"mysite.{name}." in code):
            for setting, value in values.items():
                setattr(settings, setting, value)
        assert [error for error in run_checks() if "ARCHIVE_" in str(error.msg)] == []
        if name == "wagtail_hooks":
            import_module("mysite.wagtail_hooks")

    yield use
    for name in [one for one in sys.modules if one.partition(".")[0] == "mysite"]:
        del sys.modules[name]


def namespace(code: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    exec(code, made)
    return {name: value for name, value in made.items() if name.startswith("ARCHIVE_")}


@pytest.mark.parametrize("name", MODULES)
def test_an_example_is_short(name: str) -> None:
    assert len([line for line in MODULES[name].splitlines() if line.strip()]) <= 20


def test_a_sites_format_is_imported(site: Any, tmp_path: Path) -> None:
    for name in ("formats", "checks", "wagtail_hooks"):
        site(name)
    make_publication()
    text = "HEADLINE: Ports open\n2015-09-22\nShips came.\n"
    (tmp_path / "a.wire").write_text(text, encoding="utf-8")
    call_command("import_articles", str(tmp_path), verbosity=0)
    story = ArticlePage.objects.get()
    assert story.headline_en == "Ports open"
    assert "Ships came." in str(story.body_en)


def test_a_sites_check_finds_something(site: Any) -> None:
    assert "no-shouting" not in ids("Come.", "来！")
    for name in ("formats", "checks", "wagtail_hooks"):
        site(name)
    assert "no-shouting" in ids("Come.", "来！")


def test_a_sites_machine_drafts(site: Any) -> None:
    site("machines")
    translation = translation_of(make_article("The port", body=make_body("The port")))
    fill_untouched(translation, get_engine(), user=make_translator())
    assert "港口" in str(again(translation).latest_revision.content)


def test_a_sites_engine_answers_a_search(
    site: Any, django_capture_on_commit_callbacks: Any
) -> None:
    site("engines")
    with django_capture_on_commit_callbacks(execute=True):
        make_article("Ports open")
        make_article("Nothing new")
    found = opened_at("/en/search/?q=ports")
    assert [" ".join(one.text.split()) for one in found.select("h2 a, h3 a")] == ["Ports open"]


def test_a_sites_style_cites_and_says_when_it_cannot(site: Any) -> None:
    site("styles")
    story = make_article("Ports open", print_page="17")
    cited = words(opened_at(f"/en/cite/{short_id(story.pk)}/"), "#harvard-text")
    assert cited.startswith("China Daily (2015) ‘Ports open’, China Daily, 22 September, p. 17.")
    ArticlePage.objects.update(print_date=None)
    page = opened_at(f"/en/cite/{short_id(story.pk)}/")
    assert [one["id"] for one in page.select(".cite-text")] == ["gb-t-7714-text", "address-text"]


def test_a_sites_template_fills_a_new_story(site: Any, admin_client: Client) -> None:
    site("story_templates")
    paper = make_publication()
    page = admin_client.get("/admin/stories/choose_parent/").content.decode()
    assert "A portrait, a life in paragraphs, and dates in a box." in page
    posted = {"template": "obituary", "publication": paper.pk, "language": "zh-hans"}
    form = admin_client.post("/admin/stories/choose_parent/", posted, follow=True).context["form"]
    assert (form.instance.kind, form.instance.source_language) == ("obituary", "zh-hans")
    blocks = [block.block_type for block in form.instance.body_zh_hans]
    assert blocks == ["image", "paragraph", "fact_box"]


def test_a_sites_own_changes_are_undone(site: Any, admin_client: Client, admin_user: Any) -> None:
    site("tie_status")
    place = make_entity()
    tie = make_tie(place, make_entity("hai-duong", "Hải Dương", "海阳"), status="active")
    entry = import_module("mysite.tie_status").set_status(place, "ended", user=admin_user)
    assert Tie.objects.get().status == "ended"
    address = reverse("archive_journal:undo", args=[entry.pk])
    assert "Status of ties" in admin_client.get(address).content.decode()
    page = admin_client.post(address, follow=True).content.decode()
    assert "1 change was reverted" in page
    assert Tie.objects.get() == tie
    assert Tie.objects.get().status == "active"


def test_a_sites_kinds_are_those_of_the_example(settings: Any) -> None:
    [values] = [namespace(code) for _file, code in BLOCKS if "NAME_KINDS" in code]
    assert values == {name: getattr(settings, name) for name in values}


def test_a_sites_kind_of_name_is_shown_in_both_languages() -> None:
    make_home()
    ship = make_entity("haizhi", "Haizhi", "海之号", kind="ship")
    assert "Ship" in words(opened_at("/en/entities/haizhi/"), ".kicker")
    assert "船舶" in words(opened_at("/zh-hans/entities/haizhi/"), ".kicker")
    assert "海之号" in opened_at("/zh-hans/entities/?kind=ship").get_text()
    assert words(opened_at("/zh-hans/browse/ship/"), "h1") == "船舶"
    ship.full_clean()


def test_a_sites_kind_of_tie_is_shown_in_both_languages() -> None:
    make_home()
    tie = make_tie(make_entity(), make_entity("hai-duong", "Hải Dương", "海阳"), "sister_school")
    tie.full_clean()
    assert "友好学校" in opened_at("/zh-hans/ties/").get_text()
    with override(CHINESE):
        assert Tie.objects.get().get_kind_display() == "友好学校"


def test_a_sites_kind_of_story_is_shown_in_both_languages() -> None:
    story = make_article("He built the port", kind="obituary")
    assert words(opened(story, ENGLISH), ".story-head .kicker").endswith("Obituary")
    assert words(opened(story, CHINESE), ".story-head .kicker").endswith("讣告")
    assert re.search('"genre": ?"Obituary"', str(opened(story, ENGLISH)))


@pytest.mark.parametrize(
    "kinds",
    [
        {"Visit!": {"en": "Visit", "zh-hans": "访问"}},
        {"school": {"en": "School"}},
        {"visit": {"en": "Another visit", "zh-hans": "另一种访问"}},
    ],
)
def test_a_kind_that_cannot_be_is_an_error(settings: Any, kinds: Any) -> None:
    settings.ARCHIVE_TIE_KINDS = kinds
    found = [str(one.id) for one in run_checks()]
    assert [one for one in found if one.startswith("archive.E")] == ["archive.E008"]


def test_readers_are_not_told_of_a_kind_that_nobody_chose() -> None:
    kicker = words(opened(make_article("Ports open"), ENGLISH), ".story-head .kicker")
    assert kicker == "China Daily"
    assert Client().get("/en/browse/nothing/").status_code == 404
