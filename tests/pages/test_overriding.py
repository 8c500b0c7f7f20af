"""What is put together in Python gives way to a site's own templates."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template

from archive.pages import overriding
from archive.pages.related.reading import RelatedCard
from tests.factories import make_article

CARD = "archive/includes/story_card.html"


@pytest.fixture
def templates(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A folder of the site's, which comes before the archive's."""
    changed = deepcopy(settings.TEMPLATES)
    changed[0]["DIRS"] = [str(tmp_path)]
    settings.TEMPLATES = changed
    kept = (overriding.has_template, overriding.is_overridden)
    for function in kept:
        function.cache_clear()
    (tmp_path / "archive/includes").mkdir(parents=True)
    yield tmp_path
    for function in kept:
        function.cache_clear()


def test_the_archives_own_templates_override_nothing() -> None:
    assert not overriding.is_overridden(CARD)
    assert not overriding.has_template("archive/blocks/picture.html")


def test_a_sites_own_are_found(templates: Path) -> None:
    (templates / CARD).write_text("")
    assert overriding.is_overridden(CARD)
    assert overriding.has_template(CARD)


@pytest.mark.django_db
@pytest.mark.parametrize("has_own", [True, False])
def test_related_stories_are_shown_on_the_sites_own_cards(templates: Path, has_own: bool) -> None:
    if has_own:
        (templates / CARD).write_text("<b>{{ article.headline }} of {{ site_name }}</b>")
    related = [RelatedCard(make_article("A <story>"), True, "Both about Zhanjiang")]  # type: ignore[arg-type]
    template = Template("{% load archive_link_tags %}{% related_list related %}")
    html = template.render(Context({"related": related, "site_name": "ours", "request": None}))
    assert ("<b>A &lt;story&gt; of ours</b>" in html) is has_own
    assert ('<article class="card">' in html) is not has_own
    assert html.count("A &lt;story&gt;") == html.count("Both about Zhanjiang") == 1
