"""The demo's dossier: stories of two harbours, made once."""

from archive.contrib.dossiers.models import DossierPage
from archive.models import ArticlePage, Entity, HomePage, Tie
from archive.text.language import CHINESE, ENGLISH, column

SLUG = "two-harbours-one-ocean"
STORIES = (
    *("city-builds-on-long-history-with-us", "harbours-that-became-sisters"),
    *("long-beach-green-corridors", "zhanjiang-looks-across-the-pacific"),
)
TEXT = {
    ENGLISH: "<p>From the first visits to today's shipping lanes.</p>",
    CHINESE: "<p>从最初的互访到今天的航线。</p>",
}


def make_dossier() -> None:
    home = HomePage.objects.get()
    if home.get_children().filter(slug=SLUG).exists():
        return
    found = {one.slug: one.pk for one in ArticlePage.objects.live().filter(slug__in=STORIES)}
    items = [("text", {column("text", code): text for code, text in TEXT.items()})]
    items += [("story", found[slug]) for slug in STORIES if slug in found]
    tie, place = Tie.objects.shown_to_public().first(), Entity.objects.get(key="zhanjiang")
    items += [("tie", tie.pk)] if tie else []
    dossier = DossierPage(
        title="Two harbours, one ocean",
        slug=SLUG,
        **{
            column("name", ENGLISH): "Two harbours, one ocean",
            column("name", CHINESE): "两座港口，一片大洋",
            column("intro", ENGLISH): "How ports on both sides of the Pacific found each other.",
            column("intro", CHINESE): "太平洋两岸的港口如何走到一起。",
        },
    )
    raw = [{"type": kind, "value": value} for kind, value in [*items, ("name", place.pk)]]
    dossier.items = dossier.items.stream_block.to_python(raw)
    home.add_child(instance=dossier)
    dossier.save_revision().publish()
