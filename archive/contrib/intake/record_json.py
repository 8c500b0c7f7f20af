"""A record as JSON with all that storing its story needs, and back: pure.

It has the keys of the JSON report (`ParsedArticle.as_record`), and besides: "written_in" and
"published_at"; "furniture"; "leads_with_picture" where it is so; in "captions" `after` and
`image`; in "blocks" `markup`, `is_numbered` and
`has_head`; in "images" `after`. A batch's first story of a file has in "beside" the names of the
pictures that the file's stories take. The bytes of pictures and the source text aren't in it.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, time
from typing import Any

from archive.contrib.intake.documents import DocumentImage
from archive.contrib.intake.records import (
    FieldReading,
    IntakeError,
    ParsedArticle,
    ParsedBlock,
    ParsedByline,
    ParsedCaption,
)
from archive.interchange.records import WholeStory

Record = dict[str, Any]
_WORDS = ("source", "headline", "language", "written_in", "format", "read_digest")
# The texts that a source need not say.
_MAYBE = [one.name for one in fields(ParsedArticle) if one.type == str | None]
_LISTS = ("unplaced", "furniture", "warnings", "keywords")


def stored(article: ParsedArticle) -> Record:
    """The article as JSON, without the NULs and half characters that no database takes."""
    record = {
        **article.as_record(),
        "language": article.language,
        "written_in": article.written_in,
        "published": article.published.isoformat() if article.published else None,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "captions": [asdict(one) for one in article.captions],
        "blocks": [asdict(one) for one in article.blocks],
        "images": [_image(one) for one in article.images],
        "identifier": article.identifier,
        "printed_byline": article.printed_byline,
        "furniture": list(article.furniture),
    }
    record.pop("parts", None)
    if article.stated:
        record["stated"] = article.stated.as_json()
    if article.leads_with_picture:
        record["leads_with_picture"] = True
    if article.read_digest:
        record["read_digest"] = article.read_digest
    clean: Record = _clean(record)
    return clean


def waiting(record: Record) -> list[str]:
    """The texts that are in no field and may be the story's."""
    furniture = record.get("furniture") or ()
    return [text for text in record.get("unplaced") or () if text not in furniture]


def clean_text(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def restored(
    record: Record, *, text: str = "", images: tuple[DocumentImage, ...] = ()
) -> ParsedArticle:
    """The article of a stored record; `images` have the bytes of its pictures.

    Raises IntakeError for a record that isn't one.
    """
    with_bytes = {one.name: one for one in images}
    try:
        clock = record.get("published_at")
        plain: dict[str, Any] = {
            **{name: str(record.get(name) or "") for name in _WORDS},
            **{name: record.get(name) or None for name in _MAYBE},
            **{name: tuple(record.get(name) or ()) for name in _LISTS},
        }
        return ParsedArticle(
            **plain,
            bylines=tuple(_of(ParsedByline, one) for one in record.get("bylines") or ()),
            captions=tuple(_of(ParsedCaption, one) for one in record.get("captions") or ()),
            blocks=tuple(_of(ParsedBlock, one) for one in record.get("blocks") or ()),
            published=_day(record.get("published")),
            published_at=time.fromisoformat(clock) if clock else None,
            item=int(record.get("item") or 1),
            leads_with_picture=bool(record.get("leads_with_picture")),
            fields={name: _reading(one) for name, one in (record.get("fields") or {}).items()},
            images=tuple(
                with_bytes.get(one["name"]) or _of(DocumentImage, one)
                for one in record.get("images") or ()
            ),
            stated=WholeStory.from_json(record["stated"]) if record.get("stated") else None,
            text=text,
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise IntakeError(f"{error}") from error


def _of(kind: Any, values: Mapping[str, Any]) -> Any:
    known = {one.name for one in fields(kind)}
    return kind(**{name: value for name, value in values.items() if name in known})


def _image(image: DocumentImage) -> Record:
    values = {name: value for name, value in vars(image).items() if name != "data"}
    return {**values, "bytes": len(image.data)}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _reading(values: Record) -> FieldReading:
    spans = values.get("spans") or ([values["span"]] if values.get("span") else [])
    return FieldReading(
        float(values.get("confidence") or 0), tuple((start, end) for start, end in spans)
    )


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, Mapping):
        return {clean_text(str(name)): _clean(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(part) for part in value]
    return value
