"""`archive_setup` in an empty site: what it makes, where, and what it says otherwise."""

import io

import PIL.Image
import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from wagtail.images.models import Image
from wagtail.models import GroupPagePermission, Page, Site

from archive.models import HomePage, PublicationPage

pytestmark = pytest.mark.django_db
SECTION = pytest.mark.urls("tests.setup.section_urls")


@pytest.fixture(autouse=True)
def _empty() -> None:
    """A site as `wagtail start` makes it: one page, and nothing of the archive."""
    root = Page.get_first_root_node()
    welcome = root.add_child(instance=Page(title="Welcome", slug="welcome"))
    Site.objects.update(root_page=welcome)
    for page in HomePage.objects.all():
        page.delete()


def make_stock_image() -> None:
    picture = io.BytesIO()
    PIL.Image.new("RGB", (4, 4)).save(picture, "PNG")
    Image.objects.create(title="Old", file=ContentFile(picture.getvalue(), name="old.png"))


def set_up(**options: str) -> str:
    out = io.StringIO()
    call_command("archive_setup", stdout=out, **options)
    return out.getvalue()


def test_the_whole_site_becomes_an_archive_and_its_former_root_page_stays() -> None:
    told = set_up(publication="China Daily")
    home = HomePage.objects.get()
    assert Site.objects.get().root_page_id == home.pk
    assert Page.objects.filter(slug="welcome").exists()
    assert "Welcome" in told
    paper = PublicationPage.objects.get()
    assert (paper.name_en, paper.name_zh_hans) == ("China Daily", "中国日报")
    assert paper.live


def test_a_second_run_changes_nothing() -> None:
    set_up()
    before = [list(model.objects.values()) for model in (Page, Group, GroupPagePermission)]
    assert "made" not in set_up(publication="Another Paper")
    assert before == [list(model.objects.values()) for model in (Page, Group, GroupPagePermission)]


@SECTION
def test_below_an_existing_page_the_front_page_is_where_the_addresses_are() -> None:
    welcome = Page.objects.get(slug="welcome")
    welcome.add_child(instance=Page(title="News", slug="news"))
    set_up()
    home = HomePage.objects.get()
    assert home.url_path == "/welcome/news/archive/"
    assert home.get_url() == "/en/news/archive/"
    assert Site.objects.get().root_page_id == welcome.pk
    assert {
        right.page_id for right in GroupPagePermission.objects.filter(group__name="Archive editors")
    } == {home.pk}


@SECTION
def test_without_the_page_above_it_says_which_is_missing_and_makes_nothing() -> None:
    with pytest.raises(CommandError, match="“news/”"):
        set_up()
    assert not HomePage.objects.exists()
    assert not Group.objects.filter(name="Archive editors").exists()


@SECTION
def test_a_front_page_elsewhere_is_told_with_both_places() -> None:
    Page.objects.get(slug="welcome").add_child(
        instance=HomePage(title="Old", slug="old", name_en="Old")
    )
    with pytest.raises(CommandError, match=r"“old/”.*“news/archive/”"):
        set_up()


@SECTION
def test_a_place_that_the_addresses_dont_have_is_refused() -> None:
    with pytest.raises(CommandError, match="at “news/archive/”"):
        set_up(at="/")
    assert not HomePage.objects.exists()


def test_pictures_in_wagtails_own_model_are_told() -> None:
    assert "archive_move_images" not in set_up()
    make_stock_image()
    assert "archive_move_images" in set_up()


def test_wrong_settings_are_told_with_the_way_out(settings) -> None:
    settings.MIDDLEWARE = settings.MIDDLEWARE[:-1]
    out = io.StringIO()
    with pytest.raises(CommandError, match="Change the settings"):
        call_command("archive_setup", stdout=out)
    assert "WindowUserMiddleware" in out.getvalue()
    assert not HomePage.objects.exists()
