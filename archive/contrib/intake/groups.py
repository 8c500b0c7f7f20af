"""One story in two languages, in two files or in halves of one: pure."""

from dataclasses import replace

from archive.alignment.file_names import file_key
from archive.contrib.intake.records import FieldReading, ParsedArticle

_LONGEST = 120


def group_of_file(name: str) -> str:
    """ "2015/port.en.txt" and "2015/port.zh.html" -> "2015/port"; "" where no language is said."""
    key = file_key(name)
    return f"{key.folder}/{key.stem}".strip("/")[-_LONGEST:] if key.mark and key.stem else ""


def halves(article: ParsedArticle) -> list[ParsedArticle]:
    """A bilingual record's halves, each with what only the whole says; else the record alone."""
    if not article.parts:
        return [article]
    # What is in neither half, such as a note to editors, keeps both from being published unread.
    told = {text for part in article.parts for text in part.unplaced}
    of_whole = tuple(text for text in article.unplaced if text not in told)
    return [
        replace(
            part,
            source=article.source,
            format=article.format,
            item=article.item,
            publication=part.publication or article.publication,
            published=part.published or article.published,
            page=part.page or article.page,
            section=part.section or article.section,
            url=part.url or article.url,
            images=part.images or (article.images if number == 0 else ()),
            unplaced=(*part.unplaced, *of_whole),
            warnings=part.warnings if number else article.warnings,
            fields={**part.fields, **_of_whole(article, part)},
            text=article.text or part.text,
            parts=(),
        )
        for number, part in enumerate(article.parts)
    ]


def _of_whole(article: ParsedArticle, part: ParsedArticle) -> dict[str, FieldReading]:
    names = ("publication", "published", "page", "section", "url")
    lacking = [name for name in names if not getattr(part, name)]
    return {name: article.fields[name] for name in lacking if name in article.fields}


def group_of(article: ParsedArticle, name: str, *, is_half: bool) -> str:
    """The key that a story has in common with its other language; "" where there is none."""
    if is_half:
        return f"{name[-(_LONGEST - 8) :]}#{article.item}"
    group = group_of_file(name)
    return f"{group[-(_LONGEST - 8) :]}#{article.item}" if group else ""
