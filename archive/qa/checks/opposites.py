"""The opposite of what the source says: up for down, yes for no, done for planned."""

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.qa.base import ENGLISH_AND_CHINESE, HEADING_KINDS, Check, Finding, Pair, Story
from archive.qa.opposites import (
    opposites_in,
    over_for_under,
    turned,
    turned_at,
    unanswered_negation,
)
from archive.qa.plans import plans_and_facts


class Opposite(Check):
    check_id = "opposite"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Opposite")
    description = gettext_lazy("The translation seems to say the opposite: “fell” for “rose”.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        ours = opposites_in(pair.source, story.source_language)
        theirs = opposites_in(pair.target, story.target_language)
        texts = pair.source, pair.target
        languages = story.source_language, story.target_language
        for here, there in chain(
            turned(ours, theirs),
            turned_at(ours, theirs, texts, languages),
            over_for_under(texts, languages),
        ):
            message = _("The source says “%(source)s”, the translation “%(target)s”.") % {
                "source": pair.source[slice(*here)],
                "target": pair.target[slice(*there)],
            }
            yield self.finding(pair, message, source=(here,), target=(there,))
            return


class Negation(Check):
    check_id = "negation"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Negation")
    description = gettext_lazy("Only one of the two texts says “not”.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        source, target = (
            (pair.source, story.source_language),
            (pair.target, story.target_language),
        )
        if ours := unanswered_negation(*source, *target):
            message = _("“%(words)s” of the source is missing from the translation.")
            words = pair.source[slice(*ours[0])]
            yield self.finding(pair, message % {"words": words}, source=ours[:1])
        elif theirs := unanswered_negation(*target, *source):
            words = pair.target[slice(*theirs[0])]
            message = _("The translation says “%(words)s”, the source does not.")
            yield self.finding(pair, message % {"words": words}, target=theirs[:1])


class PlanOrFact(Check):
    check_id = "plan-or-fact"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Plan or fact")
    description = gettext_lazy("What is planned is told as done, or what is done as a plan.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if pair.kind in HEADING_KINDS:
            return
        for turn in plans_and_facts(
            pair.source, story.source_language, pair.target, story.target_language
        ):
            message = (
                _("A plan in the source (“%(source)s”), done in the translation (“%(target)s”).")
                if turn.is_done_in_target
                else _(
                    "Done in the source (“%(source)s”), a plan in the translation (“%(target)s”)."
                )
            ) % {
                "source": pair.source[slice(*turn.source)],
                "target": pair.target[slice(*turn.target)],
            }
            yield self.finding(pair, message, source=(turn.source,), target=(turn.target,))
