"""A reader who reports an error, and people of the desk who may handle it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from archive.contrib.reader_reports import reader_form
from archive.contrib.reader_reports.models import ReaderReport
from archive.models import ArticlePage
from tests.desk.helpers import Person


def form_address(article: ArticlePage, key: str = "", view: str = "") -> str:
    query = {"story": article.pk, "segment": key, "view": view}
    return f"/en/report/?{urlencode({name: value for name, value in query.items() if value})}"


def opened_ago(article: ArticlePage, key: str, seconds: float, monkeypatch: Any) -> str:
    """What the form says that was given out so long ago."""
    with monkeypatch.context() as patched:
        now = reader_form.time.time()
        patched.setattr(reader_form.time, "time", lambda: now - seconds)
        return reader_form.opened(article.pk, key)


class Reader:
    """Anybody with a browser; `address` is where from."""

    def __init__(self, monkeypatch: Any, address: str = "192.0.2.7") -> None:
        self.client, self.monkeypatch = Client(REMOTE_ADDR=address), monkeypatch

    def reports(
        self, article: ArticlePage, key: str = "headline", *, seconds: float = 60, **data: Any
    ) -> HttpResponse:
        view = data.pop("view", "")
        token = data.pop("opened", opened_ago(article, key, seconds, self.monkeypatch))
        values = {"choice": "wrong", "text": "It says 12, not 20.", "opened": token, **data}
        return self.client.post(form_address(article, key, view), values)


def may_handle(user: User) -> Person:
    """The permission that `make_groups` gives."""
    user.user_permissions.add(Permission.objects.get(codename="change_readerreport"))
    return Person(User.objects.get(pk=user.pk))


def report_list(person: Person, query: str = "") -> Any:
    return person.client.get(
        reverse("wagtailsnippets_archive_reader_reports_readerreport:list") + query
    )


def edit_report(person: Person, report: ReaderReport, **data: Any) -> Any:
    url = report.get_edit_url()
    return person.client.post(url, data) if data else person.client.get(url)
