"""Makes what an empty archive needs: front page, the pages around the stories, groups, review, a
first publication."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.models import Image
from wagtail.models import Site

import archive
from archive.base_page import Page
from archive.desk.groups import make_groups
from archive.stories import lookup
from archive.stories.archive_page import FALLBACK_SLUG, free_slug, latin_slug
from archive.stories.models import HomePage, InformationPage, PublicationPage, SectionPage
from archive.text.language import CHINESE, ENGLISH, LANGUAGES, column, detect
from archive.text.mastheads import PrintedPaper, split_publication

# The front page's first name; a site gives it its own in the admin.
NAMES = {ENGLISH: "Archive", CHINESE: "资料库"}


class SetupError(Exception):
    """Why the archive can't be set up, with the way out."""


@transaction.atomic
def set_up_archive(publication: str = "") -> list[str]:
    """Make what is missing; gives a line for each thing, also for what was there.

    `publication` names the first newspaper; "" takes the site's name. Raises SetupError.
    """
    lines = [make_front_page(), *make_groups(), *make_information_pages()]
    paper = first_publication()
    if paper:
        return [*lines, _("%s: already exists") % paper]
    name = publication or settings.WAGTAIL_SITE_NAME
    names = split_publication(name, detect(name)).names
    return [*lines, _("%s: made") % make_publication(names)]


def make_information_pages() -> list[str]:
    """Gives a line for each page that is made."""
    home = HomePage.objects.first()
    made = make_information(home) if home else []
    return [_("%s: made") % page for page in made]


def first_publication() -> PublicationPage | None:
    return PublicationPage.objects.filter(is_unfiled=False).order_by("path").first()


def make_publication(names: Mapping[str, str]) -> PublicationPage:
    """A newspaper below the front page, found or made by its names; raises SetupError."""
    home = HomePage.objects.first()
    if home is None:
        raise SetupError(_("Make the front page first: a publication lies below it."))
    paper = PrintedPaper(dict(names))
    return lookup.named_publication(paper) or lookup.make_publication(paper, home, live=True)


@transaction.atomic
def make_sections(
    paper: PublicationPage, sections: Iterable[Mapping[str, str]]
) -> list[SectionPage]:
    """Those of the names that the paper hasn't yet; gives the new ones."""
    there = SectionPage.objects.child_of(paper)
    taken = {getattr(one, column("name", code)) for one in there for code in LANGUAGES}
    made = []
    for names in sections:
        if taken & {name for name in names.values() if name}:
            continue
        paper.refresh_from_db(fields=["path", "numchild"])
        made.append(paper.add_child(instance=_section(names, paper)))
        taken |= set(names.values())
    return made


def _section(names: Mapping[str, str], paper: PublicationPage) -> SectionPage:
    title = next(iter(names.values()))
    section = SectionPage(title=title, **{column("name", c): name for c, name in names.items()})
    latin = next((slug for name in names.values() if (slug := latin_slug(name))), FALLBACK_SLUG)
    section.slug = free_slug(latin, paper, section)
    return section


def pictures_left() -> bool:
    """Whether Wagtail's own image model has pictures, while the site's image model has none."""
    model = get_image_model()
    return model is not Image and Image.objects.exists() and not model.objects.exists()


def mounted_at() -> str:
    """Where the URLconf includes `archive.urls`, below the language: "archive/", or ""."""
    with translation.override(LANGUAGES[0]):
        return reverse("archive:page", args=[""]).split(f"/{LANGUAGES[0]}/", 1)[1]


@transaction.atomic
def make_front_page(names: Mapping[str, str] = MappingProxyType({})) -> str:
    """The front page, where the URLconf has the archive's addresses; raises SetupError.

    `names` by language; one that is there takes those that are given. Gives a line about it.
    """
    mount = mounted_at()
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    root = site.root_page if site else Page.get_first_root_node()
    home = HomePage.objects.first()
    if home:
        is_below = home.pk == root.pk or home.is_descendant_of(root)
        place = home.url_path.removeprefix(root.url_path)
        if is_below and place == mount:
            return _rename(home, names)
        reason = _(
            "The front page “%(page)s” is at “%(place)s” below the site's root page, and "
            "archive.urls at “%(mount)s”: move the page in the admin, or include them there."
        )
        raise SetupError(reason % {"page": home.title, "place": place, "mount": mount})
    *above, slug = mount.strip("/").split("/")
    given = next(iter(names.values()), "")
    named = {c: names.get(c) or given or NAMES.get(c, NAMES[ENGLISH]) for c in LANGUAGES}
    fields = {column("name", code): name for code, name in named.items()}
    home = HomePage(title=named[LANGUAGES[0]], slug=slug or "archive", **fields)
    if not slug:
        return _make_root_page(home, site)
    path = root.url_path + "".join(f"{part}/" for part in above)
    parent = Page.objects.filter(url_path=path).first()
    if parent is None:
        reason = _("There is no page at “%(path)s”: make it, or include archive.urls elsewhere.")
        raise SetupError(reason % {"path": path.removeprefix(root.url_path)})
    if parent.get_children().filter(slug=slug).exists():
        reason = _("Another page is at “%(path)s”: include archive.urls elsewhere.")
        raise SetupError(reason % {"path": mount})
    parent.specific.add_child(instance=home)
    return _("%s: made") % _named(home)


def _rename(home: HomePage, names: Mapping[str, str]) -> str:
    fields = {column("name", code): name for code, name in names.items() if name}
    if all(getattr(home, name) == value for name, value in fields.items()):
        return _("%s: already exists") % _named(home)
    for name, value in fields.items():
        setattr(home, name, value)
    home.save_revision().publish()
    return _("%s: renamed") % _named(home)


def _make_root_page(home: HomePage, site: Site | None) -> str:
    """The archive is the whole site; the page that was its root stays in the tree."""
    Page.get_first_root_node().add_child(instance=home)
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
        return _("%s: made") % _named(home)
    former = site.root_page
    site.root_page = home
    site.save()
    told = _("%(home)s: made, and the root page of the site in place of “%(former)s”")
    return told % {"home": _named(home), "former": former.title}


def _named(home: HomePage) -> str:
    return _("Front page “%s”") % home.title


_TEXTS = Path(archive.__file__).parent / "data" / "information.toml"
_FIELDS = ("name", "intro", "body")


def make_information(home: HomePage) -> list[InformationPage]:
    """Those whose slug is free below the front page; gives the new ones.

    An archive in other languages gets them in English, for its editors to translate.
    """
    taken = set(home.get_children().values_list("slug", flat=True))
    return [
        home.add_child(instance=_page(texts))
        for texts in first_texts()
        if texts["slug"] not in taken
    ]


@cache
def first_texts() -> list[dict[str, Any]]:
    """By page: its slug, whether it shows search tips, and its texts by language."""
    pages: list[dict[str, Any]] = tomllib.loads(_TEXTS.read_text(encoding="utf-8"))["page"]
    return pages


def _page(texts: dict[str, Any]) -> InformationPage:
    given = {code: texts[code] for code in LANGUAGES if code in texts}
    written = given or {LANGUAGES[0]: texts[ENGLISH]}
    fields = {
        column(name, code): words[name].strip()
        for code, words in written.items()
        for name in _FIELDS
    }
    return InformationPage(
        title=texts[ENGLISH]["name"],
        slug=texts["slug"],
        shows_search_tips=texts.get("shows_search_tips", False),
        **fields,
    )
