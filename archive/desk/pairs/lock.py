"""Keeps the page of a story whose text is another one's translation: it is corrected there."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock

from archive.desk.pairs.actions import joined_into
from archive.desk.pairs.policies import may_pair
from archive.desk.policies import policy
from archive.stories.models import ArticlePage


class JoinedLock(BaseLock):
    """Holds for everybody: what is typed or published there, readers would lose or get twice."""

    def __init__(self, story: ArticlePage, kept: ArticlePage) -> None:
        super().__init__(story)
        self.kept = kept

    def __str__(self) -> str:
        text = _(
            "The text of this story is the translation of “%(story)s” now: correct it there. “Two "
            "stories again”, in the list of pairs, makes it a story of its own."
        )
        return text % {"story": self.kept}

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> SafeString:
        kept, links = self.kept, []
        if policy.user_may(user, "change", kept.target_language):
            links.append((reverse("archive_translation:open", args=[kept.pk]), _("Translation")))
        if may_pair(user):
            pairs = f"{reverse('archive_pairs:list')}?state=confirmed"
            links.append((pairs, _("Pairs of stories")))
        buttons = [
            format_html('<a class="button button-small button-secondary" href="{}">{}</a>', *link)
            for link in links
        ]
        pattern = '{} <span class="buttons">' + "{} " * len(buttons) + "</span>"
        return format_html(pattern, self, *buttons)


def _joined_lock(story: ArticlePage) -> JoinedLock | None:
    kept = joined_into(story.pk)
    return JoinedLock(story, kept) if kept else None


def bind_joined_lock() -> None:
    """Called once, when the app is ready: a story's model can't name the pairs."""
    ArticlePage.joined_lock = _joined_lock  # type: ignore[assignment,method-assign]
