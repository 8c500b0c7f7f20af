"""What must agree of related stories: the terms of each, and that lists hold what readers have."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from archive.contrib.related.models import RelatedStory
from archive.contrib.related.profiles import profiles_of, stored_profiles
from archive.contrib.related.updates import RELATED, rebuild
from archive.integrity.base import ArchiveArea, Disagreement, Progress
from archive.publishing.due import stories_due
from archive.publishing.followers import catch_up, follow_later
from archive.stories.models import ArticlePage

_BATCH = 500


class RelatedArea(ArchiveArea):
    """Related stories: the terms that relate them, and lists that hold what readers have."""

    name = "related"

    def find(self) -> Iterator[Disagreement]:
        for pk in self._outdated():
            yield Disagreement(_("what relates it to others isn't up to date"), pk)
        for pk in self._hidden().order_by("article").values_list("article", flat=True).distinct():
            yield Disagreement(_("its related stories have one that readers don't see"), pk)

    def _outdated(self) -> Iterator[int]:
        every = list(ArticlePage.objects.order_by("pk").values_list("pk", flat=True))
        # What is due will be done by itself.
        due = stories_due(RELATED.name)
        for start in range(0, len(every), _BATCH):
            pks = every[start : start + _BATCH]
            wanted, stored = profiles_of(pks), stored_profiles(pks)
            wanted = {pk: one for pk, one in wanted.items() if one.terms}
            yield from (pk for pk in pks if wanted.get(pk) != stored.get(pk) and pk not in due)

    def _hidden(self) -> QuerySet[RelatedStory]:
        return RelatedStory.objects.filter(Q(article__live=False) | Q(related__live=False))

    def repair(self, progress: Progress) -> None:
        wrong = {problem.page for problem in self.find() if problem.page is not None}
        self._hidden().delete()
        # Also what has failed, and would wait.
        follow_later(wrong | stories_due(RELATED.name), RELATED)
        catch_up()

    def rebuild(self, progress: Progress) -> None:
        rebuild(progress)
