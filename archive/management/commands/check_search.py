"""Proves that the search index and the pages agree."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.search.engines import SearchError
from archive.search.rebuild import check

MOST_KEYS = 20


class Command(BaseCommand):
    help = "Compare the search index with every live story. The exit status is 1 if they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = check()
        except SearchError as error:
            raise CommandError(str(error)) from error
        kinds = {
            _("missing"): found.missing,
            _("outdated"): found.outdated,
            _("no longer published"): found.orphaned,
        }
        self.stdout.write(_("%(count)s documents are right.") % {"count": found.right})
        for kind, keys in kinds.items():
            if keys:
                listed = ", ".join(str(key) for key in keys[:MOST_KEYS])
                more = " …" if len(keys) > MOST_KEYS else ""
                self.stderr.write(
                    _("%(count)s %(kind)s: stories %(keys)s")
                    % {"count": len(keys), "kind": kind, "keys": listed + more}
                )
        if not found:
            raise CommandError(_("The index is out of date. Run “manage.py rebuild_search”."))
