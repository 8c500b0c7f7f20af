"""What a careful reader should check after a text was read."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.intake.plaintext.story import Story
from archive.text.language import LABELS, detect


def doubts(story: Story, language: str, text: str) -> Iterator[str]:
    """The story's warnings, most important first."""
    yield from _citation(story)
    if language != detect(text):
        yield _("The text does not look like %(language)s.") % {"language": LABELS[language]}
    if not any(block.type == "paragraph" for _line, block in story.blocks):
        yield _("There is no paragraph.")
    for line in story.uncertain:
        yield _("Line %(number)d has no end punctuation: it was taken for a paragraph.") % {
            "number": line.number
        }
    for line, caption in story.captions:
        if not caption.credit:
            yield _("The caption in line %(number)d has no credit.") % {"number": line.number}
        if not caption.text:
            yield _("The credit in line %(number)d has no caption.") % {"number": line.number}
    if count := len(story.unplaced):
        message = ngettext(
            "%(count)d piece of the source has no place in the record.",
            "%(count)d pieces of the source have no place in the record.",
            count,
        )
        yield message % {"count": count}


def _citation(story: Story) -> Iterator[str]:
    if not story.citations:
        yield _("There is no citation line: publication, date and page are unknown.")
        return
    if len(story.citations) > 1:
        yield _("There is more than one citation line: is it more than one story?")
    citation = story.citation
    yield from citation.doubts
    if not citation.publication and not story.credited_to:
        yield _("The citation names no publication.")
    if not citation.published and not citation.doubts:
        yield _("The citation gives no date.")
    if not citation.page:
        yield _("The citation gives no page.")
