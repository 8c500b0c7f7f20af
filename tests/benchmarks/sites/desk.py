"""A long story as a translator opens it, and saves one segment: here and in wagtail-localize.

And what is done to many stories before anybody opens them, which only this archive does.
"""

import json
import random
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive.text.language import CHINESE
from tests.benchmarks.sentences import Sentences, edited
from tests.benchmarks.sites.memory import LIKE, NONE, SAME, SEED
from tests.benchmarks.story import Story, long_story, variant

# Besides its blocks, the story has a headline, a standfirst, a caption and an alternative text.
OTHER_SEGMENTS = 4
# The block that is saved: a paragraph with links.
PLACE = 3
# What the memory has of the paragraphs of the stories that are prepared, in turn.
KINDS = (SAME, LIKE, NONE)


@dataclass(frozen=True)
class Answer:
    status: int
    size: int


class Desk(ABC):
    """A translated story of so many segments, open to somebody who may do all."""

    def __init__(self, site: Any) -> None:
        self.site = site
        self.client = Client(SERVER_NAME="127.0.0.1")
        self._numbers = count(1)

    def build(self, segments: int) -> int:
        """Gives how many segments the screen shows."""
        self.client.force_login(User.objects.create_superuser("desk", "desk@example.org"))
        story = long_story(segments - OTHER_SEGMENTS)
        (parent, *_more) = self.site.lay_out(1)
        page = self.site.new_page(story, parent)
        self.site.publish(page, parent)
        self.site.translate(page, story)
        return self.find(page, story)

    @abstractmethod
    def find(self, page: Any, story: Story) -> int:
        """Note the addresses; gives the number of segments."""

    @abstractmethod
    def open(self) -> Answer:
        """The whole screen."""

    @abstractmethod
    def saving(self) -> Callable[[], Answer]:
        """Another wording for one segment, made ready to be sent."""


def _answer(response: Any) -> Answer:
    answer = Answer(response.status_code, len(response.content))
    if answer.status not in (200, 201):
        raise RuntimeError(f"{response.request['PATH_INFO']} answers {answer.status}")
    return answer


class OurDesk(Desk):
    def find(self, page: Any, story: Story) -> int:
        from archive.desk.saving import version_of
        from archive.desk.segments import rows
        from archive.models import Translation

        translation = Translation.objects.get(article=page.pk)
        laid_out = {row.source.key: row for row in rows(translation)}
        self.key, self.words = story.blocks[PLACE].id, story.blocks[PLACE].chinese
        self.version = version_of(laid_out[self.key].segment)
        self.seen = laid_out[self.key].source.digest
        self.edit_url = translation.get_edit_url()
        self.save_url, self.sidebar_url, self.page_url = (
            reverse(f"archive_translation:{name}", args=[translation.pk])
            for name in ("save_segment", "sidebar", "page")
        )
        return len(laid_out)

    def open(self) -> Answer:
        return _answer(self.client.get(self.edit_url))

    def saving(self) -> Callable[[], Answer]:
        from wagtail.test.utils.form_data import rich_text

        from archive.stories.blocks import TEXT_FEATURES

        words = f"<p>{self.words}{next(self._numbers)}</p>"
        change = {
            "key": self.key,
            "target": rich_text(words, features=TEXT_FEATURES),
            "base": self.version,
            "seen": self.seen,
        }
        body = json.dumps({"changes": [change]})

        def run() -> Answer:
            response = self.client.post(self.save_url, body, content_type="application/json")
            answer = _answer(response)
            outcome = response.json()["outcomes"][0]
            if outcome["kind"] != "saved":
                raise RuntimeError(f"The desk answers {outcome['kind']}")
            self.version = outcome["version"]
            return answer

        return run

    def sidebar(self) -> Answer:
        return _answer(self.client.get(self.sidebar_url, {"key": self.key}))

    def page(self) -> Answer:
        """A segment saved, and the page as readers will see it with that."""
        self.saving()()
        return _answer(self.client.get(self.page_url))

    def fill(self, stories: int, units: int) -> None:
        """So many untranslated stories, and a memory of so many units.

        It has a third of their paragraphs word for word, and a third in other words.
        """
        self.site.memory.fill(units)
        known, unknown = Sentences(SEED), Sentences(SEED + 1)
        chance = random.Random(SEED)
        (parent, *_more) = self.site.lay_out(1)
        for number in range(stories):
            story = variant(number + 1)
            blocks = []
            for place, block in enumerate(story.blocks):
                kind = KINDS[place % len(KINDS)]
                pairs, most = (
                    (unknown, stories * len(story.blocks)) if kind == NONE else (known, units)
                )
                english, _chinese = pairs.paragraph(chance.randrange(most))
                if kind == LIKE:
                    english = edited(english, chance, 0.1)
                blocks.append(replace(block, english=english))
            story = replace(story, blocks=tuple(blocks), mentions=(), about=(), mentioned=())
            self.site.publish(self.site.new_page(story, parent), parent)

    def analyse(self) -> dict[str, int]:
        """Segments by band, of all stories."""
        from archive.contrib.pretranslation.analysis import analyse
        from archive.models import Translation

        *_each, whole = analyse(Translation.objects.order_by("pk"))
        return {band: amount.segments for band, amount in whole.bands.items()}

    def pretranslate(self) -> dict[str, int]:
        """Segments filled, and stories in which there are some."""
        from archive.contrib.pretranslation.drafts import pretranslate
        from archive.models import Translation

        filled = pretranslate(Translation.objects.order_by("pk"), user=User.objects.first())
        return {"segments": sum(filled.values()), "stories": len(filled)}


class LocalizeDesk(Desk):
    def find(self, page: Any, story: Story) -> int:
        from wagtail.models import Locale
        from wagtail_localize.models import Translation

        translated = page.get_translation(Locale.objects.get(language_code=CHINESE))
        self.edit_url = reverse("wagtailadmin_pages:edit", args=[translated.pk])
        translation = Translation.objects.get(source__object_id=page.translation_key)
        segments = translation.source.stringsegment_set.select_related("string")
        self.words = story.blocks[PLACE].chinese
        saved = segments.get(string__data=story.blocks[PLACE].english)
        self.save_url = reverse(
            "wagtail_localize:edit_string_translation", args=[translation.pk, saved.pk]
        )
        return len(segments)

    def open(self) -> Answer:
        response = self.client.get(self.edit_url)
        # Its editor, and not Wagtail's form of the page.
        if b"data-props" not in response.content:
            raise RuntimeError("wagtail-localize shows no editor")
        return _answer(response)

    def saving(self) -> Callable[[], Answer]:
        from django.utils.http import urlencode

        body = urlencode({"value": f"{self.words}{next(self._numbers)}"})
        kind = "application/x-www-form-urlencoded"
        return lambda: _answer(self.client.put(self.save_url, body, content_type=kind))
