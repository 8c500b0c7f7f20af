"""The screens that an editor waits for, by the same names in both sites."""

from abc import ABC, abstractmethod
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive.text.language import LANGUAGES, column

# As many rows as Wagtail's list of pages shows.
NAMES = 50
WORD = "Zhanjiang"


class Admin(ABC):
    """A built site, open to somebody who may do all."""

    def __init__(self, site: Any) -> None:
        self.site = site
        self.client = Client(SERVER_NAME="127.0.0.1")

    def build(self) -> dict[str, str]:
        self.client.force_login(User.objects.create_superuser("admin", "admin@example.org"))
        for number in range(NAMES):
            self.add_name(f"Name {number}")
        return {
            "story form": reverse("wagtailadmin_pages:edit", args=[self.site.seed.pk]),
            "new story": self.new_story(),
            "list of stories": self.list_of_stories(),
            "names": self.list_of_names(),
            "search": f"{reverse('wagtailadmin_pages:search')}?q={WORD}",
            "home": reverse("wagtailadmin_home"),
        }

    def open(self, path: str) -> int:
        """Gives the bytes of the page."""
        response = self.client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answers {response.status_code}")
        return len(response.content)

    @abstractmethod
    def add_name(self, name: str) -> None: ...

    @abstractmethod
    def new_story(self) -> str: ...

    @abstractmethod
    def list_of_stories(self) -> str: ...

    @abstractmethod
    def list_of_names(self) -> str: ...


class OurAdmin(Admin):
    def add_name(self, name: str) -> None:
        from archive.entities.models import Entity

        names = dict.fromkeys((column("name", language) for language in LANGUAGES), name)
        Entity.objects.create(key=name.lower().replace(" ", "-"), kind=Entity.Kind.TOPIC, **names)

    def new_story(self) -> str:
        parent = self.site.publication.pk
        return reverse("wagtailadmin_pages:add", args=["archive", "articlepage", parent])

    def list_of_stories(self) -> str:
        return reverse("stories:index")

    def list_of_names(self) -> str:
        return reverse("wagtailsnippets_archive_entity:list")


class StockAdmin(Admin):
    def add_name(self, name: str) -> None:
        from tests.benchmarks.localize_site.models import Topic

        Topic.objects.create(name=name)

    def new_story(self) -> str:
        parent = self.site.issue.pk
        return reverse("wagtailadmin_pages:add", args=["localize_site", "storypage", parent])

    def list_of_stories(self) -> str:
        return reverse("wagtailadmin_explore", args=[self.site.issue.pk])

    def list_of_names(self) -> str:
        return reverse("wagtailsnippets_localize_site_topic:list")
