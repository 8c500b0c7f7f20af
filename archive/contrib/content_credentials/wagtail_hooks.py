"""What Content Credentials add to the archive: words below pictures, and signatures in files."""

from wagtail import hooks

from archive.contrib.content_credentials.notes import CredentialsNotes
from archive.contrib.content_credentials.signing import RenditionSigner


@hooks.register("register_archive_picture_notes")
def add_notes() -> CredentialsNotes:
    return CredentialsNotes()


@hooks.register("register_archive_rendition_finisher")
def add_signature() -> RenditionSigner:
    return RenditionSigner()
