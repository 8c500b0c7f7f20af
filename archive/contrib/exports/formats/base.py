"""What a format of exports must be able to do, and the folder that it writes to."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _

from archive.conf import settings
from archive.contrib.exports.errors import ExportError
from archive.contrib.exports.loading import LoadedStory
from archive.files.xml import ILLEGAL
from archive.interchange.records import WholeStory
from archive.interchange.values import Json
from archive.photos.vocabularies import DigitalSource, source_address

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_LONGEST_STEM = 60


@dataclass
class ExportFolder:
    """Where an export goes. `failed` are the stories that couldn't be written, and why."""

    path: Path
    with_pictures: bool = False
    # What the whole is called, and what it says of itself, by language.
    titles: dict[str, str] = field(default_factory=dict)
    intros: dict[str, str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    written: int = 0
    _pictures: set[str] = field(default_factory=set)

    def write(self, name: str, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        with self.open(name) as file:
            file.write(data)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            yield file

    def add_pictures(self, story: LoadedStory) -> None:
        """The files of the story's pictures, each once. Raises ExportError for a lost one."""
        if not self.with_pictures:
            return
        for picture in story.record.pictures:
            if picture.key in self._pictures:
                continue
            try:
                with story.images[picture.key].file.open("rb") as source:
                    self.write(picture.file, source.read())
            except OSError as error:
                reason = _(
                    "the file of its picture “%(title)s” can't be read (%(error)s): replace it, or "
                    "export without the files of pictures"
                )
                told = {"title": picture.title, "error": error.strerror or error}
                raise ExportError(reason % told) from error
            self._pictures.add(picture.key)

    @contextmanager
    def story(self, story: LoadedStory) -> Iterator[None]:
        """Around what writes one story: its trouble is noted, and the others go on."""
        try:
            yield
            self.written += 1
        except ExportError as error:
            record = story.record
            headline = record.texts[record.language].headline if record.texts else ""
            self.failed.append(f"{headline or record.slug} ({record.id}): {error}")


class ExportFormat(ABC):
    """One form of files. An app gives it by the hook `register_archive_export_format`."""

    # Short and lasting: "ninjs".
    id: ClassVar[str] = ""
    name: "StrOrPromise"
    description: "StrOrPromise"
    suffix: ClassVar[str] = ""
    has_drafts: ClassVar[bool] = True
    # Files of this form always have their pictures beside them.
    needs_pictures: ClassVar[bool] = False

    @abstractmethod
    def write(self, stories: Iterable[LoadedStory], out: ExportFolder) -> None:
        """Write them as they come; only one chunk of them is in memory. A story that can't be
        written is noted by `out.story`; raises ExportError where none can."""


class FilesFormat(ExportFormat):
    """A form in which each story has files of its own."""

    def write(self, stories: Iterable[LoadedStory], out: ExportFolder) -> None:
        for story in stories:
            with out.story(story):
                files = list(self.files(story.record))
                out.add_pictures(story)
                for name, text in files:
                    out.write(name, text)

    @abstractmethod
    def files(self, record: WholeStory) -> Iterator[tuple[str, str]]:
        """Names and contents; raises ExportError."""


def stem_of(record: WholeStory) -> str:
    """What a story's files are called: their day, their headline, and what tells two apart."""
    parts = (record.print_date, record.slug[:_LONGEST_STEM], record.id[:8])
    return "-".join(filter(None, parts))


def file_name(record: WholeStory, language: str, suffix: str) -> str:
    """One for each language, the story's own first."""
    return f"{stem_of(record)}-{record.languages.index(language) + 1}.{language}{suffix}"


def check_for_xml(record: WholeStory) -> None:
    """Raises ExportError, which names the field, for a character that no XML can hold."""
    for name, text in _texts(record.as_json(), ""):
        if found := ILLEGAL.search(text):
            reason = _(
                "%(field)s has a character that XML can't hold, U+%(code)04X: remove it from the "
                "story, or choose JSON Lines"
            )
            raise ExportError(reason % {"field": name, "code": ord(found[0])})


def _texts(value: Json, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _texts(one, f"{name}.{at}")


def signed(record: WholeStory, language: str) -> list[str]:
    """The names of the byline as readers of a language have them."""
    return [said_in(one.names, language) for one in record.bylines]


def origin_of(record: WholeStory, language: str) -> str:
    """The IPTC's address for a text of which a machine has drafted a part, where the site tells of
    that; else ""."""
    drafted = record.translation.machine if record.translation else ()
    is_told = settings.MACHINE_DRAFTS_TOLD and language == record.target_language
    return source_address(DigitalSource.GENERATED_IN_PART) if drafted and is_told else ""


def said_in(words: Any, language: str) -> str:
    """In the language, or else in the other one."""
    return words.get(language) or next(iter(words.values()), "")
