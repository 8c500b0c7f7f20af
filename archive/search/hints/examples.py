"""Names to try, for a page that has found nothing: those of the newest stories."""

from collections import Counter

from archive.entities.bilingual import Text, text_in
from archive.pages.models import ArticleEntity, ArticlePage

_LATEST = 40
_MOST = 10


def examples(language: str) -> list[Text]:
    """What the latest stories that anybody can read are about, the most frequent first."""
    latest = ArticlePage.objects.live().public().newest_first().values_list("pk", flat=True)
    tags = ArticleEntity.objects.filter(
        page__in=list(latest[:_LATEST]), role=ArticleEntity.Role.ABOUT
    ).select_related("entity__merged_into")
    ranked = Counter(tag.entity for tag in tags.order_by("pk")).most_common(_MOST)
    return [text_in(entity, "name", language) for entity, _number in ranked]
