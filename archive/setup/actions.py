"""Makes what an empty archive needs: front page, groups, review, a first publication."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.models import Image
from wagtail.models import Site

from archive.base_page import Page
from archive.desk.groups import make_groups
from archive.intake.apply import publication_for
from archive.intake.mastheads import split_publication
from archive.stories.models import HomePage, PublicationPage
from archive.text.language import CHINESE, ENGLISH, LANGUAGES, column, detect

# The front page's first name; a site gives it its own in the admin.
NAMES = {ENGLISH: "Archive", CHINESE: "资料库"}


class SetupError(Exception):
    """Why the archive can't be set up, with the way out."""


@transaction.atomic
def set_up_archive(publication: str = "") -> list[str]:
    """Make what is missing; gives a line for each thing, also for what was there.

    `publication` names the first newspaper; "" takes the site's name. Raises SetupError.
    """
    lines = [_front_page(), *make_groups()]
    paper = PublicationPage.objects.filter(is_unfiled=False).first()
    if paper:
        return [*lines, _("%s: already exists") % paper]
    name = publication or settings.WAGTAIL_SITE_NAME
    paper = publication_for(split_publication(name, detect(name)))
    return [*lines, _("%s: made") % paper]


def pictures_left() -> bool:
    """Whether Wagtail's own image model has pictures, while the site's image model has none."""
    model = get_image_model()
    return model is not Image and Image.objects.exists() and not model.objects.exists()


def mounted_at() -> str:
    """Where the URLconf includes `archive.urls`, below the language: "archive/", or ""."""
    with translation.override(LANGUAGES[0]):
        return reverse("archive:page", args=[""]).split(f"/{LANGUAGES[0]}/", 1)[1]


def _front_page() -> str:
    """The front page is where the URLconf has the archive's addresses; raises SetupError."""
    mount = mounted_at()
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    root = site.root_page if site else Page.get_first_root_node()
    home = HomePage.objects.first()
    if home:
        is_below = home.pk == root.pk or home.is_descendant_of(root)
        place = home.url_path.removeprefix(root.url_path)
        if is_below and place == mount:
            return _("%s: already exists") % _named(home)
        reason = _(
            "The front page “%(page)s” is at “%(place)s” below the site's root page, and "
            "archive.urls at “%(mount)s”: move the page in the admin, or include them there."
        )
        raise SetupError(reason % {"page": home.title, "place": place, "mount": mount})
    *above, slug = mount.strip("/").split("/")
    names = {code: NAMES.get(code, NAMES[ENGLISH]) for code in LANGUAGES}
    fields = {column("name", code): name for code, name in names.items()}
    home = HomePage(title=names[LANGUAGES[0]], slug=slug or "archive", **fields)
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
