"""The demo's tree: home, two publications, their sections."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

from archive.base_page import Page
from archive.models import Author, HomePage, PublicationPage, SectionPage
from archive.setup.actions import make_information
from archive.stories.rights import RightsStatement
from archive.text.language import CHINESE, ENGLISH, column

Names = dict[str, str]

HOME: Names = {
    "slug": "home",
    "name_en": "Newsroom Archive",
    "name_zh": "新闻资料库",
    "intro_en": "Old newspaper stories on cities and their partners, in English and Chinese.",
    "intro_zh": "以中英两种文字收录城市及其伙伴城市的历史报道。",
}
PUBLICATIONS: list[Names] = [
    {
        "slug": "china-daily",
        "name_en": "China Daily",
        "name_zh": "中国日报",
        "intro_en": "Stories imported from the paper's back files.",
        "intro_zh": "收录自该报往期的报道。",
        "rights_statement": RightsStatement.IN_COPYRIGHT,
    },
    {
        "slug": "sister-cities-sampler",
        "name_en": "Sister Cities Sampler",
        "name_zh": "友城样刊",
        "intro_en": "Sample stories written for this demonstration. No newspaper printed them.",
        "intro_zh": "为演示本资料库而撰写的样稿，未经任何报纸刊发。",
        "rights_statement": RightsStatement.BY,
    },
]
SECTIONS: list[Names] = [
    {"slug": "city-diplomacy", "name_en": "City diplomacy", "name_zh": "城市外交"},
    {"slug": "ports-and-trade", "name_en": "Ports and trade", "name_zh": "港口与贸易"},
    {"slug": "culture-and-education", "name_en": "Culture and education", "name_zh": "文化与教育"},
]
AUTHORS = {"archive-project": ("Archive project", "档案项目组")}


def make_site() -> None:
    """The pages above the stories, made once."""
    home = _make_home()
    make_information(home)
    home.refresh_from_db(fields=["numchild"])
    for publication in PUBLICATIONS:
        page = PublicationPage.objects.child_of(home).filter(slug=publication["slug"]).first()
        page = page or home.add_child(
            instance=PublicationPage(
                rights_statement=publication["rights_statement"], **_fields(publication)
            )
        )
        for section in SECTIONS:
            if not SectionPage.objects.child_of(page).filter(slug=section["slug"]).exists():
                page.add_child(instance=SectionPage(**_fields(section)))


def author_for(key: str) -> Author:
    english, chinese = AUTHORS[key]
    author, _made = Author.objects.get_or_create(
        **{column("name", ENGLISH): english}, defaults={column("name", CHINESE): chinese}
    )
    return author


def section_for(publication: PublicationPage, slug: str) -> SectionPage:
    return SectionPage.objects.child_of(publication).get(slug=slug)


def _make_home() -> HomePage:
    found = HomePage.objects.first()
    if found:
        return found
    root = Page.get_first_root_node()
    welcome = root.get_children().filter(slug="home").first()
    home = root.add_child(instance=HomePage(**_fields({**HOME, "slug": "archive"})))
    site, _made = Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    # What canonical addresses are made of.
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
    site.save()
    if welcome and not welcome.numchild:
        # Wagtail's own "Welcome" page; ours takes its place.
        welcome.delete()
    return home


def _fields(names: Names) -> dict[str, str]:
    return {
        "title": names["name_en"],
        "slug": names["slug"],
        column("name", ENGLISH): names["name_en"],
        column("name", CHINESE): names["name_zh"],
        column("intro", ENGLISH): names.get("intro_en", ""),
        column("intro", CHINESE): names.get("intro_zh", ""),
    }
