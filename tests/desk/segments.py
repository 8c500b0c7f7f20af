"""What the desk's script asks the server about single segments."""

from typing import Any

from django.urls import reverse

from archive.models import Translation
from tests.desk.helpers import Person, again, page_text


def keys(translation: Translation) -> list[str]:
    from archive.desk.segments import rows

    return [row.source.key for row in rows(translation)]


def stored(translation: Translation) -> dict[str, str]:
    draft = again(translation).get_latest_revision_as_object()
    return {segment.key: segment.target for segment in draft.segments.all()}


def save_one(person: Person, translation: Translation, **change: Any) -> dict[str, Any]:
    response = person.saves(translation.pk, change)
    assert response.status_code == 200, page_text(response)
    return dict(response.json()["outcomes"][0])


def sidebar(person: Person, translation: Translation, key: str = "headline") -> Any:
    url = reverse("archive_translation:sidebar", args=[translation.pk])
    return person.client.get(url, {"key": key})
