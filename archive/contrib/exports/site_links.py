"""The addresses in a page of readers as those of files that lie beside each other."""

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import Storage
from lxml import html
from wagtail.images import get_image_model

from archive.contrib.exports.formats.base import ExportFolder

# What an address of the site's own files begins with, before they are put beside each other.
OWN = "file-of-this-site:"
_IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_ADDRESSES = ("href", "src", "poster")


@dataclass
class SiteLinks:
    """`root` is the archive's own address, which other links lead to; `pages` the files by the
    paths of the pages that are in them. Styles, scripts and pictures are copied when a page first
    needs them."""

    out: ExportFolder
    root: str
    pages: dict[str, str] = field(default_factory=dict)
    # By their addresses; "" for what there is no file of.
    _copied: dict[str, str] = field(default_factory=dict)

    def in_file(self, page: str, name: str) -> str:
        """The page, as it stands in the file of that name."""
        document = html.document_fromstring(page)
        up = "../" * name.count("/")
        for element in list(document.iter()):
            if element.tag == "source" or element.get("rel") == "preload":
                # The picture itself is enough, one file each; a file needs no preloading.
                element.drop_tree()
                continue
            for other in ("srcset", "sizes"):
                element.attrib.pop(other, None)
            for attribute in _ADDRESSES:
                if address := element.get(attribute):
                    element.set(attribute, self._target(address, up))
        text: Any = html.tostring(document, encoding="unicode", doctype="<!doctype html>")
        return f"{text}\n"

    def _target(self, address: str, up: str) -> str:
        if address.startswith(OWN):
            return up + address.removeprefix(OWN)
        if address.startswith("#"):
            return address
        if file := self._file(address):
            return up + file
        said = urlsplit(address)
        is_here = not said.netloc or f"{said.scheme}://{said.netloc}" == self.root
        if is_here and not said.scheme and (page := self.pages.get(said.path)):
            return up + page + (f"#{said.fragment}" if said.fragment else "")
        return urljoin(f"{self.root}/", address)

    def _file(self, address: str) -> str:
        """The copy of a static file or picture; "" for what is neither, or has no file."""
        if address not in self._copied:
            self._copied[address] = ""
            pictures, base = _pictures()
            if name := _name_below(settings.STATIC_URL, address):
                self._copied[address] = self._static(name)
            elif name := _name_below(base, address):
                self._copied[address] = self._picture(pictures, name)
        return self._copied[address]

    def _static(self, name: str) -> str:
        data = _static_file(name)
        if data is None:
            return ""
        copy = f"static/{name}"
        self.out.write(copy, data)
        if name.endswith(".css"):
            for used in _IN_STYLES.findall(data.decode("utf-8", "replace")):
                path = urlsplit(used)
                if not path.scheme and path.path:
                    whole = normpath(str(PurePosixPath(name).parent / unquote(path.path)))
                    self._file(f"{settings.STATIC_URL}{whole}")
        return copy

    def _picture(self, pictures: Storage, name: str) -> str:
        copy = f"pictures/{PurePosixPath(name).name}"
        try:
            with pictures.open(name, "rb") as file:
                self.out.write(copy, file.read())
        except OSError:
            # As on the site, its alternative text is left.
            return ""
        return copy


def _name_below(base: str, address: str) -> str:
    if not base or not address.startswith(base):
        return ""
    return unquote(urlsplit(address.removeprefix(base)).path)


def _pictures() -> tuple[Storage, str]:
    """Where readers' pictures are, and what their addresses begin with."""
    storage = get_image_model().get_rendition_model()._meta.get_field("file").storage
    return storage, storage.url("")


def _static_file(name: str) -> bytes | None:
    """As it is collected, with a hash in its name, or where its app has it."""
    found = finders.find(name)
    if isinstance(found, str):
        with open(found, "rb") as file:
            return file.read()
    if settings.STATIC_ROOT and staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as collected:
            data: bytes = collected.read()
            return data
    return None
