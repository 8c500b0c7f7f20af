"""The same picture with the archive: credited in its form, published in a story, translated."""

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model

from archive.photos.embedded import read_metadata
from tests.factories import block, make_article, translate

image = get_image_model().objects.get()
assert (image.title, image.shelf, image.description) == ("The port", "B 12", "Cranes over ships")
assert [str(tag) for tag in image.tags.all()] == ["ships"]
assert image.default_alt_text == "Cranes over ships"
assert image.renditions.count() == 1
assert image.file.read()

client = Client()
client.force_login(User.objects.create_superuser("root", "root@example.org", "secret"))
address = reverse("wagtailimages:edit", args=[image.pk])
typed = {
    "title": "The port",
    "collection": image.collection_id,
    "shelf": "B 13",
    "credit": "Li Ming",
    "rights": "© China Daily",
    "caption_zh_hans": "湛江港",
    "alt_text_en": "Cranes",
    "alt_text_zh_hans": "吊车",
}
response = client.post(address, typed)
assert response.status_code == 302, response.context["form"].errors
image.refresh_from_db()
assert (image.shelf, image.credit, image.caption_zh_hans) == ("B 13", "Li Ming", "湛江港")

story = make_article("Port opens", body=[block("image", {"image": image.pk})])
translate(story)
assert story.lead_image == image
for language, alternative in (("en", "Cranes"), ("zh-hans", "吊车")):
    page = Client().get(f"/{language}{story.get_url().removeprefix('/en')}")
    assert page.status_code == 200, page
    assert f'alt="{alternative}"' in page.content.decode()
found = read_metadata(image.renditions.latest("pk").file.read())
assert found.credit == "Li Ming"
assert client.get(reverse("archive_translation:picture_texts", args=[image.pk])).status_code == 200
assert client.get(reverse("archive_translation:other_texts")).status_code == 200
