"""Who guesses passwords or searches too often must wait; nobody else has to."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.test import Client
from django.urls import path
from wagtail.models import PageViewRestriction

from archive.models import Attempt
from archive.site import limits, throttles
from archive.site.limits import Limit, client_of
from archive.text.language import ENGLISH
from newsroom.urls import urlpatterns as newsroom_urls
from tests.factories import make_article
from tests.site.reading import address

pytestmark = pytest.mark.django_db


class DjangoAdmin(AdminSite):
    """Django's admin, whose own templates and tables aren't installed here."""

    login_template = "wagtailcore/login.html"

    def get_log_entries(self, request: Any) -> list[Any]:
        return []


urlpatterns = [path("django-admin/", DjangoAdmin().urls), *newsroom_urls]


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test isn't at the end of the stretch in which attempts are counted."""
    monkeypatch.setattr(limits, "_now", lambda: 1_800_000_060.0)


def limit(monkeypatch: pytest.MonkeyPatch, name: str, most: int) -> None:
    monkeypatch.setattr(throttles, name, replace(getattr(throttles, name), most=most))


def log_in(
    name: str,
    password: str = "wrong",
    where: str = "192.0.2.1",
    door: str = "/admin/login/",
    **headers: str,
) -> Any:
    data = {"username": name, "password": password}
    return Client(REMOTE_ADDR=where).post(door, data, headers=headers)


def test_guesses_at_an_account_must_wait(admin_user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    limit(monkeypatch, "LOGIN", 2)
    answers = [log_in("admin") for _time in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "540"
    # The right password isn't looked at either, and the name stays in the form.
    late = log_in("ADMIN", "password")
    assert late.status_code == 429
    page = late.content.decode()
    assert "There were too many attempts. Please try again in 9 minutes." in page
    assert 'value="ADMIN"' in page
    assert "sessionid" not in late.cookies


@pytest.mark.parametrize("spelling", ["ａｄｍｉｎ", " ＡＤＭＩＮ"])
def test_another_spelling_of_the_name_is_the_same_account(
    admin_user: User, spelling: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, "LOGIN", 1)
    log_in("admin")
    assert log_in(spelling, "password").status_code == 429


@pytest.mark.urls(__name__)
def test_guesses_at_the_login_of_djangos_admin_must_wait(
    admin_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, "LOGIN", 1)
    door = "/django-admin/login/"
    assert [log_in("admin", "password", door=door).status_code for _time in range(2)] == [302] * 2
    assert [log_in("admin", door=door).status_code for _time in range(2)] == [200, 429]
    late = log_in("admin", "password", door=door)
    assert (late.status_code, late["Retry-After"]) == (429, "540")
    assert "Please try again in 9 minutes." in late.content.decode()
    # Guesses there and at Wagtail's login count together.
    assert log_in("admin", "password").status_code == 429


def test_the_form_says_so_in_chinese(admin_user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    limit(monkeypatch, "LOGIN", 0)
    page = log_in("admin", accept_language="zh-CN").content.decode()
    assert "尝试次数过多。请在9分钟后再试。" in page


def test_others_at_other_addresses_log_in_meanwhile(
    admin_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, "LOGIN", 1)
    for _time in range(3):
        log_in("admin")
    assert log_in("admin", "password", where="192.0.2.2").status_code == 302


def test_one_client_tries_so_many_accounts(
    admin_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, "LOGIN_CLIENT", 2)
    answers = [log_in(f"user{number}").status_code for number in range(3)]
    assert answers == [200, 200, 429]
    assert log_in("admin", "password", where="192.0.2.2").status_code == 302


def test_a_newsroom_behind_one_address_logs_in_all_morning(
    admin_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGIN", "LOGIN_ACCOUNT", "LOGIN_CLIENT"):
        limit(monkeypatch, name, 1)
    assert [log_in("admin", "password").status_code for _time in range(4)] == [302] * 4


def test_an_account_is_guarded_where_nobody_can_tell_clients_apart(
    admin_user: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # One client's few guesses at an account aren't everybody's, who could lock its owner out.
    limit(monkeypatch, "LOGIN", 1)
    limit(monkeypatch, "LOGIN_ACCOUNT", 2)
    limit(monkeypatch, "LOGIN_CLIENT", 1)
    assert [log_in("admin").status_code for _time in range(3)] == [200, 200, 429]
    assert log_in("somebody else").status_code == 200


def test_the_database_keeps_neither_names_nor_addresses(admin_user: User) -> None:
    log_in("admin")
    kept = " ".join(map(str, Attempt.objects.values_list()))
    assert kept
    assert "admin" not in kept
    assert "192.0.2" not in kept


def test_guesses_at_a_pages_password_must_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    story, other = make_article("Ships"), make_article("Quays")
    guarded = [
        PageViewRestriction.objects.create(page=one, restriction_type="password", password="pass")
        for one in (story, other)
    ]
    limit(monkeypatch, "PASSWORD", 1)

    def guess(number: int, password: str) -> Any:
        one = guarded[number]
        path = f"/en/_util/authenticate_with_password/{one.pk}/{one.page_id}/"
        back = {"password": password, "return_url": address(story, ENGLISH)}
        return Client(REMOTE_ADDR="192.0.2.1").post(path, back)

    assert [guess(0, "wrong").status_code for _time in range(2)] == [200, 429]
    late = guess(0, "pass")
    assert (late.status_code, late["Retry-After"]) == (429, "540")
    assert "Please try again in 9 minutes." in late.content.decode()
    assert [guess(1, "pass").status_code for _time in range(3)] == [302] * 3


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/en/search/?q=ships", 1),
        ("/zh-hans/search/?q=ships&format=json", 1),
        ("/en/search/suggest/?q=ships", throttles.SUGGESTIONS_PER_SEARCH),
    ],
)
def test_a_client_searches_so_often(path: str, most: int, settings: Any) -> None:
    settings.ARCHIVE_SEARCHES_PER_MINUTE = 1
    one, other = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="2001:db8::1")
    assert [one.get(path).status_code for _time in range(most)] == [200] * most
    refused = one.get(path)
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert refused["Cache-Control"] == "no-store"
    assert other.get(path).status_code == 200
    settings.ARCHIVE_SEARCHES_PER_MINUTE = 0
    assert one.get(path).status_code == 200


def test_no_reader_is_told_to_wait_for_the_searches_of_others_behind_a_proxy(settings: Any) -> None:
    settings.ARCHIVE_SEARCHES_PER_MINUTE = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answers = [Client().get("/en/search/?q=ships").status_code for _time in range(3)]
    assert answers == [200] * 3


def test_attempts_count_again_after_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    guarded = Limit("test", 1, 600)
    assert [guarded.count("me") for _time in range(2)] == [0, 540]
    monkeypatch.setattr(limits, "_now", lambda: 1_800_000_600.0)
    assert guarded.count("me") == 0


def test_old_rows_are_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ONE_IN", 1)
    monkeypatch.setattr(limits, "_now", lambda: 1_000.0)
    Limit("test", 1, 600).count("me")
    Limit("test", 1, 600).count("another")
    assert Attempt.objects.count() == 1


HEADER = "X-Forwarded-For"


@pytest.mark.parametrize(
    ("header", "proxies", "one", "same"),
    [
        ("", 1, {HEADER: "203.0.113.1"}, {HEADER: "203.0.113.2"}),
        (HEADER, 1, {HEADER: "1.2.3.4, 203.0.113.1"}, {HEADER: "5.6.7.8, 203.0.113.1"}),
        (HEADER, 1, {HEADER: "203.0.113.1:4711"}, {HEADER: "203.0.113.1:4712"}),
        (HEADER, 1, {HEADER: "[2001:db8::1]:4711"}, {HEADER: "2001:db8::ffff"}),
        (HEADER, 2, {HEADER: "1.2.3.4, 203.0.113.1, 10.0.0.1"}, {HEADER: "203.0.113.1, 10.0.0.1"}),
        (HEADER, 3, {HEADER: "203.0.113.1, 10.0.0.1"}, {HEADER: "203.0.113.1"}),
    ],
)
def test_a_client_cannot_make_itself_another(
    rf: Any, settings: Any, header: str, proxies: int, one: Any, same: Any
) -> None:
    settings.ARCHIVE_CLIENT_ADDRESS_HEADER, settings.ARCHIVE_TRUSTED_PROXIES = header, proxies
    first, second = (client_of(rf.get("/", headers=headers)) for headers in (one, same))
    assert first == second
    assert first != client_of(rf.get("/", REMOTE_ADDR="198.51.100.9"))
    assert "203.0.113" not in first


def test_a_household_is_one_client(rf: Any) -> None:
    one, same = (client_of(rf.get("/", REMOTE_ADDR=f"2001:db8::{n}")) for n in (1, "ffff"))
    assert one == same


def ask_for_a_password(email: str = "admin@example.com", where: str = "192.0.2.1") -> Any:
    return Client(REMOTE_ADDR=where).post("/admin/password_reset/", {"email": email})


def test_mails_to_set_a_password_must_wait(
    admin_user: User, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[Any]
) -> None:
    limit(monkeypatch, "RESET", 2)
    answers = [ask_for_a_password() for _time in range(3)]
    assert [one.status_code for one in answers] == [302, 302, 429]
    assert len(mailoutbox) == 2
    page = answers[2].content.decode()
    assert "There were too many attempts. Please try again in 59 minutes." in page
    assert 'value="admin@example.com"' in page
    # Who is meant isn't told: an address that nobody has waits as long.
    assert [ask_for_a_password("x@example.com").status_code for _time in range(3)][-1] == 429


def test_one_client_asks_for_so_many_passwords(
    admin_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, "RESET_CLIENT", 2)
    answers = [ask_for_a_password(f"{number}@example.com").status_code for number in range(3)]
    assert answers == [302, 302, 429]
    assert ask_for_a_password(where="192.0.2.2").status_code == 302
