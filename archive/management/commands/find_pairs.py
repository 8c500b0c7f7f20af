"""Finds stories that were imported apart and are probably one story in two languages."""

from collections.abc import Hashable, Iterator
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import ngettext

from archive.alignment.pairs import FoundPair
from archive.desk.pairs.candidates import PairReport, search_pairs, store_pairs
from archive.management.base import STANDARD, FileCommand
from archive.stories.models import ArticlePage


class Command(FileCommand):
    help = (
        "Find stories that are probably one story in two languages, by dates, pages, names, "
        "figures and pictures. Without --store nothing is written; with it, editors find the pairs "
        "in the admin, to confirm or refuse them. Pairs that were refused are never found again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--store", action="store_true", help="offer the pairs to editors")
        self.add_json_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        report = search_pairs()
        titles: dict[Hashable, str] = dict(_titles(report))
        if options["json"]:
            self.write_json(options["json"], [_values(pair, titles) for pair in report.found])
        if options["json"] != STANDARD:
            for pair in report.found:
                percent = round(pair.confidence * 100)
                self.tell(f"{percent:3d} %  {titles[pair.one]}  =  {titles[pair.two]}")
            counts = {"stories": report.stories, "pairs": len(report.found), "new": report.new}
            stories = ngettext("%(stories)d story", "%(stories)d stories", report.stories)
            pairs = ngettext(
                "%(pairs)d probable pair, %(new)d of them new",
                "%(pairs)d probable pairs, %(new)d of them new",
                len(report.found),
            )
            self.tell(f"{stories % counts}: {pairs % counts}")
        if options["store"]:
            store_pairs(report)


def _values(pair: FoundPair, titles: dict[Hashable, str]) -> dict[str, Any]:
    return {
        "stories": [pair.one, pair.two],
        "titles": [titles[pair.one], titles[pair.two]],
        "confidence": pair.confidence,
        "reasons": list(pair.reasons),
    }


def _titles(report: PairReport) -> Iterator[tuple[Hashable, str]]:
    keys: list[Any] = [key for pair in report.found for key in (pair.one, pair.two)]
    for start in range(0, len(keys), 500):
        some = ArticlePage.objects.filter(pk__in=keys[start : start + 500]).order_by()
        yield from some.values_list("pk", "draft_title")
