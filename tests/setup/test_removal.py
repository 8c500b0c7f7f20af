"""Taking the archive out leaves what is the site's own."""

import pytest
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from archive.models import HomePage
from archive.setup.actions import SetupError
from archive.setup.removal import migrations_that_depend, remove_archive
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_a_site_whose_root_page_is_the_archives_keeps_itself_and_its_redirects() -> None:
    make_article()
    own = Page.get_first_root_node().add_child(instance=Page(title="Own", slug="own"))
    Page.objects.filter(depth=2, slug="home").delete()
    Redirect.objects.create(old_path="/old", site=Site.objects.get(), redirect_link="/new")
    remove_archive()
    assert not HomePage.objects.exists()
    assert Site.objects.get().root_page_id == own.pk
    assert Redirect.objects.count() == 1
    assert Page.find_problems() == ([], [], [], [], [])


def test_without_another_page_for_the_site_nothing_is_deleted() -> None:
    make_article()
    Page.objects.filter(depth=2, slug="home").delete()
    with pytest.raises(SetupError, match="another root page"):
        remove_archive()
    assert HomePage.objects.exists()


def test_a_sites_migrations_that_would_be_undone_are_named(monkeypatch) -> None:
    assert migrations_that_depend() == []
    plan = MigrationExecutor.migration_plan

    def with_another(self: MigrationExecutor, targets: list) -> list:
        return [(Migration("0001_story", "news"), True), *plan(self, targets)]

    monkeypatch.setattr(MigrationExecutor, "migration_plan", with_another)
    assert migrations_that_depend() == ["news.0001_story"]
