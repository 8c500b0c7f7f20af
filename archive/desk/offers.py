"""Offering a draft to translators before it is published or submitted, one or many at once."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import log

from archive.desk.actions import open_translation
from archive.stories.models import ArticlePage
from archive.stories.story_list.bulk_actions import StoriesBulkAction

OFFER = "archive.translation.offer"


def is_offered(article: ArticlePage) -> bool:
    """Whether translators have the story in their queue, or need it in none: an alias, or one
    that is another's translation itself."""
    is_shown = article.live or bool(article.alias_of_id) or article.translations.exists()
    return is_shown or (article.locked and article.joined_lock() is not None)


def offer_stories(stories: Iterable[ArticlePage], user: Any) -> int:
    """Put them into the translators' queue; gives how many are new there."""
    offered = [article for article in stories if not is_offered(article)]
    for article in offered:
        open_translation(article)
        log(article, OFFER, user=user)
    return len(offered)


class OfferBulkAction(StoriesBulkAction):
    """Of stories that the person may edit."""

    display_name = gettext_lazy("Offer for translation")
    aria_label = gettext_lazy("Offer the selected stories for translation")
    action_type = "offer"
    template_name = "archive/admin/queue/offer.html"
    action_priority = 45

    def check_perm(self, obj: ArticlePage) -> bool:
        return bool(obj.permissions_for_user(self.request.user).can_edit())

    @classmethod
    def execute_action(cls, objects: Any, user: Any = None, **kwargs: Any) -> tuple[int, int]:
        return offer_stories(objects, user), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        text = ngettext(
            "%(count)d story is offered for translation now.",
            "%(count)d stories are offered for translation now.",
            num_parent_objects,
        )
        return text % {"count": num_parent_objects}
