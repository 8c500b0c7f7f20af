"""What the site had: a picture with a tag, a description and a file that is served."""

from wagtail.images import get_image_model

from tests.image_site.files import port

texts = {"title": "The port", "description": "Cranes over ships"}
image = get_image_model().objects.create(**texts, shelf="B 12", file=port())
image.tags.add("ships")
image.get_rendition("width-30")
