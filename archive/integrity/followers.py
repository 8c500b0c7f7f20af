"""What is worked out of stories for readers, harvesters and the desk, by what makes each anew."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from archive.desk.memory.units import outdated_memory, rebuild_memory
from archive.desk.queue.rank_updates import outdated_ranks, rank_translations
from archive.integrity.base import ArchiveArea, Disagreement, Progress
from archive.publishing.due import lost_stories
from archive.publishing.due import retry_all as retry_all_followers
from archive.publishing.followers import catch_up, names
from archive.search.engines import SearchError
from archive.search.rebuild import check as check_index
from archive.search.rebuild import rebuild as rebuild_index
from archive.site.harvest_records.actions import outdated_records
from archive.site.harvest_records.actions import rebuild as rebuild_records
from archive.stories.models import ArticlePage, RelatedStory
from archive.stories.related.models import RelatedDue
from archive.stories.related.profiles import profiles_of, stored_profiles
from archive.stories.related.tasks import MOST_ATTEMPTS, retry_all, work_off
from archive.stories.related.updates import rebuild as rebuild_lists
from archive.stories.related.updates import write_down

_BATCH = 500


class FollowersArea(ArchiveArea):
    """What follows publications: lost with a process, or failed. Each story's alone."""

    name = "followers"

    def find(self) -> Iterator[Disagreement]:
        for pk in lost_stories(names()):
            yield Disagreement(_("what follows its publication was lost or has failed"), pk)

    def repair(self, progress: Progress) -> None:
        retry_all_followers()
        catch_up()


class SearchArea(ArchiveArea):
    """Readers' search: each live story's words by their digest.

    Repairing also makes the sets anew that keep the search fast.
    """

    name = "search"
    is_on_pages = False

    def find(self) -> Iterator[Disagreement]:
        try:
            found = check_index()
        except SearchError as error:
            yield Disagreement(str(error), is_derived=False)
            return
        for text, keys in (
            (_("isn't in the search index"), found.missing),
            (_("the search index has it as it was"), found.outdated),
            (_("is in the search index and no longer published"), found.orphaned),
        ):
            yield from (Disagreement(text, key) for key in keys)

    def repair(self, progress: Progress) -> None:
        self._rebuild(progress, anew=False)

    def rebuild(self, progress: Progress) -> None:
        self._rebuild(progress, anew=True)

    def _rebuild(self, progress: Progress, *, anew: bool) -> None:
        try:
            rebuild_index(anew=anew, progress=progress)
        except SearchError:
            return  # `find` says why.


class RelatedArea(ArchiveArea):
    """Related stories: the terms that relate them, and lists that hold what readers have."""

    name = "related"

    def find(self) -> Iterator[Disagreement]:
        for pk in self._outdated():
            yield Disagreement(_("what relates it to others isn't up to date"), pk)
        for pk in self._hidden().order_by("article").values_list("article", flat=True).distinct():
            yield Disagreement(_("its related stories have one that readers don't see"), pk)
        failed = RelatedDue.objects.filter(attempts__gte=MOST_ATTEMPTS)
        for pk in failed.order_by("pk").values_list("pk", flat=True):
            yield Disagreement(_("its related stories failed too often"), pk)

    def _outdated(self) -> Iterator[int]:
        every = list(ArticlePage.objects.order_by("pk").values_list("pk", flat=True))
        # What is due will be done by itself.
        due = set(RelatedDue.objects.values_list("pk", flat=True))
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
        write_down(wrong)
        retry_all()
        work_off(None)

    def rebuild(self, progress: Progress) -> None:
        rebuild_lists(progress)


class MemoryArea(ArchiveArea):
    """The translation memory."""

    name = "memory"
    is_on_pages = False

    def find(self) -> Iterator[Disagreement]:
        found = outdated_memory()
        for pk in sorted(found.stories):
            yield Disagreement(_("the memory isn't what is published"), pk)
        if found.fingerprints:
            text = _("fingerprints too many or too few, by which the memory finds similar texts")
            yield Disagreement(text)

    def repair(self, progress: Progress) -> None:
        rebuild_memory(progress)


class HarvestArea(ArchiveArea):
    """What harvesters, sitemaps and feeds are told."""

    name = "harvest"

    def find(self) -> Iterator[Disagreement]:
        for pk in outdated_records():
            yield Disagreement(_("harvesters are told something else of it"), pk)

    def repair(self, progress: Progress) -> None:
        rebuild_records(progress)


class QueueArea(ArchiveArea):
    """The order of the translators' queue: due dates come nearer by the day."""

    name = "queue"
    is_on_pages = False

    def find(self) -> Iterator[Disagreement]:
        for pk in outdated_ranks():
            yield Disagreement(_("its translation has another place in the queue"), pk)

    def repair(self, progress: Progress) -> None:
        rank_translations()
