"""Which fields of a site's model are a story's headline, text, date…: guessed, or from a file."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from archive.contrib.intake.records import ParsedByline
from archive.contrib.transfer.pairs import LEAD
from archive.contrib.transfer.records import SiteArticle, SiteText, TransferError
from archive.contrib.transfer.stream_blocks import PathOf, StreamReader
from archive.text.markup.blocks import MarkupBlock, picture
from archive.text.punctuation import joined
from archive.text.richtext import plain_text

_GUESSES = {
    "headline": ("headline", "title", "name"),
    "standfirst": (
        *("standfirst", "introduction", "intro", "subtitle", "summary", "lead", "excerpt"),
        "search_description",
    ),
    "body": ("body", "content", "text"),
    "date": ("print_date", "date", "date_published", "published_at", "first_published_at"),
    "byline": ("byline", "author", "authors"),
    "section": ("section", "category"),
    "publication": ("publication", "newspaper"),
    "image": ("image", "lead_image", "hero_image", "main_image", "featured_image", "cover"),
    "image_caption": ("image_caption", "caption"),
}
_NEEDED = ("headline", "body", "date")
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_SIGNATURES = re.compile(r"\s*(?:,|，|、|;|；|\band\b|&)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class FieldMap:
    """A path for each part of a story, such as "title" or "author.name"; "" for none.

    A path goes on through relations of many rows, and through `parent`, a page's parent page.
    """

    headline: str = ""
    standfirst: str = ""
    body: str = ""
    date: str = ""
    byline: str = ""
    section: str = ""
    publication: str = ""
    image: str = ""
    image_caption: str = ""

    def lines(self) -> list[str]:
        return [f"{part} = {path or '–'}" for part, path in asdict(self).items()]


def guess_fields(model: Any) -> FieldMap:
    """By the usual names. Raises TransferError where headline, text or date have none of them."""
    return _checked(FieldMap(**_guessed(model)), model)


def _guessed(model: Any) -> dict[str, str]:
    names = {field.name for field in model._meta.get_fields()}
    return {
        part: next((name for name in guesses if name in names), "")
        for part, guesses in _GUESSES.items()
    }


def read_fields(path: Path, model: Any) -> FieldMap:
    """From a TOML or JSON file, `part = "field"`, the rest guessed; raises TransferError."""
    try:
        text = path.read_text(encoding="utf-8")
        given = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        reason = _("%(file)s can't be read: %(error)s.")
        raise TransferError(reason % {"file": path, "error": error.strerror}) from error
    except ValueError as error:
        reason = _("%(file)s is no TOML or JSON: %(error)s.")
        raise TransferError(reason % {"file": path, "error": error}) from error
    parts = [field.name for field in fields(FieldMap)]
    wrong = [
        name
        for name, value in (given.items() if isinstance(given, dict) else [(str(given), None)])
        if name not in parts or not isinstance(value, str)
    ]
    if wrong:
        reason = _("%(file)s: %(names)s: give a field's name for some of %(parts)s.")
        names = {"file": path, "names": joined(wrong), "parts": joined(parts)}
        raise TransferError(reason % names)
    known = {"parent", *(field.name for field in model._meta.get_fields())}
    for part, field_path in given.items():
        first = field_path.partition(".")[0]
        if first and first not in known and not hasattr(model, first):
            reason = _("%(file)s: %(part)s: %(model)s has no field %(field)s.")
            names = {"file": path, "part": part, "model": model._meta.label, "field": first}
            raise TransferError(reason % names)
    return _checked(FieldMap(**{**_guessed(model), **given}), model)


def _checked(found: FieldMap, model: Any) -> FieldMap:
    if lacking := [part for part in _NEEDED if not getattr(found, part)]:
        reason = _(
            "%(model)s has no field with a usual name for %(parts)s; name them in a file, "
            "--map fields.toml, such as: %(example)s"
        )
        names = {
            "model": model._meta.label,
            "parts": joined(lacking),
            "example": f'{lacking[0]} = "…"',
        }
        raise TransferError(reason % names)
    return found


class RecordReader:
    """Reads rows of the site's model by the map into the values of a story."""

    def __init__(self, field_map: FieldMap, path_of: PathOf, publication: str = "") -> None:
        self.map, self.publication = field_map, publication
        self.streams = StreamReader(path_of)

    def text(self, record: Any, language: str, notes: list[str]) -> SiteText:
        """One language's text; `record` gives its words by the fields' names."""
        body = self._first(record, self.map.body)
        if hasattr(body, "stream_block"):
            reading = self.streams.read_stream(body)
        else:
            reading = self.streams.read_text(str(getattr(body, "source", body) or ""))
        notes += [note for note in reading.notes if note not in notes]
        with translation.override(language):  # The address may have the language in it.
            path = address_of(record)
        return SiteText(
            language=language,
            headline=_plain(self._first(record, self.map.headline)),
            standfirst=_plain(self._first(record, self.map.standfirst)),
            blocks=(*self._lead(record, reading.blocks), *reading.blocks),
            is_live=bool(getattr(record, "live", True)),
            path=path,
        )

    def _lead(self, record: Any, blocks: Iterable[MarkupBlock]) -> list[MarkupBlock]:
        image = self._first(record, self.map.image)
        if image is None or any(
            block.kind == "image" and block.value["image"] == str(image.pk) for block in blocks
        ):
            return []
        caption = _plain(self._first(record, self.map.image_caption))
        value = picture(str(image.pk), caption).value
        return [MarkupBlock("image", value, LEAD)]

    def article(
        self, key: str, name: str, record: Any, texts: list[SiteText], others: Mapping[str, Any]
    ) -> SiteArticle:
        """`texts`: the original, and the translation if there is one; `others`: the records by
        language, for what is named in both."""
        names = {
            language: words
            for language, one in others.items()
            if (words := _plain(self._first(one, self.map.section)))
        }
        if len(set(names.values())) == 1:
            # The site names it in one language only.
            names = {texts[0].language: next(iter(names.values()))}
        bylines = [
            ParsedByline(part)
            for value in follow(record, self.map.byline)
            for part in _SIGNATURES.split(_BY.sub("", _plain(value)))
            if part
        ]
        return SiteArticle(
            source=name,
            language=texts[0].language,
            headline=texts[0].headline,
            standfirst=texts[0].standfirst or None,
            bylines=tuple(bylines),
            publication=_plain(self._first(record, self.map.publication)) or self.publication,
            published=_day(self._first(record, self.map.date))
            or _day(getattr(record, "latest_revision_created_at", None)),
            key=key,
            original=texts[0],
            translation=texts[1] if len(texts) > 1 else None,
            section_names=names,
        )

    def _first(self, record: Any, path: str) -> Any:
        return next(iter(follow(record, path)), None)


def follow(record: Any, path: str) -> list[Any]:
    """The values at a path, "" for none; empty ones left out. Raises TransferError."""
    found = [record] if path else []
    for name in filter(None, path.split(".")):
        found = [value for one in found for value in _step(one, name, path)]
    return [value for value in found if value not in (None, "")]


def _step(record: Any, name: str, path: str) -> list[Any]:
    if name == "parent" and hasattr(record, "get_parent"):
        parent = record.get_parent()
        return [parent.specific] if parent else []
    try:
        value = getattr(record, name)
    except AttributeError as error:
        reason = _("%(path)s: %(model)s has no %(name)s; correct the map.")
        names = {"path": path, "model": type(record).__name__, "name": name}
        raise TransferError(reason % names) from error
    return list(value.all()) if hasattr(value, "all") else [value]


def address_of(record: Any) -> str:
    """The path of a page's address as servers see it; "" where it has none."""
    if hasattr(record, "get_url_parts"):
        parts = record.get_url_parts()
        return (parts[2] or "") if parts else ""
    return str(record.get_absolute_url()) if hasattr(record, "get_absolute_url") else ""


def _plain(value: Any) -> str:
    if value is None:
        return ""
    text = str(getattr(value, "source", value))
    return plain_text(text).strip() if "<" in text else text.strip()


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    if isinstance(value, str):
        return parse_date(value[:10])
    return value if isinstance(value, date) else None
