"""Says which paragraphs of two texts are each other's translation."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from archive.alignment.aligner import Link, align_texts
from archive.entities.models import Entity
from archive.management.base import STANDARD, FileCommand, reading
from archive.text.dictionary import installed_glosses
from archive.text.encodings import decode_text
from archive.text.language import LANGUAGES, column

_SHOWN = 60


class Command(FileCommand):
    help = (
        "Align two texts, one paragraph or sentence a line: which lines say the same. Either may "
        "be the Chinese one. Lines are counted from 1, empty ones left out; a side without lines "
        "is a paragraph without a counterpart. Texts are better aligned with the extra 'align'."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, metavar="SOURCE.txt")
        parser.add_argument("target", type=Path, metavar="TARGET.txt")
        self.add_json_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        source, target = _read_lines(options["source"]), _read_lines(options["target"])
        links = align_texts(source, target, names=self._names())
        if options["json"]:
            self.write_json(options["json"], [_numbers(link) for link in links])
        if options["json"] == STANDARD:
            return
        for line in _table(links, source, target):
            self.tell(line)
        if not installed_glosses():
            self.stderr.write(_("Aligned without a dictionary: install the extra 'align' for one."))

    def _names(self) -> list[tuple[str, str]]:
        """The archive's names in both languages; none where there is no database to ask."""
        try:
            return list(Entity.objects.values_list(*(column("name", code) for code in LANGUAGES)))
        except DatabaseError as error:
            self.stderr.write(_("Names aren't looked up: %(reason)s") % {"reason": error})
            return []


def _read_lines(path: Path) -> list[str]:
    """The lines that aren't empty, in whatever encoding the file is."""
    with reading(path):
        decoded = decode_text(path.read_bytes())
    if decoded is None:
        raise CommandError(_("%(file)s isn't text: save it as UTF-8.") % {"file": path})
    return [line for line in map(str.strip, decoded.text.splitlines()) if line]


def _numbers(link: Link) -> list[list[int]]:
    """Numbers of lines from 1, of either side."""
    return [[number + 1 for number in side] for side in (link.source, link.target)]


def _table(links: Sequence[Link], source: Sequence[str], target: Sequence[str]) -> Iterator[str]:
    """A paragraph a link: numbers, confidence, and the first words of each line."""
    for link in links:
        numbers = " – ".join(
            ", ".join(map(str, side)) or _("no counterpart") for side in _numbers(link)
        )
        mark = " · " + _("check") if link.is_doubtful else ""
        yield f"{numbers} · {link.confidence:.2f}{mark}"
        for texts, side in ((source, link.source), (target, link.target)):
            yield from (f"    {Truncator(texts[one]).chars(_SHOWN)}" for one in side)
