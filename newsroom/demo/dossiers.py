"""The demo's dossier: stories of ports on both sides of the Pacific, made once."""

from django.db.models import Q

from archive.contrib.dossiers.models import DossierPage
from archive.models import ArticlePage, Entity, HomePage, Tie
from archive.text.language import CHINESE, ENGLISH, column

SLUG = "two-harbours-one-ocean"
STORIES = (
    *("city-builds-on-long-history-with-us", "harbours-that-became-sisters"),
    *("long-beach-green-corridors", "zhanjiang-looks-across-the-pacific"),
)
TEXT = {
    ENGLISH: "<p>Three Chinese ports have sister ports in California; Zhanjiang seeks routes.</p>",
    CHINESE: "<p>中国3个港口在加利福尼亚州有友好港，湛江也希望开辟更多航线。</p>",
}


def make_dossier() -> None:
    home = HomePage.objects.get()
    if home.get_children().filter(slug=SLUG).exists():
        return
    found = {one.slug: one.pk for one in ArticlePage.objects.live().filter(slug__in=STORIES)}
    items = [("text", {column("text", code): text for code, text in TEXT.items()})]
    items += [("story", found[slug]) for slug in STORIES if slug in found]
    ports = Q(place_a__key="port-of-qingdao") | Q(place_b__key="port-of-qingdao")
    tie = Tie.objects.shown_to_public().filter(ports).first()
    place = Entity.objects.get(key="zhanjiang")
    items += [("tie", tie.pk)] if tie else []
    dossier = DossierPage(
        title="Two harbours, one ocean",
        slug=SLUG,
        **{
            column("name", ENGLISH): "Two harbours, one ocean",
            column("name", CHINESE): "两座港口，一片大洋",
            column("intro", ENGLISH): "Reports on Chinese ports and their partners in California.",
            column("intro", CHINESE): "有关中国港口与加利福尼亚州港口往来的报道。",
        },
    )
    raw = [{"type": kind, "value": value} for kind, value in [*items, ("name", place.pk)]]
    dossier.items = dossier.items.stream_block.to_python(raw)
    home.add_child(instance=dossier)
    dossier.save_revision().publish()
