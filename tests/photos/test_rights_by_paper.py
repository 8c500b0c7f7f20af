"""Who edits one paper doesn't change the pictures of another's stories."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission

from archive.models import ArchiveImage
from tests.factories import block, make_article, make_editor, make_image, make_publication

pytestmark = pytest.mark.django_db


def make_person(name: str, *papers: Any) -> Client:
    """An editor who may change pictures in every collection, as the archive's editors may."""
    user = make_editor(name, *papers)
    right = Permission.objects.get(codename="change_image", content_type__app_label="wagtailimages")
    root = Collection.get_first_root_node()
    group = user.groups.get()
    GroupCollectionPermission.objects.create(group=group, collection=root, permission=right)
    client = Client()
    client.force_login(user)
    return client


def make_picture(**fields: Any) -> ArchiveImage:
    """Of a story of China Daily."""
    image = make_image(credit="Li Na", rights="© China Daily")
    value = {"image": image.pk, "caption": "Cranes", "alt_text": "Cranes", "credit": ""}
    body = [block("paragraph", "<p>Ships came.</p>"), block("image", value)]
    make_article("Ships", body=body, **fields)
    return image


def change(client: Client, image: ArchiveImage) -> str:
    """The credit after the person has tried to change it by each form that there is."""
    fields = {"title": "Mine", "credit": "Me", "collection": "1", "tags": "", "rights": "© Me"}
    client.post(reverse("wagtailimages:edit", args=[image.pk]), fields)
    texts = reverse("archive_translation:picture_texts", args=[image.pk])
    client.post(texts, {"credit_en": "Me", "caption_en": "Mine"})
    client.post(reverse("wagtailimages:delete", args=[image.pk]))
    row = ArchiveImage.objects.filter(pk=image.pk).first()
    return f"{row.title} {row.credit} {row.rights} {row.caption or ''}" if row else "gone"


@pytest.mark.parametrize("live", [True, False])
def test_pictures_of_another_papers_stories_stay_as_they_are(live: bool) -> None:
    image = make_picture(live=live)
    before = "The port Li Na © China Daily "
    assert change(make_person("outsider", make_publication("times", en="Times")), image) == before


def test_pictures_of_ones_own_stories_are_changed() -> None:
    image = make_picture()
    assert change(make_person("insider", make_publication()), image) in ("gone", "Mine Me © Me ")


def test_a_picture_of_two_papers_is_changed_by_who_edits_both() -> None:
    image, times = make_picture(), make_publication("times", en="Times")
    value = {"image": image.pk, "caption": "Cranes", "alt_text": "Cranes", "credit": ""}
    make_article("Again", body=[block("image", value)], publication=times)
    assert "Li Na" in change(make_person("one", times), image)
    both = make_person("both", make_publication(), times)
    assert both.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 200


def test_a_picture_that_no_page_shows_is_anybodys_who_may_change_pictures() -> None:
    image = make_image(credit="Li Na", rights="©")
    times = make_person("times", make_publication("times", en="Times"))
    assert times.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 200
