"""Whether the search index and the pages agree."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from archive.pages.models import ArticlePage
from archive.search.actions import batches
from archive.search.documents import documents_of
from archive.search.engines import get_engine
from archive.search.models import SearchDocument


@dataclass
class Agreement:
    """How index and pages agree; the keys are of stories."""

    right: int = 0
    missing: list[int] = field(default_factory=list)
    outdated: list[int] = field(default_factory=list)
    orphaned: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return not (self.missing or self.outdated or self.orphaned)


def check() -> Agreement:
    """Compare the index with every live story's page, word for word by their digests."""
    found = Agreement()
    stored_texts = get_engine().ids()
    live = ArticlePage.objects.live().order_by("pk").values_list("pk", flat=True)
    for pks in batches(live):
        documents = documents_of(pks)
        stored = {
            (row.article_id, row.language): row
            for row in SearchDocument.objects.filter(article__in=pks)
        }
        for document in documents:
            row = stored.pop((document.article_id, document.language), None)
            if row is None or row.pk not in stored_texts:
                found.missing.append(document.article_id)
            elif row.digest != document.digest:
                found.outdated.append(document.article_id)
            else:
                found.right += 1
        found.orphaned += [article_id for article_id, _language in stored]
    found.orphaned += others().values_list("article", flat=True)
    return found


def others() -> QuerySet[SearchDocument]:
    """Documents of stories that aren't live."""
    return SearchDocument.objects.filter(article__live=False)
