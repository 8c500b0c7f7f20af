"""What a story's place in the tree says about it: which paper printed it, and when."""

from typing import Any

from django.apps import apps
from wagtail.models import Page


def facts_of_place(parent: Page) -> dict[str, Any]:
    """The print date and publication, as far as the parent page decides them.

    {"publication_id": 3, "print_date": date(2015, 9, 22)} below an issue, the publication alone
    below a year or a publication, {} elsewhere.
    """
    place = parent.specific
    publications = apps.get_model("archive", "PublicationPage").objects
    publication = publications.ancestor_of(place, inclusive=True).first()
    if publication is None:
        return {}
    day = getattr(place, "print_date", None)
    return {"publication_id": publication.pk, **({"print_date": day} if day else {})}
