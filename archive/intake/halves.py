"""The halves of a bilingual text: pure."""

from dataclasses import replace

from archive.intake.records import FieldReading, ParsedArticle


def halves(article: ParsedArticle) -> list[ParsedArticle]:
    """A bilingual record's halves, each with what only the whole says; else the record alone."""
    if not article.parts:
        return [article]
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
