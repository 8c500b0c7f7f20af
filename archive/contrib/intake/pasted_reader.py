"""A pasted text as a newspaper's story: its headline, byline, date and other fields."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from archive.contrib.intake.conf import settings
from archive.contrib.intake.pasted import (
    found_fields,
    pasted_body,
    read_copied_story,
    read_paragraphs,
)
from archive.contrib.intake.plan import place
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import check_size
from archive.contrib.intake.story_fields import bylines_of
from archive.stories.lookup import named_publication, named_section
from archive.stories.models import ArticlePage
from archive.stories.pasting.reader import (
    FoundField,
    PastedReader,
    PastedStory,
    PastingError,
    PrintedName,
)
from archive.stories.policies import papers_for
from archive.text.language import column
from archive.text.markup.html_tree import MarkupError
from archive.text.punctuation import aside, joined
from archive.text.segmentation import Raw


class LayoutReader(PastedReader):
    """Tells a story's fields by the layout, as of a file that is imported."""

    reads_bylines = True

    def read_story(
        self, markup: str, text: str, *, filled: Collection[str], user: Any
    ) -> PastedStory:
        _check_sizes(markup, text)
        try:
            article = read_copied_story(markup, text)
        except (IntakeError, MarkupError) as error:
            raise PastingError(str(error)) from error
        # Day and paper are filled in from where the story lies; accepting others can be undone.
        found = [
            one
            for one in _found(article, user)
            if one.name == "citation" or not set(filled) & set(one.values)
        ]
        body = pasted_body(article, {one.name for one in found if one.is_whole and not one.waits})
        return replace(body, found=found, warnings=article.warnings)

    def read_blocks(self, markup: str, text: str) -> list[Raw]:
        _check_sizes(markup, text)
        return super().read_blocks(markup, text)

    def read_paragraphs(self, text: str) -> list[str]:
        return read_paragraphs(text)

    def read_byline(self, printed: str) -> list[PrintedName]:
        return [PrintedName(one.name, one.role, one.place) for one in bylines_of(printed)]


def _check_sizes(*given: str) -> None:
    try:
        for one in given:
            size = len(one.encode("utf-8", "surrogatepass"))
            check_size(size, settings.INTAKE_MAX_BYTES, "ARCHIVE_INTAKE_MAX_BYTES")
    except IntakeError as error:
        raise PastingError(str(error)) from error


def _found(article: ParsedArticle, user: Any) -> list[FoundField]:
    said, language = found_fields(article), article.language
    found = []
    for name in ArticlePage.heading_fields:
        if text := said.get(name):
            found.append(FoundField(name, _label(name), text, {column(name, language): text}))
    if article.bylines:
        found.append(_found_byline(article))
    if text := said.get("dateline"):
        field_ = column("dateline", language)
        found.append(FoundField("dateline", _label("dateline"), text, {field_: text}))
    found += _found_citation(article, said.get("print_page"), user)
    for name in ("contact", "source_url", "rights"):
        if text := said.get(name):
            found.append(FoundField(name, _label(name), text, {name: text}))
    return found


def _label(name: str) -> str:
    field_: Any = ArticlePage._meta.get_field(name)
    label = str(field_.verbose_name)
    return label[:1].upper() + label[1:]


def _found_byline(article: ParsedArticle) -> FoundField:
    rows = [{"name": one.name, "role": one.role, "place": one.place} for one in article.bylines]
    shown = [one.name + aside(one.place) if one.place else one.name for one in article.bylines]
    return FoundField("byline", _("Byline"), joined(shown), bylines=rows)


def _found_citation(article: ParsedArticle, page: str | None, user: Any) -> list[FoundField]:
    """Publication, date, page and section as one: what the paper printed as one line.

    Day and page of a paper that isn't the person's would file the story under another.
    """
    printed = place(article)
    values: dict[str, Any] = {}
    shown, waits = [article.publication or ""], ""
    paper = named_publication(printed.paper) if printed.paper else None
    if printed.paper and paper and papers_for(user).filter(pk=paper.pk).exists():
        values["publication"] = paper.pk
        values["print_edition"] = printed.paper.edition
        if section := named_section(paper, article.section or ""):
            values["section"] = section.pk
    elif article.publication:
        shown = [_("%(paper)s (not among your publications)") % {"paper": article.publication}]
        waits = _("Its line stays in the text: fill in publication, date and page yourself.")
    if printed.day:
        values["print_date"] = printed.day.isoformat()
        shown.append(date_format(printed.day))
    if page:
        values["print_page"] = page
        shown.append(_("page %(page)s") % {"page": page})
    if article.section:
        shown.append(article.section)
    values = {name: value for name, value in values.items() if value}
    if not any(shown):
        return []
    words = joined(filter(None, shown))
    if waits:
        return [FoundField("citation", _("Printed in"), words, waits=waits)]
    is_whole = not article.section or "section" in values
    return [FoundField("citation", _("Printed in"), words, values, is_whole=is_whole)]
