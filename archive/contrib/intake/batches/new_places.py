"""What accepting items would make beside their stories: publications and sections, by name."""

from collections import Counter
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from archive.contrib.intake.batches.policies import check_batch
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.intake.places import NewPlace
from archive.stories.lookup import named_publication, named_section
from archive.stories.models import PublicationPage, SectionPage
from archive.text.language import FIRST, column, columns, detect
from archive.text.mastheads import split_publication


def new_places(items: QuerySet[ImportItem]) -> dict[NewPlace, int]:
    """Each with how many of the items name it; publications first, each before its sections."""
    found: Counter[NewPlace] = Counter()
    names = ("record__publication", "record__section", "record__language")
    for printed, section, language, count in (
        items.order_by().values(*names).annotate(count=Count("pk")).values_list(*names, "count")
    ):
        if not printed:
            continue
        paper = split_publication(printed, language or "")
        name, page = paper.name, named_publication(paper)
        if page is None:
            found[NewPlace(name)] += count
        if section and (page is None or named_section(page, section) is None):
            found[NewPlace(name, section)] += count
    return {place: found[place] for place in sorted(found, key=_order)}


def _order(place: NewPlace) -> tuple[bool, str, str]:
    return bool(place.section), place.publication, place.section


def publication_called(name: str) -> PublicationPage | None:
    return named_publication(split_publication(name, ""))


@transaction.atomic
def rename_place(batch: ImportBatch, user: Any, place: NewPlace, same: Any) -> str:
    """Have the batch's waiting items name a page of the archive, or another new place, in its
    place; gives its name.

    Items whose section is the name of a publication are that publication's, in no section.
    Accepting them compares them with the archive anew. Raises PermissionDenied.
    """
    check_batch(batch, user)
    names = (getattr(same, column, "") for column in columns("name"))
    name = next(filter(None, names), str(same))
    if isinstance(same, NewPlace):
        name = same.section or same.publication
    said: dict[str, Any] = {"section" if place.section else "publication": name}
    if place.section and isinstance(same, PublicationPage):
        # As it was printed: that may name an edition of it.
        said = {"publication": place.section, "section": None}
    changed = []
    waiting = batch.items.select_for_update().filter(state__in=ImportItem.OPEN)
    for item in waiting.only("record"):
        printed, language = item.record.get("publication"), item.record.get("language")
        if not printed:
            continue
        paper = split_publication(printed, language or "").name
        section = item.record.get("section") if place.section else ""
        if NewPlace(paper, section or "") == place:
            item.record = {**item.record, **said}
            changed.append(item)
    ImportItem.objects.bulk_update(changed, ["record"], batch_size=200)
    if isinstance(same, SectionPage if place.section else PublicationPage):
        _keep_name(same, place.section or place.publication, user)
    return name if place.section else split_publication(name, FIRST).name


def _keep_name(page: Any, name: str, user: Any) -> None:
    """The name that a publication or section lacks in its language, for the next import too."""
    own = column("name", detect(name))
    if getattr(page, own) or not (user is None or page.permissions_for_user(user).can_edit()):
        return
    newest = page.get_latest_revision_as_object()
    for version in (page, newest):
        setattr(version, own, getattr(version, own) or name)
    # Readers and the next import have it at once, whatever else waits in a draft.
    page.save()
    newest.save_revision(user=user, log_action=True, changed=page.has_unpublished_changes)
