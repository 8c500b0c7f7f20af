"""An older version that is brought back: no draft is left where it is what readers have."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Revision

from archive.stories.stale_save import FORM

# What a version holds of its row, and of the form that saved it; it brings none of it back.
_OF_THE_ROW = frozenset(
    {
        *("live", "live_revision", "latest_revision", "latest_revision_created_at"),
        *("has_unpublished_changes", "first_published_at", "last_published_at", "expired"),
        *("draft_title", "locked", "locked_at", "locked_by", FORM),
    }
)


class RestorationMixin:
    """For a model with drafts, before Wagtail's mixins."""

    has_unpublished_changes: bool

    def words_of(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """What a version's content, as JSON, brings back: two that are alike publish the same."""
        # A form leaves "" where a program leaves nothing.
        own = {name: value for name, value in content.items() if name not in _OF_THE_ROW}
        return {name: None if value == "" else value for name, value in own.items()}

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        revision = super().save_revision(*args, **kwargs)  # type: ignore[misc]
        if kwargs.get("previous_revision") and not kwargs.get("approved_go_live_at"):
            self._drop_empty_draft(revision)
        return revision

    def _drop_empty_draft(self, revision: Any) -> None:
        row = type(self)._base_manager.filter(pk=self.pk)  # type: ignore[attr-defined]
        # Asked of the database: the object was made from a version, and may be older.
        published = Revision.objects.filter(pk__in=row.filter(live=True).values("live_revision"))
        readers_have = published.first()
        if readers_have is None:
            return
        # Not yet read from the database, it holds dates as dates.
        made = json.loads(json.dumps(revision.content, cls=DjangoJSONEncoder))
        if self.words_of(made) == self.words_of(readers_have.content):
            self.has_unpublished_changes = False
            # By an update: to save the row again would tell its receivers of a change.
            row.update(has_unpublished_changes=False)
