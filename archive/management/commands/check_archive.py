"""Looks whether everything in the archive agrees, and makes anew what is worked out of the rest."""

from contextlib import nullcontext
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_admin_base_url

from archive.base_page import Page
from archive.integrity.areas import areas
from archive.integrity.base import ArchiveArea, Disagreement
from archive.management.base import ArchiveCommand
from archive.operations.routines import recorded
from archive.site.caching.events import frame_changed

MOST_TOLD = 20


class Command(ArchiveCommand):
    help = (
        "Check that pages, versions, translations, indexes and files agree. The exit status is 1 "
        "if something is left. Editors can go on working."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        # argparse takes the empty list for a choice too.
        names = list(areas())
        choices = [*names, []]
        listed = f"these only, of: {', '.join(names)}"
        parser.add_argument("areas", nargs="*", choices=choices, metavar="AREA", help=listed)
        parser.add_argument(
            "--repair",
            action="store_true",
            help="make anew what is worked out of the rest; never what a person wrote",
        )
        parser.add_argument(
            "--rebuild",
            action="store_true",
            help="make all of the named areas anew, also what looks right: after an upgrade, or "
            "another search engine",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        named, repair, is_rebuilt = (options[name] for name in ("areas", "repair", "rebuild"))
        if is_rebuilt and not named:
            raise CommandError(_("Name the areas that are made anew."))
        # Of a part alone, it says nothing of the rest.
        with nullcontext() if named else recorded("check_archive"):
            self._handle(named, repair=repair, is_rebuilt=is_rebuilt)

    def _handle(self, named: list[str], *, repair: bool, is_rebuilt: bool) -> None:
        left = 0
        chosen = [area for area in areas().values() if not named or area.name in named]
        for area in chosen:
            # What is asked for by name is seen to at once, whatever a look would find.
            if named and (repair or is_rebuilt):
                (area.rebuild if is_rebuilt else area.repair)(self.tell_progress)
            left += self._check(area, repair=repair and not named)
        if (repair or is_rebuilt) and any(area.is_on_pages for area in chosen):
            frame_changed()
        if left:
            raise CommandError(_("Disagreements left: %(count)d.") % {"count": left})

    def _check(self, area: ArchiveArea, *, repair: bool) -> int:
        name = area.name
        found = list(area.find())
        if repair and any(problem.is_derived for problem in found):
            area.repair(self.tell_progress)
            before, found = len(found), list(area.find())
            repaired = _("%(area)s: %(count)d repaired")
            self.tell(repaired % {"area": name, "count": before - len(found)})
        elif not found:
            self.tell(_("%(area)s: right") % {"area": name})
        for title, is_derived in (
            (_("%(area)s: %(count)d to repair with --repair"), True),
            (_("%(area)s: %(count)d that only a person can repair"), False),
        ):
            some = [problem for problem in found if problem.is_derived is is_derived]
            if some:
                self.stderr.write(title % {"area": name, "count": len(some)})
                self._list(some)
        return len(found)

    def _list(self, problems: list[Disagreement]) -> None:
        told = problems[:MOST_TOLD]
        pages = Page.objects.in_bulk([one.page for one in told if one.page])
        for problem in told:
            where = ""
            if problem.page:
                page = pages.get(problem.page)
                address = reverse("wagtailadmin_pages:edit", args=[problem.page])
                edit = f"{get_admin_base_url() or ''}{address}"
                where = f"{problem.page} {page.url_path if page else ''} {edit}: "
            self.stderr.write(f"  {where}{problem.text}", style_func=str)
        if more := len(problems) - len(told):
            self.stderr.write(f"  + {more}")
