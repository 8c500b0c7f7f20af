"""Writes stories as files, chosen as a reader searches for them."""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError, CommandParser
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.contrib.exports.actions import write_stories
from archive.contrib.exports.choice import FILTERS, StoryChoice
from archive.contrib.exports.errors import ExportError
from archive.contrib.exports.formats import export_formats
from archive.management.base import FileCommand, Pace
from archive.search.engines import NEWEST, OLDEST


class Command(FileCommand):
    help = (
        "Write stories as files. Words and filters choose them as on the page of search results; "
        "without any, all that readers may see are written."
    )
    refusals = (ExportError,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", nargs="*", help="as in the search box")
        forms = export_formats()
        about = " ".join(f"{name}: {form.description}" for name, form in sorted(forms.items()))
        parser.add_argument("--format", required=True, choices=sorted(forms), help=about)
        parser.add_argument(
            "--output",
            required=True,
            metavar="FOLDER",
            type=Path,
            help="an empty folder, or one that isn't there yet",
        )
        for name in FILTERS:
            if name == "picture":
                parser.add_argument("--picture", action="store_true", help="with pictures only")
            else:
                said = "as in the address of a search"
                parser.add_argument(f"--{name}", action="append", help=said)
        parser.add_argument("--page", default="", metavar="SLUG", help="the stories of a dossier")
        parser.add_argument("--sort", choices=[NEWEST, OLDEST], default=NEWEST)
        parser.add_argument("--pictures", action="store_true", help="with the files of pictures")
        parser.add_argument("--drafts", action="store_true", help="with what readers can't see")
        parser.add_argument("--user", default="", help="with --drafts: what this person may see")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["output"]
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(_("%(folder)s isn't an empty folder.") % {"folder": folder})
        pace = Pace()

        def progress(done: int, total: int) -> None:
            pace.total = total
            if pace.told(done, done):
                self.tell_progress(done, total)

        choice = StoryChoice(
            self._parameters(options),
            options["page"],
            drafts=options["drafts"],
            user=self._user(options),
        )
        form = export_formats()[options["format"]]
        with self.writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            out = write_stories(
                choice, form, folder, with_pictures=options["pictures"], progress=progress
            )
        for told in out.failed:
            self.stderr.write(told)
        count = out.written
        text = ngettext("%(count)d story written", "%(count)d stories written", count)
        self.tell(text % {"count": count})
        if out.failed:
            raise CommandError(_("Some stories couldn't be written; they are named above."))

    def _parameters(self, options: dict[str, Any]) -> QueryDict:
        parameters = QueryDict(mutable=True)
        parameters["q"] = " ".join(options["words"])
        parameters["sort"] = options["sort"]
        for name in FILTERS:
            value = options[name]
            parameters.setlist(name, ["1"] if value is True else value or [])
        return parameters

    def _user(self, options: dict[str, Any]) -> Any:
        if not options["user"]:
            return None
        if not options["drafts"]:
            raise CommandError(_("--user goes with --drafts."))
        users = get_user_model()._default_manager
        found = users.filter(**{get_user_model().USERNAME_FIELD: options["user"]}).first()
        if found is None:
            raise CommandError(_("There is no user “%(name)s”.") % {"name": options["user"]})
        return found
