"""People whom no list knows: by the sound of their names and by the story's other segments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.qa.base import ENGLISH_AND_CHINESE, Check, Finding, Pair, Story, remembered
from archive.qa.checks.names import names_of, near_names
from archive.qa.people import (
    Name,
    dotted_names,
    heard_in,
    is_alike,
    is_another_surname,
    pinyin_names,
    sounds_like,
    spoken_part,
)
from archive.text.language import CHINESE


@dataclass(frozen=True)
class Sides:
    """A pair's English and Chinese text, whichever is the source."""

    english: str
    chinese: str


def _sides(pair: Pair, story: Story) -> Sides:
    if story.target_language == CHINESE:
        return Sides(pair.source, pair.target)
    return Sides(pair.target, pair.source)


class StoryPeople:
    """Who is who in a story, as far as the sound tells."""

    def __init__(self, story: Story) -> None:
        self.sides = {pair.key: _sides(pair, story) for pair in story.pairs}
        self.all_english = "\n".join(sides.english for sides in self.sides.values())
        self.all_chinese = "\n".join(sides.chinese for sides in self.sides.values())
        # Each name's two forms where the story first has them both: English, Chinese.
        self.forms: dict[str, str] = {}
        for sides in self.sides.values():
            for name in pinyin_names(sides.english):
                if heard := heard_in(name.text, sides.chinese):
                    self.forms.setdefault(name.text, heard)
            for name in dotted_names(sides.chinese):
                score, english = sounds_like(name.text, sides.english)
                if english and is_alike(score) and " " in english.text:
                    surname = re.sub("['’]s$", "", english.text.split(" ")[-1])
                    characters = re.split("[·•・‧]", name.text)[-1]
                    self.forms.setdefault(surname, spoken_part(characters, surname))


people_of = remembered(StoryPeople)


class PersonName(Check):
    check_id = "person-name"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Person's name")
    description = gettext_lazy("A person's name does not read like the one in the source.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        people = people_of(story)
        sides = _sides(pair, story)
        is_english_source = sides.english is pair.source
        known = names_of(story).pairs[pair.key]
        for name, in_english in self._unheard(people, sides):
            is_in_source = in_english == is_english_source
            hits = known.source if is_in_source else known.target
            if any(hit.start < name.end and name.start < hit.end for hit in hits):
                continue
            if is_in_source:
                message = _("No name in the translation reads like “%(name)s”.")
                yield self.finding(pair, message % {"name": name.text}, source=(name.span,))
            else:
                message = _("No name in the source reads like “%(name)s”.")
                yield self.finding(pair, message % {"name": name.text}, target=(name.span,))

    def _unheard(self, people: StoryPeople, sides: Sides) -> Iterator[tuple[Name, bool]]:
        """Names that the other text doesn't have, and whether they stand in the English one."""
        for name in pinyin_names(sides.english):
            texts = (sides.chinese, people.all_chinese)
            if name.text not in sides.chinese and not any(heard_in(name.text, t) for t in texts):
                yield name, True
        for name in dotted_names(sides.chinese):
            texts = (sides.english, people.all_english)
            score, english = sounds_like(name.text, sides.english)
            if not any(is_alike(sounds_like(name.text, text)[0]) for text in texts) or (
                english
                and is_alike(score)
                and is_another_surname(name, english, sides.chinese, sides.english)
            ):
                yield name, False


class PersonVaries(Check):
    check_id = "person-varies"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Varying name")
    description = gettext_lazy("A person's name is written otherwise than earlier in the story.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        into_chinese = story.target_language == CHINESE
        taken = [(hit.start, hit.end) for hit in names_of(story).pairs[pair.key].target]
        for english, chinese in people_of(story).forms.items():
            said, wanted = (english, chinese) if into_chinese else (chinese, english)
            if said not in pair.source or wanted in pair.target:
                continue
            for span in near_names(pair.target, wanted, taken, surname=True):
                message = _("“%(found)s” here, but %(before)s earlier in the story.")
                message %= {"found": pair.target[slice(*span)], "before": wanted}
                yield self.finding(pair, message, target=(span,))
