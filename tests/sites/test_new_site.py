"""The five-minute start: from `wagtail start` to a story in both languages."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sites.project import ROOT, STORY, Project

pytestmark = pytest.mark.exhaustive
PUBLIC = (
    "/", "/en/archive/", "/zh-hans/archive/", f"/en/archive/{STORY}",
    f"/zh-hans/archive/{STORY}", "/en/archive/search/?q=Zhanjiang", "/en/archive/feed/",
    "/sitemap.xml", "/admin/login/",
)  # fmt: skip
# Of apps around the archive.
AROUND = ("/oai/?verb=Identify",)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, packages: Path) -> Project:
    made = Project.start(tmp_path_factory.mktemp("site"), packages)
    made.install_archive()
    made.import_seed()
    return made


@pytest.fixture(scope="module")
def told(project: Project) -> dict[str, Any]:
    """What the site answers, all by one process: to start each takes seconds."""
    code = f"""
        import io, json, sys, archive
        from django.contrib.auth.models import User
        from django.core.management import call_command
        from archive.models import ArticlePage, HomePage

        def said(*words):
            out = io.StringIO()
            call_command(*words, stdout=out, stderr=out)
            return out.getvalue()

        told = dict(
            module=archive.__file__,
            path=sys.path,
            check=said("check", "--fail-level", "WARNING"),
            migrations=said("makemigrations", "--check", "--dry-run"),
            setup=said("archive_setup"),
            public=[client.get(path).status_code for path in {PUBLIC + AROUND!r}],
            page=client.get("/en/archive/{STORY}").content.decode(),
        )
        user, _made = User.objects.get_or_create(username="boss", is_superuser=True)
        client.force_login(user)
        story, home = ArticlePage.objects.get(), HomePage.objects.get()
        issue = story.get_parent()
        paths = ["/admin/", f"/admin/pages/{{story.pk}}/edit/", f"/admin/pages/{{home.pk}}/",
                 "/admin/images/", f"/admin/pages/add/archive/articlepage/{{issue.pk}}/"]
        told["admin"] = [client.get(path).status_code for path in paths]
        print("\\n" + json.dumps(told))
    """
    answers: dict[str, Any] = json.loads(project.python_code(code).splitlines()[-1])
    return answers


def test_it_runs_the_installed_archive_and_nothing_of_the_repository(
    project: Project, told: dict[str, Any]
) -> None:
    assert told["module"] == str(project.packages / "archive" / "__init__.py")
    assert str(ROOT) not in told["path"]


def test_the_checks_are_silent_and_no_migration_is_missing(told: dict[str, Any]) -> None:
    assert "no issues" in told["check"]
    assert "No changes" in told["migrations"]


def test_the_settings_are_changed_by_a_few_lines_and_the_addresses_by_three(
    project: Project,
) -> None:
    settings = (project.folder / "mysite/settings/base.py").read_text(encoding="utf-8")
    around = settings.count('INSTALLED_APPS += ["archive.contrib.')
    assert around
    assert settings.count("archive") - around == 5
    urls = (project.folder / "mysite/urls.py").read_text(encoding="utf-8")
    assert urls.count("archive") == 3


def test_a_second_setup_changes_nothing(told: dict[str, Any]) -> None:
    assert "made" not in told["setup"]
    assert told["setup"].count("already exists") == 6


def test_the_story_is_read_in_both_languages_beside_the_sites_own_pages(
    told: dict[str, Any],
) -> None:
    assert told["public"] == [200] * len(PUBLIC + AROUND)
    assert "City builds on long history with US" in told["page"]


def test_an_editor_finds_stories_and_the_desk_in_the_admin(told: dict[str, Any]) -> None:
    assert told["admin"] == [200] * 5
