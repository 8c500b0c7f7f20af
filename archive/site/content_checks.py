"""What the checks of Wagtail's editor and user bar find in a story, in the language it is read in.

The page marks what is wrong (`data-archive-checks="credit name"`) for people who work on the
site, and Wagtail's checker, which is axe, finds the marks by rules of these ids.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings as django_settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

from archive.stories.article_text import ArticleText
from archive.stories.body import pictures, rich_texts
from archive.text.language import characters, column
from archive.text.richtext import linked, plain_text

CREDIT, ALTERNATIVE, NAME = "credit", "alternative-text", "name"
LONG, DEAD_LINK = "long-paragraph", "dead-link"
# Keys of what stands outside the body.
BYLINE, NAMES = "byline", "names"
# More than a printed column holds at a glance: about 150 words, in characters of each language.
LONGEST_PARAGRAPH = characters(900)
_NEVER_HOLDS = "archive-marked"


@dataclass(frozen=True)
class ContentCheck:
    """What an editor reads of a finding: what is wrong, and what to do."""

    check_id: str
    error_name: Promise
    help_text: Promise

    @property
    def rule_id(self) -> str:
        return f"archive-{self.check_id}"


CHECKS = (
    ContentCheck(CREDIT, _("Picture without credit or rights"), _("Add them to the picture")),
    ContentCheck(
        ALTERNATIVE,
        _("Picture without alternative text in this language"),
        _("Say what it shows, for readers who can't see it"),
    ),
    ContentCheck(
        NAME, _("Name without a form in this language"), _("Add it to the entry of the name")
    ),
    ContentCheck(LONG, _("Long paragraph"), _("Split it where a new thought begins")),
    ContentCheck(
        DEAD_LINK,
        _("Link to something that readers can't open"),
        _("Publish what it leads to, or take the link out"),
    ),
)


class StoryCheckerItem(ContentCheckerItem):
    """Wagtail's checker with the archive's rules, which find what the page has marked."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, *(one.rule_id for one in CHECKS)]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        *(
            {
                "id": one.rule_id,
                "impact": "serious",
                "selector": f'[data-archive-checks~="{one.check_id}"]',
                "tags": ["best-practice"],
                "any": [_NEVER_HOLDS],
                "enabled": True,
            }
            for one in CHECKS
        ),
    ]
    # A function of axe's own, asked for an element that no page has: what is marked fails.
    axe_custom_checks = [
        *ContentCheckerItem.axe_custom_checks,
        {
            "id": _NEVER_HOLDS,
            "evaluate": "matches-definition-evaluate",
            "options": {"matcher": {"nodeName": "archive-none"}},
        },
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        **{
            one.rule_id: {"error_name": one.error_name, "help_text": one.help_text}
            for one in CHECKS
        },
    }


def is_at_work(request: HttpRequest | None) -> bool:
    """Whether the reader works on the site: then the page has a user bar and marks.

    Readers without a session aren't asked about: their pages are the cache's.
    """
    if request is None or django_settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = getattr(request, "user", None)
    return bool(user and user.has_perm("wagtailadmin.access_admin"))


def check_story(text: ArticleText, gathered: Any) -> dict[str, str]:
    """By the id of a block, or BYLINE or NAMES: the ids of the checks that it fails, with spaces.

    `gathered` is what `archive.site.story_page.gather` gives; no query.
    """
    found = {str(block.id): " ".join(_of_block(block, text, gathered)) for block in text.blocks}
    authors = (line.author for line in gathered.bylines)
    outside = {BYLINE: authors, NAMES: [*gathered.about, *gathered.mentioned]}
    for place, named in outside.items():
        found[place] = NAME if _lacks_form(named, text.language) else ""
    return {place: checks for place, checks in found.items() if checks}


def _of_block(block: Any, text: ArticleText, gathered: Any) -> Iterator[str]:
    language = text.language
    yield from _of_pictures(block, language)
    if block.block_type == "paragraph":
        source = block.value.source
        if len(source) > LONGEST_PARAGRAPH[language] < len(plain_text(source)):
            yield LONG
    links = [link for markup in rich_texts(block.get_prep_value()) for link in linked(markup)]
    entities = [gathered.mentions.get(pk) for kind, pk in links if kind == "entity"]
    if _lacks_form(filter(None, entities), language):
        yield NAME
    if None in entities or any(kind == "page" and pk not in gathered.pages for kind, pk in links):
        yield DEAD_LINK


def _of_pictures(block: Any, language: str) -> Iterator[str]:
    shown = list(pictures([block]))
    if any(
        one.image.missing_for_publication(language, credited_as=one.credit, described_as="given")
        for one in shown
    ):
        yield CREDIT
    alternative = column("alt_text", language)
    if any(not (one.alt_text or getattr(one.image, alternative) or "").strip() for one in shown):
        yield ALTERNATIVE


def _lacks_form(named: Iterable[Any], language: str) -> bool:
    """Whether one of these names or authors has none in the language."""
    return any(not getattr(one, column("name", language)) for one in named)
