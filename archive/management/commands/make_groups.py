"""Makes the archive's groups and reviews; running it again takes nothing away."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from archive.desk.errors import DeskError
from archive.desk.groups import make_groups
from archive.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = (
        "Make the groups “Archive editors”, “Archive story reviewers”, “Archive translators” and "
        "“Archive reviewers” with their permissions. Groups that are there gain what they lack "
        "and keep the rest."
    )
    refusals = (DeskError,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--per-language",
            action="store_true",
            help="translators and reviewers for each language: “Archive translators into English”",
        )
        parser.add_argument(
            "--with-names",
            action="store_true",
            help="translators and reviewers also translate names, ties and pictures' texts",
        )
        parser.add_argument(
            "--workflow",
            action="store_true",
            help="stories and translations are approved by a reviewer before readers see them",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for line in make_groups(
            per_language=options["per_language"],
            with_names=options["with_names"],
            workflows=options["workflow"],
        ):
            self.tell(line)
