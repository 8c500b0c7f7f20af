"""BagIt 1.0 (RFC 8493): the records as JSON Lines with their pictures, to be kept for good.

A bag is a folder: what it holds is in `data/`, and beside that stand a checksum of each file and a
few lines about the whole.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import archive
from archive.contrib.exports.formats.base import ExportFolder, said_in
from archive.contrib.exports.formats.json_lines import JsonLinesExport
from archive.contrib.exports.loading import LoadedStory
from archive.interchange.records import json_schema

_PAYLOAD = "data"
_ALGORITHM = "sha512"
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
SCHEMA = "story.schema.json"


class BagItExport(JsonLinesExport):
    id = "bagit"
    name = _("BagIt")
    description = _("The stories as JSON Lines with all pictures and a checksum of each file.")
    needs_pictures = True

    def write(self, stories: Iterable[LoadedStory], out: ExportFolder) -> None:
        payload = replace(out, path=out.path / _PAYLOAD)
        super().write(stories, payload)
        out.written = payload.written
        sums = list(_sums(payload.path, out.path))
        size = sum((out.path / name).stat().st_size for name, _sum in sums)
        out.write("bagit.txt", _DECLARATION)
        out.write("bag-info.txt", _info(out, size, len(sums)))
        # How the records are to be read, for whoever finds the bag one day.
        out.write(SCHEMA, json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
        out.write(f"manifest-{_ALGORITHM}.txt", _manifest(sums))
        tags = sorted(one for one in out.path.iterdir() if one.is_file())
        about = [(one.name, _sum(one)) for one in tags]
        out.write(f"tagmanifest-{_ALGORITHM}.txt", _manifest(about))


def _sums(folder: Path, root: Path) -> Iterator[tuple[str, str]]:
    """Each file below the folder, by its path from the root, with its checksum."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(root).as_posix(), _sum(file)


def _sum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, _ALGORITHM).hexdigest()


def _manifest(sums: Iterable[tuple[str, str]]) -> str:
    # Only a line end, or the sign itself, would break a line of it.
    escapes = str.maketrans({"%": "%25", "\n": "%0A", "\r": "%0D"})
    return "".join(f"{digest}  {name.translate(escapes)}\n" for name, digest in sums)


def _info(out: ExportFolder, size: int, count: int) -> str:
    title = " ".join(said_in(out.titles, "").split())
    said = {
        "Bag-Software-Agent": f"wagtail-bilingual-archive {archive.__version__}",
        "Bagging-Date": timezone.localdate().isoformat(),
        "External-Description": title,
        "Payload-Oxum": f"{size}.{count}",
    }
    return "".join(f"{name}: {text}\n" for name, text in said.items() if text)
