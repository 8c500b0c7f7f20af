"""Ministries, courts, companies: one that the source doesn't name for one that it does."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.qa.base import ENGLISH_AND_CHINESE, Check, Finding, Pair, Story
from archive.qa.organisations import bodies_in, confused


class OrganisationValue(Check):
    check_id = "organisation-value"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Organisation")
    description = gettext_lazy("An organisation isn't that of the source.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        here = bodies_in(pair.source, story.source_language)
        there = bodies_in(pair.target, story.target_language)
        for ours, theirs in confused(here, there)[:1]:
            message = _("The source says “%(source)s”, the translation “%(target)s”.") % {
                "source": pair.source[ours.start : ours.end],
                "target": pair.target[theirs.start : theirs.end],
            }
            spans = (ours.start, ours.end), (theirs.start, theirs.end)
            yield self.finding(pair, message, source=spans[:1], target=spans[1:])
