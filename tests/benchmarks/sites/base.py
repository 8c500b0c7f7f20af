"""What a site offers to the benchmarks."""

import io
import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import count

from django.db import connection
from django.db.models import F
from PIL import Image
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from tests.benchmarks.cloning import Changes, Herd
from tests.benchmarks.story import Story, filler, seed_story, variant

# Really published stories, with texts of their own, which the bulk copies are made from.
ORIGINALS = 20


class BenchmarkSite(ABC):
    """A site with a number of published stories, ready to be published on and read.

    `build(stories)` once, on an empty database; then publish and read as often as you like.
    """

    filed_under: Sequence[Page]

    def __init__(self) -> None:
        self._numbers = count(1)
        self._random = random.Random(0)

    @abstractmethod
    def lay_out(self, stories: int) -> Sequence[Page]:
        """Make the tree, tags and picture; the pages that so many stories are filed under."""

    @abstractmethod
    def new_page(self, story: Story, parent: Page) -> Page:
        """A story that isn't saved yet, in its source language."""

    @abstractmethod
    def translate(self, page: Page, story: Story) -> None:
        """Translate a published story and publish that."""

    @abstractmethod
    def addresses(self) -> dict[str, str]:
        """Paths to read: {"story": …, "story in Chinese": …, "issue": …}, as far as there are."""

    def build(self, stories: int) -> None:
        """Publish the seed story and some others, and copy these in bulk up to the number."""
        self.filed_under = self.lay_out(stories)
        first = self.filed_under[0]
        self.seed = self.new_page(seed_story(), first)
        self.publish(self.seed, first)
        self.translate(self.seed, seed_story())
        originals = [self._publish_original(number) for number in range(1, ORIGINALS)]
        self._copy(originals, stories - ORIGINALS)

    def publish(self, page: Page, parent: Page) -> None:
        """As the admin does: save the new page as a draft, with a revision, and publish that."""
        parent.refresh_from_db()
        page.live = False
        parent.add_child(instance=page)
        page.save_revision().publish()

    def answering(self) -> AbstractContextManager[None]:
        """Within it the site publishes as in a request; what follows is done at its end."""
        return nullcontext()

    def next_parent(self) -> Page:
        return self._random.choice(self.filed_under)

    def next_story(self, tags: bool) -> Story:
        story = variant(next(self._numbers))
        return story if tags else replace(story, mentions=(), about=(), mentioned=())

    def changes(self, number: int, original: Page, parent: Page, position: int) -> Changes:
        """What the copy of this number has of its own: its place, address and title."""
        slug, title = f"copy-{number}", f"{original.title}, copy {number}"
        changes: Changes = {
            Page: {
                "path": Page._get_path(parent.path, parent.depth + 1, position),
                "url_path": f"{parent.url_path}{slug}/",
                "slug": slug,
                "title": title,
                "draft_title": title,
            }
        }
        if connection.vendor == "sqlite":
            changes[IndexEntry] = {"title": title}
        return changes

    def _publish_original(self, number: int) -> Page:
        story, first = filler(next(self._numbers)), self.filed_under[0]
        page = self.new_page(story, first)
        self.publish(page, first)
        # In an archive some stories are translated, and some not yet.
        if number % 2:
            self.translate(page, story)
        return page

    def _copy(self, originals: list[Page], copies: int) -> None:
        """The first parent has the originals; the rest is spread evenly."""
        fresh = [type(page).objects.get(pk=page.pk) for page in originals]
        parents = self.filed_under
        later = parents[1:] or parents
        taken = 0 if parents[1:] else ORIGINALS

        def changes(number: int) -> Changes:
            parent = later[number % len(later)]
            position = taken + number // len(later) + 1
            return self.changes(number, fresh[number % len(fresh)], parent, position)

        Herd(fresh).make(copies, changes)
        for place, parent in enumerate(later):
            children = len(range(place, copies, len(later)))
            Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + children)


def jpeg() -> bytes:
    """A photograph's stand-in of the size that newspapers put on the web."""
    buffer = io.BytesIO()
    Image.radial_gradient("L").resize((1200, 800)).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()
