"""What is worked out of stories for readers, harvesters and the desk, by what makes each anew."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from archive.desk.memory.units import outdated_memory, rebuild_memory
from archive.desk.queue.rank_updates import outdated_ranks, rank_translations
from archive.integrity.base import ArchiveArea, Disagreement, Progress
from archive.publishing.due import lost_stories
from archive.publishing.due import retry as retry_followers
from archive.publishing.followers import catch_up, names
from archive.search.engines import SearchError
from archive.search.rebuild import check as check_index
from archive.search.rebuild import rebuild as rebuild_index
from archive.site.harvest_records.actions import outdated_records
from archive.site.harvest_records.actions import rebuild as rebuild_records


class FollowersArea(ArchiveArea):
    """What follows publications: lost with a process, or failed. Each story's alone."""

    name = "followers"

    def find(self) -> Iterator[Disagreement]:
        for pk in lost_stories(names()):
            yield Disagreement(_("what follows its publication was lost or has failed"), pk)

    def repair(self, progress: Progress) -> None:
        retry_followers()
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
