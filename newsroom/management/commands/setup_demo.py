"""Fills the site with the demo: stories, names, ties, accounts. Safe to run again."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.search.rebuild import rebuild as rebuild_search
from newsroom.demo.build import StoryMaker
from newsroom.demo.desk import fill_desk
from newsroom.demo.dossiers import make_dossier
from newsroom.demo.people import ACCOUNTS, make_people
from newsroom.demo.seed import make_offices
from newsroom.demo.site import make_site
from newsroom.demo.stories import DATA


class Command(BaseCommand):
    help = "Loads the demo; what was edited since stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--known-passwords",
            action="store_true",
            help="also where DEBUG is off: anybody who reads this page can then log in",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["known_passwords"]:
            raise CommandError(
                "Nothing was done: the demo has accounts with known passwords, one of them a "
                "superuser, and DEBUG is off as on a server. For a site that only you can reach, "
                "run setup_demo --known-passwords."
            )
        call_command("migrate", verbosity=0)
        make_site()
        call_command(
            "load_entities",
            cities=DATA / "cities.csv",
            people=DATA / "people_orgs.csv",
            ties=DATA / "ties.csv",
            verbosity=options["verbosity"],
        )
        make_offices()
        make_people()
        maker = StoryMaker(report=self.stdout.write)
        maker.make_all()
        make_dossier()
        fill_desk()
        rebuild_search()  # Passes over what is right.
        self.stdout.write(self.style.SUCCESS(self._summary()))

    def _summary(self) -> str:
        base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        lines = [
            "",
            "The demo is ready.",
            f"  Readers      {base}/en/   {base}/zh-hans/",
            f"  Newsroom     {base}/admin/",
        ]
        for account in ACCOUNTS:
            lines.append(f"  {account.username:<12} password: {account.password}")
        return "\n".join(lines)
