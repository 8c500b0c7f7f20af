"""The story that everything is measured by, as the demo has it."""

from django.core.management import call_command

from archive.models import ArticlePage
from newsroom.demo.build import StoryMaker
from newsroom.demo.site import make_site
from newsroom.demo.stories import DATA, SEED, STORIES, read_story


def make_seed_story() -> ArticlePage:
    """Imported from the newspaper's own file, translated and published, as in the demo."""
    make_site()
    tables = {"cities": DATA / "cities.csv", "people": DATA / "people_orgs.csv"}
    call_command("load_entities", **tables, verbosity=0)
    StoryMaker(report=str).make(read_story(STORIES / f"{SEED}.toml"))
    return ArticlePage.objects.get(is_sample=False)
