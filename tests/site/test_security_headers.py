"""Every answer tells browsers what its page may load and do, also one from a cache."""

import importlib
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from archive.checks import check_content_security, check_security_headers
from archive.site.security_headers import ENFORCED, REPORTED, SecurityHeadersMiddleware
from archive.text.language import ENGLISH
from tests.factories import make_article, make_home
from tests.site.reading import address

SENT = (ENFORCED, "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options")


def sent(request: Any, **headers: str) -> Any:
    """The headers of a page that the middleware passes on."""
    return SecurityHeadersMiddleware(lambda _: HttpResponse(headers=headers))(request)


def directives(request: Any) -> dict[str, str]:
    parts = sent(request)[ENFORCED].split("; ")
    return dict(part.split(" ", 1) for part in parts)


@pytest.mark.django_db
@pytest.mark.parametrize("everywhere", [True, False])
def test_kept_pages_and_those_that_the_reader_has_carry_them(
    everywhere: bool, settings: Any
) -> None:
    settings.ARCHIVE_CACHE_PAGES = True
    settings.ARCHIVE_CSP_EVERYWHERE = everywhere
    cache.clear()
    path = address(make_article(), ENGLISH)
    new, kept = Client().get(path), Client().get(path)
    known = Client().get(path, headers={"If-None-Match": new["ETag"]})
    assert known.status_code == 304
    for answer in (kept, known):
        assert [answer[name] for name in SENT] == [new[name] for name in SENT]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/nowhere/", "/admin/login/", "/service-worker.js"])
def test_no_answer_lets_scripts_stand_in_the_page(path: str) -> None:
    make_home()
    assert "script-src 'self';" in Client().get(path)[ENFORCED]


def test_servers_that_the_settings_name_are_allowed(rf: Any, settings: Any) -> None:
    settings.MEDIA_URL = "https://media.example/files/"
    settings.STATIC_URL = "//static.example/"
    settings.ARCHIVE_EMBED_HOSTS = ["player.example"]
    settings.ARCHIVE_CSP_SOURCES = {"connect-src": ["https://count.example"]}
    found = directives(rf.get("/"))
    media, static = "https://media.example", "https://static.example"
    assert found["img-src"] == f"'self' data: {static} {media}"
    assert found["script-src"] == f"'self' {static}"
    assert found["frame-src"] == "'self' https://player.example"
    assert found["connect-src"] == f"'self' {static} https://count.example"


def test_a_view_s_own_header_stays(rf: Any) -> None:
    assert sent(rf.get("/"), **{ENFORCED: "sandbox"})[ENFORCED] == "sandbox"


def test_a_policy_on_trial_is_only_reported(rf: Any, settings: Any) -> None:
    settings.ARCHIVE_CSP_REPORT_ONLY = True
    answer = sent(rf.get("/"))
    assert "script-src 'self'" in answer[REPORTED]
    assert ENFORCED not in answer


def test_only_who_has_logged_in_gets_the_admin_s_policy(rf: Any, admin_user: Any) -> None:
    request = rf.get("/admin/pages/")
    request.COOKIES["sessionid"] = "of the test"
    assert "unsafe-inline" not in sent(request)[ENFORCED]
    request.user = admin_user
    assert "'unsafe-inline'" in directives(request)["script-src"]
    request.path = "/en/"
    assert "unsafe-inline" not in sent(request)[ENFORCED]


@pytest.mark.parametrize(
    ("name", "value", "id_"),
    [
        ("EMBED_HOSTS", ["https://player.example"], "archive.E090"),
        ("EMBED_HOSTS", "player.example", "archive.E090"),
        ("CSP_SOURCES", {"img-src": "https://pictures.example"}, "archive.E091"),
        ("CSP_SOURCES", {"img-src": ["x; script-src *"]}, "archive.E091"),
        ("CSP_SOURCES", ["https://pictures.example"], "archive.E091"),
    ],
)
def test_what_is_no_source_is_a_system_check(
    settings: Any, name: str, value: Any, id_: str
) -> None:
    assert check_content_security(None) == []
    setattr(settings, f"ARCHIVE_{name}", value)
    assert [error.id for error in check_content_security(None)] == [id_]


def test_a_site_that_sends_no_policy_is_told_so_before_it_goes_live(settings: Any) -> None:
    assert check_security_headers(None) == []
    settings.MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]
    assert [warning.id for warning in check_security_headers(None)] == ["archive.W092"]


def test_a_server_of_the_newsroom_promises_https_for_an_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_KEY", "of the test")
    production = importlib.import_module("newsroom.settings.production")
    assert production.SECURE_HSTS_SECONDS == 3600
    assert not production.SECURE_HSTS_PRELOAD
    assert not production.SECURE_HSTS_INCLUDE_SUBDOMAINS
    assert production.FORCE_SCRIPT_NAME == ""


@pytest.mark.django_db
def test_pages_of_the_sites_own_are_left_alone_unless_it_wants_them(rf: Any, settings: Any) -> None:
    make_home()
    own = rf.get("/about-us/")
    assert ENFORCED in sent(own)
    settings.ARCHIVE_CSP_EVERYWHERE = False
    assert ENFORCED not in sent(own)
    for path in ("/en/", "/en/nowhere/", "/admin/login/", "/en/_util/login/", "/robots.txt"):
        assert ENFORCED in Client().get(path), path


@pytest.mark.django_db
@pytest.mark.parametrize("guarded", ["page", "collection"])
def test_who_is_asked_for_a_password_again_gets_the_policy(guarded: str, settings: Any) -> None:
    settings.ARCHIVE_CSP_EVERYWHERE = False
    password = {"restriction_type": "password", "password": "pass"}
    if guarded == "page":
        page = PageViewRestriction.objects.create(page=make_article(), **password)
        path = f"/en/_util/authenticate_with_password/{page.pk}/{page.page_id}/"
    else:
        collection = Collection.get_first_root_node()
        kept = CollectionViewRestriction.objects.create(collection=collection, **password)
        path = f"/documents/authenticate_with_password/{kept.pk}/"
    again = Client().post(path, {"password": "wrong", "return_url": "/en/"})
    assert (again.status_code, ENFORCED in again) == (200, True)
