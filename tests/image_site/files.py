"""A picture's file."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image


def port() -> ContentFile:
    buffer = BytesIO()
    Image.new("RGB", (64, 48), "navy").save(buffer, "JPEG")
    return ContentFile(buffer.getvalue(), "port.jpg")
