"""The five-minute start: from `wagtail start` to a story in both languages."""

from pathlib import Path

import pytest

from tests.sites.project import ROOT, STORY, Project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, packages: Path) -> Project:
    made = Project.start(tmp_path_factory.mktemp("site"), packages)
    made.install_archive()
    made.import_seed()
    return made


def test_it_runs_the_installed_archive_and_nothing_of_the_repository(project: Project) -> None:
    code = "import archive, sys; print(archive.__file__, *sys.path, sep='\\n')"
    module, *path = project.python_code(code).splitlines()
    assert module == str(project.packages / "archive" / "__init__.py")
    assert str(ROOT) not in path


def test_the_checks_are_silent_and_no_migration_is_missing(project: Project) -> None:
    assert "no issues" in project.manage("check", "--fail-level", "WARNING")
    assert "No changes" in project.manage("makemigrations", "--check", "--dry-run")


def test_the_settings_are_changed_by_three_lines_and_the_addresses_by_three(
    project: Project,
) -> None:
    settings = (project.folder / "mysite/settings/base.py").read_text(encoding="utf-8")
    assert settings.count("archive") == 5
    urls = (project.folder / "mysite/urls.py").read_text(encoding="utf-8")
    assert urls.count("archive") == 3


def test_a_second_setup_changes_nothing(project: Project) -> None:
    told = project.manage("archive_setup")
    assert "made" not in told
    assert told.count("already exists") == 5


def test_the_story_is_read_in_both_languages_beside_the_sites_own_pages(project: Project) -> None:
    assert project.status(
        "/", "/en/archive/", "/zh-hans/archive/", f"/en/archive/{STORY}",
        f"/zh-hans/archive/{STORY}", "/en/archive/search/?q=Zhanjiang", "/en/archive/feed/",
        "/sitemap.xml", "/oai/?verb=Identify", "/admin/login/",
    ) == [200] * 10  # fmt: skip
    assert "City builds on long history with US" in project.page(f"/en/archive/{STORY}")


def test_an_editor_finds_stories_and_the_desk_in_the_admin(project: Project) -> None:
    code = """
        from django.contrib.auth.models import User
        from archive.models import ArticlePage, HomePage
        user, _made = User.objects.get_or_create(username="boss", is_superuser=True)
        client.force_login(user)
        story, home = ArticlePage.objects.get(), HomePage.objects.get()
        paths = ["/admin/", f"/admin/pages/{story.pk}/edit/", f"/admin/pages/{home.pk}/",
                 "/admin/images/", f"/admin/pages/add/archive/articlepage/{story.get_parent().pk}/"]
        print([client.get(path).status_code for path in paths])
    """
    assert project.python_code(code).strip() == "[200, 200, 200, 200, 200]"
