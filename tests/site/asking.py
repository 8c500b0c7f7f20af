"""An independent harvester (Sickle) and sitemaps' readers, put on Django's own test client."""

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import requests
from django.test import Client
from sickle import Sickle

from archive.models import ArticlePage, HarvestRecord

OAI = "{http://www.openarchives.org/OAI/2.0/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class InProcess(Sickle):
    """Asks the views without a network between."""

    def __init__(self, http_method: str = "GET") -> None:
        super().__init__("http://localhost/oai/", http_method=http_method)

    def _request(self, kwargs: dict[str, Any]) -> requests.Response:
        client = Client()
        send = client.get if self.http_method == "GET" else client.post
        got = send("/oai/", kwargs)
        answer = requests.Response()
        answer.status_code, answer._content = got.status_code, got.content
        answer.headers.update(got.headers)
        answer.encoding = "utf-8"
        return answer


def answered(path: str, status: int = 200) -> ElementTree.Element:
    """The document at an address, streamed or not."""
    response = Client().get(path)
    assert response.status_code == status
    return ElementTree.fromstring(response.getvalue())


def locations(path: str) -> list[str]:
    """The paths of the addresses that a sitemap lists."""
    found = answered(path).iter(f"{SITEMAP}loc")
    return [str(one.text).removeprefix("http://localhost") for one in found]


def record(story: ArticlePage) -> HarvestRecord:
    return HarvestRecord.objects.get(pk=story.pk)


def make_old() -> None:
    """As if nothing had changed for years."""
    HarvestRecord.objects.update(datestamp=LONG_AGO)


def has_moved(story: ArticlePage) -> bool:
    return record(story).datestamp > LONG_AGO
