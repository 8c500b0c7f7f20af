"""Says how much of each engine's drafts translators had to change."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from archive.contrib.machinery.measures import measure_engines
from archive.management.base import FileCommand


class Command(FileCommand):
    help = "Compare machine drafts with what was published in their place: edit distance by engine."

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_json_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        measures = measure_engines()
        line = _(
            "%(engine)s: drafts %(drafts)d, unchanged %(unchanged)d, distance %(distance).1f %%"
        )
        for one in measures:
            values = {**vars(one), "distance": 100 * one.distance}
            self.tell(line % values)
        if not measures:
            self.tell(_("No segment with a machine draft is published."))
        if options["json"]:
            self.write_json(options["json"], [vars(one) for one in measures])
