"""Puts the archive into a site: tells what its settings lack, and makes its first pages."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from archive.management.base import ArchiveCommand
from archive.setup.checks import setup_problems
from archive.setup.patches import Patch, apps_around, lacking, needs_of, patches


class Command(ArchiveCommand):
    help = (
        "Set the archive up. Says what the site's settings and addresses lack (--write adds it); "
        "then makes the front page, groups, review and a first publication. Where all is there, "
        "it changes nothing."
    )
    # Wrong settings are what it is for.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at",
            metavar="PATH",
            help="with --write: where the archive is to be below the language: archive/ unless you "
            "say another; / for the whole site",
        )
        parser.add_argument(
            "--app",
            action="append",
            metavar="NAME",
            help="with --write: an app around the archive that the site wants; may be given "
            "several times. Without it all of them whose packages are installed: "
            + ", ".join(map(_short, apps_around())),
        )
        parser.add_argument("--core", action="store_true", help="with --write: none of these apps")
        parser.add_argument("--write", action="store_true", help="add to the files what they lack")
        parser.add_argument(
            "--noinput", action="store_true", help="with --write: don't ask before writing"
        )
        parser.add_argument(
            "--publication", default="", metavar="NAME", help="the first newspaper's name"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if problems := setup_problems():
            found = patches(_mount(options["at"] or "archive/"), wanted_apps(options))
            if not options["write"] or not found:
                for problem in problems:
                    self.tell(f"{problem.msg}\n    {problem.hint}")
            self._patch(found, options)
            return
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError(_("Run “manage.py migrate” first, then this command again."))
        # Its models can only be imported where the settings are right.
        from archive.search.rebuild import rebuild as rebuild_search
        from archive.setup.actions import SetupError, mounted_at, pictures_left, set_up_archive

        if options["at"] and _mount(options["at"]) != mounted_at():
            reason = _(
                "The archive is included at “%(place)s”: change the URLconf, or leave out --at."
            )
            raise CommandError(reason % {"place": mounted_at()})
        try:
            for line in set_up_archive(options["publication"]):
                self.tell(line)
        except SetupError as error:
            raise CommandError(str(error)) from error
        rebuild_search()
        self.tell(_("Search: up to date"))
        if pictures_left():
            self.tell(_("The site has pictures in another image model: run “archive_move_images”."))

    def _patch(self, found: list[Patch], options: dict[str, Any]) -> None:
        for patch in found:
            self.tell(patch.diff())
        if found and not options["core"] and not options["app"]:
            for name in apps_around():
                for extra in lacking(name).values():
                    left = _("Left out: %(app)s, which needs the extra “%(extra)s”.")
                    self.tell(left % {"app": name, "extra": extra})
        if not found:
            raise CommandError(_("Change the settings, then run this command again."))
        if not options["write"]:
            raise CommandError(
                _("Add these lines, or have “manage.py archive_setup --write” add them.")
            )
        if not options["noinput"] and input(_("Write this? [y/N] ")).strip().lower() != "y":
            raise CommandError(_("Nothing was written."))
        for patch in found:
            patch.apply()
        self.tell(_("Written. Next: “manage.py migrate”, then “manage.py archive_setup”."))


def wanted_apps(options: dict[str, Any]) -> list[str]:
    """The apps to install with the archive, and what they build on.

    Unless some are named: those whose packages are there. Raises CommandError for a name that
    none has.
    """
    every = {_short(name): name for name in apps_around()}
    ready = [short for short, name in every.items() if not lacking(name)]
    names = [] if options["core"] else options["app"] or ready
    if unknown := [name for name in names if name not in every]:
        reason = _("No app “%(name)s”: there are %(names)s.")
        raise CommandError(reason % {"name": unknown[0], "names": ", ".join(every)})
    chosen = {every[name] for name in names}
    needed = {one for name in chosen for one in needs_of(name)}
    return [name for name in every.values() if name in chosen | needed]


def _short(name: str) -> str:
    return name.rpartition(".")[2]


def _mount(path: str) -> str:
    parts = [part for part in path.split("/") if part]
    return "".join(f"{part}/" for part in parts)
