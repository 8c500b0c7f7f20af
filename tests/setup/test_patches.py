"""What is added to a site's URLconf, however it is written."""

from pathlib import Path

import pytest

from archive.setup.patches import patches

HEAD = "from django.urls import include, path\nfrom wagtail import urls as wagtail_urls\n"


@pytest.fixture
def urls(tmp_path: Path, settings, monkeypatch):
    """Writes a URLconf and gives the file as it would be patched, or ""."""
    monkeypatch.syspath_prepend(tmp_path)
    settings.ROOT_URLCONF = f"urls_of_{tmp_path.name}"
    path = tmp_path / f"{settings.ROOT_URLCONF}.py"

    def patched(text: str) -> str:
        path.write_text(text, encoding="utf-8", newline="")
        found = [patch for patch in patches("archive/") if patch.path == path]
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
