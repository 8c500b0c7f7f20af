"""A site's own templates, by the same names, take the place of the archive's."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from archive.models import RelatedArticle
from archive.text.language import ENGLISH
from tests.factories import block, make_article, make_entity, make_image, tag, translate
from tests.site.reading import address, opened_at, picture

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

# Each leaves a word of its own, and what it was given.
TEMPLATES = {
    "stories/card.html": "<i>own card: {{ article.headline }}</i>",
    "stories/headline.html": "<i>own headline: {{ headline }}</i>",
    "stories/byline.html": "<i>own byline: {{ bylines|length }}</i>",
    "stories/related.html": "<i>own related: {{ related_stories|length }}</i>",
    "stories/body.html": "<i>own body: {{ rows|length }}</i>",
    "stories/side.html": "<i>own side: {{ sides.0.language }}</i>",
    "stories/mode_links.html": "<i>own modes: {{ choices|length }}</i>",
    "stories/notice.html": "<i>own notice: {{ text.language }}</i>",
    "stories/citation.html": "<i>own citation: {{ article.print_date.year }}</i>",
    "blocks/picture.html": "<i>own picture: {{ figure.words.caption }}</i>",
    "pictures/img.html": "<i>own img: {{ img.src }}</i>",
    "blocks/subhead.html": "<i>own subhead: {{ value }}</i>",
    "entities/links.html": "<i>own names: {{ entities|length }}</i>",
    "includes/languages.html": "<i>own languages: {{ links|length }}</i>",
    "includes/sections.html": "<i>own sections: {{ nav.home }}</i>",
}
SEEN = {
    "stories/card.html": "own card: Other",
    "stories/headline.html": "own headline: A story",
    "stories/byline.html": "own byline: 0",
    "stories/related.html": "own related: 1",
    "stories/body.html": "own body: 2",
    "stories/side.html": "own side: en",
    "stories/mode_links.html": "own modes: 4",
    "stories/notice.html": "own notice: en",
    "stories/citation.html": "own citation: 2015",
    "blocks/picture.html": "own picture: The port",
    "pictures/img.html": "own img: /media/",
    "blocks/subhead.html": "own subhead: Below",
    "entities/links.html": "own names: 1",
    "includes/languages.html": "own languages: 2",
    "includes/sections.html": "own sections: Archive",
}


def make_story() -> str:
    """A translated story with a picture, a subhead, a name and a related story: its address."""
    image = make_image(name="port.jpg", credit="x", rights="x")
    body = [block("image", picture(image, caption="The port")), block("subhead", "Below")]
    article = make_article("A story", body=body, slug="a-story")
    translate(article, headline="译文")
    tag(article, make_entity(), "about")
    RelatedArticle.objects.create(page=article, related=make_article("Other"), sort_order=0)
    return address(article, ENGLISH)


@pytest.fixture
def site_templates(settings: Any, tmp_path: Path) -> Path:
    """A folder of the site's, which comes before the archive's."""
    changed = deepcopy(settings.TEMPLATES)
    changed[0]["DIRS"] = [str(tmp_path)]
    settings.TEMPLATES = changed
    settings.ARCHIVE_CACHE_PAGES = False
    return tmp_path / "archive"


def test_each_template_is_overridden_by_its_name(site_templates: Path, settings: Any) -> None:
    story = make_story()
    for name, text in TEMPLATES.items():
        path = site_templates / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        # The loader keeps what it has read.
        settings.TEMPLATES = deepcopy(settings.TEMPLATES)
        assert SEEN[name] in opened_at(story).get_text(), name
        path.unlink()
