"""What is added to a site's settings and URLconf, however they are written."""

from pathlib import Path

import pytest

from archive.management.commands.archive_setup import wanted_apps
from archive.setup import patches as patches_module
from archive.setup.checks import check_packages
from archive.setup.patches import apps_around, patches

HEAD = "from django.urls import include, path\nfrom wagtail import urls as wagtail_urls\n"


@pytest.fixture
def urls(tmp_path: Path, settings, monkeypatch):
    """Writes a URLconf and gives the file as it would be patched, or ""."""
    monkeypatch.syspath_prepend(tmp_path)
    settings.ROOT_URLCONF = f"urls_of_{tmp_path.name}"
    path = tmp_path / f"{settings.ROOT_URLCONF}.py"

    def patched(text: str) -> str:
        path.write_text(text, encoding="utf-8", newline="")
        found = [patch for patch in patches("archive/", []) if patch.path == path]
        for patch in found:
            patch.apply()
        return path.read_bytes().decode() if found else ""

    return patched


@pytest.mark.parametrize(
    "text",
    [
        HEAD + 'urlpatterns = [\n    path("", include(wagtail_urls)),\n]\n',
        HEAD + 'urlpatterns = [path("", include(wagtail_urls))]\n',
        HEAD + 'urlpatterns = []\nurlpatterns = urlpatterns + [path("", include(wagtail_urls))]\n',
        '"""Ours."""\nfrom __future__ import annotations\n'
        + HEAD
        + '# Not archive.urls.\nurlpatterns = [\n    path("", include(wagtail_urls)),\n]\n',
    ],
)
def test_the_addresses_come_before_wagtails_and_only_once(urls, text: str) -> None:
    new = urls(text)
    found: dict = {}
    exec(compile(new, "urls", "exec"), found)
    included = [one.urlconf_name for one in found["urlpatterns"]]
    assert [getattr(one, "__name__", "") for one in included[:1]] == ["archive.site_urls"]
    assert getattr(included[-1], "__name__", "") == "wagtail.urls"
    assert new.count('include("archive.urls")') == 1
    assert urls(new) == ""


def test_the_ends_of_lines_stay(urls) -> None:
    new = urls((HEAD + 'urlpatterns = [path("", include(wagtail_urls))]\n').replace("\n", "\r\n"))
    assert new.count("\n") == new.count("\r\n")


def settings_of_a_site(folder: Path, monkeypatch, apps: list[str]) -> str:
    """The settings of a site that lacks the archive, with what is added to them."""
    monkeypatch.syspath_prepend(folder)
    module = f"settings_of_{folder.name}"
    (folder / f"{module}.py").write_text('INSTALLED_APPS = ["wagtail"]\n', encoding="utf-8")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", module)
    return patches("archive/", apps)[0].new


def test_the_apps_around_the_archive_are_found_by_their_folders():
    assert "archive.contrib.transfer" in apps_around()


def test_an_app_around_the_archive_is_named_in_the_settings_once(tmp_path, monkeypatch):
    apps = ["archive.contrib.transfer", "archive.contrib.maps"]
    text = settings_of_a_site(tmp_path, monkeypatch, apps)
    # The test's own site has the first already.
    added = [line for line in text.splitlines() if line.startswith("INSTALLED_APPS +=")]
    assert added == ['INSTALLED_APPS += ["archive.contrib.maps"]']


def test_a_site_may_have_the_archive_alone(tmp_path, monkeypatch):
    assert "archive.contrib" not in settings_of_a_site(tmp_path, monkeypatch, [])


def test_an_app_brings_what_it_builds_on() -> None:
    named = {"core": False, "app": ["transfer"]}
    assert wanted_apps(named) == ["archive.contrib.intake", "archive.contrib.transfer"]
    assert wanted_apps({"core": False, "app": None}) == apps_around()
    assert wanted_apps({"core": True, "app": None}) == []


def test_an_app_whose_package_is_missing_is_left_out_unless_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = patches_module.find_spec
    monkeypatch.setattr(
        patches_module, "find_spec", lambda name: None if name == "mcp" else there(name)
    )
    mcp = "archive.contrib.mcp"
    assert wanted_apps({"core": False, "app": None}) == [
        name for name in apps_around() if name != mcp
    ]
    assert mcp in wanted_apps({"core": False, "app": ["mcp"]})
    (error,) = check_packages()
    assert error.id == "archive.E077"
    assert "[mcp]" in str(error.hint)
