"""What must agree of reprints: each live story was compared, and readers have both its ends."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from archive.contrib.reprints.updates import hidden_reuse, rebuild, unnoted_stories
from archive.integrity.base import ArchiveArea, Disagreement, Progress


class ReprintsArea(ArchiveArea):
    """The same reports in several stories."""

    name = "reprints"

    def find(self) -> Iterator[Disagreement]:
        for pk in unnoted_stories().values_list("pk", flat=True):
            yield Disagreement(_("it was never compared with other stories"), pk)
        for row in hidden_reuse():
            hidden = _("readers are told of a reprint, and one of the two stories isn't published")
            yield Disagreement(hidden, row.earlier_id)

    def repair(self, progress: Progress) -> None:
        rebuild(progress)
