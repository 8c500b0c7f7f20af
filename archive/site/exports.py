"""What gives programs all public stories at once: apps around the archive register it.

llms.txt leads to it, and so does the front page's metadata.
"""

from abc import ABC, abstractmethod

from django.http import HttpRequest

from archive.registry import registered
from archive.site.addresses import PageAddresses
from archive.site.metadata.tags import Json
from archive.stories.models import HomePage


class Export(ABC):
    """One of the ways to have all stories. Neither method asks the database."""

    @abstractmethod
    def links(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Names and addresses, its own first; [] where there is nothing to have."""

    def data_set(
        self, request: HttpRequest, home: HomePage, at: PageAddresses, language: str
    ) -> Json:
        """schema.org's Dataset for the front page's metadata; {} for none."""
        return {}


def exports() -> list[Export]:
    # An abstract class is a kind, too.
    return registered("export", Export)
