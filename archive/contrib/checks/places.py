"""Countries and cities: one that the source doesn't name, in place of one that it does."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.qa.base import ENGLISH_AND_CHINESE, Check, Finding, Pair, Story
from archive.qa.places import misplaced, places_in


class PlaceValue(Check):
    check_id = "place-value"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Country or city")
    description = gettext_lazy("A country or a large city isn't that of the source.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        here = places_in(pair.source, story.source_language)
        there = places_in(pair.target, story.target_language)
        for ours, theirs in misplaced(here, there):
            message = _("The source says “%(source)s”, the translation “%(target)s”.") % {
                "source": pair.source[ours.start : ours.end],
                "target": pair.target[theirs.start : theirs.end],
            }
            spans = (ours.start, ours.end), (theirs.start, theirs.end)
            yield self.finding(pair, message, source=spans[:1], target=spans[1:])
