"""Stories in a database, exported and imported again."""

from typing import Any

from archive.contrib.exchange.actions import export, import_files
from archive.contrib.exchange.plan import ReplyVerdict
from archive.contrib.exchange.report import StoryReport
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.desk.segments import rows
from archive.models import ArticlePage, Translation
from tests.factories import block, make_article, make_entity


def exported(*translations: Translation, format_name: str = "xliff12", **options: Any) -> bytes:
    chosen = Translation.objects.filter(pk__in=[one.pk for one in translations])
    return export(chosen, format_name, **options).data


def imported(data: bytes, **options: Any) -> list[StoryReport]:
    (report,) = import_files([("story.xlf", data)], **options)
    assert not report.trouble, report.trouble
    return list(report.stories)


def draft_texts(translation: Translation) -> dict[str, str]:
    """What the newest draft says, by key."""
    draft = Translation.objects.get(pk=translation.pk).get_latest_revision_as_object()
    return {row.source.key: row.target for row in rows(draft)}


def row_of(translation: Translation, key: str) -> Any:
    draft = Translation.objects.get(pk=translation.pk).get_latest_revision_as_object()
    return next(row for row in rows(draft) if row.source.key == key)


def type_at_the_desk(translation: Translation, key: str, text: str, user: Any = None) -> None:
    base = version_of(row_of(translation, key).segment)
    (outcome,) = save_segments(translation, [SegmentChange(key, text, base=base)], user=user)
    assert outcome.kind == "saved"


def verdicts(report: StoryReport) -> set[ReplyVerdict]:
    return {line.verdict for line in report.lines}


def make_rich_story(headline: str = "City builds on long history with US") -> ArticlePage:
    """A story with tags, a mention, a list, a picture's caption and a table."""
    city = make_entity(headline, headline)
    mention = f'<a id="{city.pk}" linktype="entity">{headline}</a>'
    return make_article(
        headline,
        body=[
            block("paragraph", f"<p>The <b>port</b> of {mention} &amp; <i>more</i>.</p>"),
            block("subhead", "A < B"),
            block("paragraph", "<p>Second.</p>"),
        ],
    )
