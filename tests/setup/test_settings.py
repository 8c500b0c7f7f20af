"""The settings that a site imports, and the checks of what it has made of them."""

from typing import Any

import pytest
from django.conf import settings as of_site

from archive.setup.checks import (
    check_addresses,
    check_apps,
    check_middleware,
    check_values,
    setup_problems,
)
from archive.setup.patches import kept_values
from archive.setup.settings import (
    MIDDLEWARE_PLACES,
    VALUES,
    with_archive_apps,
    with_archive_middleware,
)

# As `wagtail start` writes them.
APPS = [
    *("home", "search", "wagtail.contrib.forms", "wagtail.contrib.redirects", "wagtail.embeds"),
    *("wagtail.sites", "wagtail.users", "wagtail.snippets", "wagtail.documents", "wagtail.images"),
    *("wagtail.search", "wagtail.admin", "wagtail", "modelcluster", "taggit", "django_filters"),
    *("django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes"),
    *("django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles"),
]
_DJANGO = "django.middleware"
MIDDLEWARE = [
    f"{_DJANGO}.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    f"{_DJANGO}.common.CommonMiddleware",
    f"{_DJANGO}.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    f"{_DJANGO}.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]


def test_a_sites_own_apps_come_before_the_archive_and_the_admins_after() -> None:
    apps = with_archive_apps(APPS)
    assert apps[:2] == ["home", "search"]
    assert apps.index("archive") == 2
    assert apps.index("modeltranslation") < apps.index("django.contrib.admin")
    assert set(APPS) < set(apps)


def test_middleware_stands_where_it_works_and_stays_so() -> None:
    middleware = with_archive_middleware(MIDDLEWARE)
    assert not any(entry.problem(middleware) for entry in MIDDLEWARE_PLACES)
    assert [one for one in middleware if one in MIDDLEWARE] == MIDDLEWARE
    assert with_archive_middleware(middleware) == middleware


def test_misplaced_middleware_is_moved() -> None:
    withdrawn = "archive.site.withdrawn.WithdrawnMiddleware"
    middleware = with_archive_middleware([*MIDDLEWARE, withdrawn])
    assert middleware.index(withdrawn) == middleware.index(MIDDLEWARE[-1]) - 1


def test_the_reference_site_has_no_problem() -> None:
    assert setup_problems() == []


@pytest.mark.parametrize(
    "entry", [one for one in MIDDLEWARE_PLACES if not one.is_optional], ids=lambda entry: entry.name
)
def test_missing_middleware_is_an_error_with_its_name(entry, settings) -> None:
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != entry.name]
    (error,) = check_middleware()
    assert (error.id, entry.name in error.msg) == ("archive.E081", True)
    assert "with_archive_middleware" in error.hint


def test_misplaced_middleware_is_an_error_that_says_where(settings) -> None:
    settings.MIDDLEWARE = sorted(settings.MIDDLEWARE, key="ReaderCache".__add__)
    assert any("must stand" in error.msg for error in check_middleware())


def test_apps_in_the_wrong_order_are_an_error(monkeypatch) -> None:
    from django.apps import apps

    configs = sorted(apps.get_app_configs(), key=lambda config: config.name == "archive")
    monkeypatch.setattr(apps, "get_app_configs", lambda: configs)
    (error,) = check_apps()
    assert error.id == "archive.E080"
    assert "archive (the archive) must stand before" in error.msg


@pytest.mark.urls("wagtail.admin.urls")
def test_a_urlconf_without_the_archive_is_told_of_both_includes() -> None:
    assert [error.id for error in check_addresses()] == ["archive.E082"] * 2
    assert "archive.urls" in check_addresses()[0].msg
    assert "archive.site_urls" in check_addresses()[1].msg


@pytest.mark.parametrize(
    ("name", "value", "id_"),
    [
        ("USE_I18N", False, "archive.E083"),
        ("LANGUAGE_CODE", "de", "archive.E083"),
        ("MODELTRANSLATION_CUSTOM_FIELDS", (), "archive.E083"),
        ("MODELTRANSLATION_FALLBACK_LANGUAGES", (), "archive.E083"),
        ("WAGTAILSEARCH_BACKENDS", {}, "archive.E084"),
        ("WAGTAIL_ALLOW_UNICODE_SLUGS", True, "archive.W085"),
    ],
)
def test_a_wrong_value_is_named_with_the_right_one(name, value, id_, settings) -> None:
    setattr(settings, name, value)
    (found,) = check_values()
    assert found.id == id_
    assert name in f"{found.msg} {found.hint}"
    setattr(settings, name, VALUES[name])
    assert check_values() == []


def test_a_site_in_two_other_languages_keeps_them(settings: Any) -> None:
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]
    settings.MODELTRANSLATION_LANGUAGES = ("en", "fr")
    del settings.MODELTRANSLATION_DEFAULT_LANGUAGE, settings.MODELTRANSLATION_FALLBACK_LANGUAGES
    kept = dict(kept_values())
    assert kept["LANGUAGES"] == settings.LANGUAGES
    assert kept["MODELTRANSLATION_LANGUAGES"] == ("en", "fr")
    assert kept["MODELTRANSLATION_DEFAULT_LANGUAGE"] == "en"
    assert kept["MODELTRANSLATION_FALLBACK_LANGUAGES"] == ("en", "fr")


def test_what_a_site_has_set_is_kept_as_far_as_the_archive_can_live_with_it(
    settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]
    settings.LANGUAGE_CODE = "fr"
    settings.MODELTRANSLATION_CUSTOM_FIELDS = ("OwnField",)
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "own.backend"}}
    # Unheard: Wagtail 7.4 answers that setting's change with a policy of its own for pictures.
    monkeypatch.setattr(of_site, "WAGTAILIMAGES_IMAGE_MODEL", "wagtailimages.Image")
    kept = dict(kept_values())
    assert kept["LANGUAGES"] == [*settings.LANGUAGES, ("zh-hans", "简体中文")]
    assert kept["MODELTRANSLATION_CUSTOM_FIELDS"] == ("OwnField", "StreamField", "BodyField")
    assert kept["WAGTAILSEARCH_BACKENDS"] == settings.WAGTAILSEARCH_BACKENDS
    assert kept["LANGUAGE_CODE"] == "fr"
    assert "WAGTAILIMAGES_IMAGE_MODEL" not in kept
