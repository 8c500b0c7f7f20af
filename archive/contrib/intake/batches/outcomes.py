"""Carries out a plan for an item, and notes all that undoing it takes."""

from typing import Any

from django.db import transaction

from archive.contrib.intake.apply import AppliedPlan, Completion, apply_plan
from archive.contrib.intake.models import ImportItem
from archive.contrib.intake.plan import ImportPlan
from archive.contrib.intake.translations.apply import TakenTranslation, take_translation
from archive.contrib.intake.translations.plan import TranslationPlan
from archive.contrib.intake.translations.undo import row_of
from archive.journal.rows import stored_values
from archive.stories.creations import noting
from archive.stories.models import ArticlePage
from archive.text.language import columns

# What an import, and a publication, change in a story's row beside its texts.
ROW = (
    *("title", "draft_title", "live", "has_unpublished_changes", "first_published_at"),
    *("last_published_at", "latest_revision_id", "latest_revision_created_at", "live_revision_id"),
    *("import_key", "import_digest", "import_source", "publication_id", "print_date"),
    *columns("headline"),
)


@transaction.atomic
def carry_out(
    item: ImportItem,
    plan: ImportPlan,
    *,
    user: Any = None,
    publish: bool = False,
    incomplete: bool = False,
    complete: Completion | None = None,
) -> AppliedPlan:
    """Write the story and save the item as accepted. Raises IntakeError."""
    before = stored_values(plan.page, ("path", *ROW)) if plan.page else {}
    with noting() as made:
        applied = apply_plan(
            plan, publish=publish, incomplete=incomplete, user=user, complete=complete
        )
    page = ArticlePage.objects.filter(pk=applied.page.pk).first() if applied.page else None
    before = {"row": before, "is_published": applied.is_published}
    revision = page.latest_revision_id if page else None
    item.note_accepted(page, revision, before, applied.refusal, user, made)
    item.save()
    return applied


@transaction.atomic
def carry_out_translation(
    item: ImportItem, plan: TranslationPlan, *, user: Any = None, publish: bool = False
) -> TakenTranslation:
    """Write the story's other language and save the item as accepted. Raises IntakeError."""
    before = row_of(plan.page)
    with noting() as made:
        taken = take_translation(plan, publish=publish, user=user)
    before = {"translation": before, "is_published": taken.is_published}
    item.note_accepted(plan.page, taken.revision.pk, before, taken.refusal, user, made)
    item.save()
    return taken
