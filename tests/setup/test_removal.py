"""Taking the archive out leaves what is the site's own."""

import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from archive.models import HomePage
from archive.setup.actions import SetupError
from archive.setup.checks import check_tables_left
from archive.setup.removal import (
    drop_tables,
    export,
    labels_of,
    migrations_that_depend,
    remove_rows,
    summary,
)
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_a_site_whose_root_page_is_the_archives_keeps_itself_and_its_redirects() -> None:
    make_article()
    own = Page.get_first_root_node().add_child(instance=Page(title="Own", slug="own"))
    Page.objects.filter(depth=2, slug="home").delete()
    Redirect.objects.create(old_path="/old", site=Site.objects.get(), redirect_link="/new")
    remove_rows(labels_of())
    assert not HomePage.objects.exists()
    assert Site.objects.get().root_page_id == own.pk
    assert Redirect.objects.count() == 1
    assert Page.find_problems() == ([], [], [], [], [])


def test_without_another_page_for_the_site_nothing_is_deleted() -> None:
    make_article()
    Page.objects.filter(depth=2, slug="home").delete()
    with pytest.raises(SetupError, match="another root page"):
        remove_rows(labels_of())
    assert HomePage.objects.exists()


def test_no_table_that_is_gone_is_asked_for_what_refers_to_the_models(monkeypatch) -> None:
    make_article()
    Page.get_first_root_node().add_child(instance=Page(title="Own", slug="own"))
    remove_rows(labels_of())
    monkeypatch.setattr("archive.setup.removal.call_command", lambda *_args, **_more: None)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        drop_tables(labels_of())
    assert [one["sql"] for one in asked if '"archive_' in one["sql"]] == []
    assert not ContentType.objects.filter(app_label__in=labels_of()).exists()
    ContentType.objects.clear_cache()


def test_a_sites_migrations_that_would_be_undone_are_named(monkeypatch) -> None:
    assert migrations_that_depend(labels_of()) == []
    plan = MigrationExecutor.migration_plan

    def with_another(self: MigrationExecutor, targets: list) -> list:
        return [(Migration("0001_story", "news"), True), *plan(self, targets)]

    monkeypatch.setattr(MigrationExecutor, "migration_plan", with_another)
    assert migrations_that_depend(labels_of()) == ["news.0001_story"]


def test_an_app_is_named_as_its_folder_and_a_wrong_name_says_which_there_are() -> None:
    assert labels_of("transfer") == ["archive_transfer"]
    assert labels_of()[-1] == "archive"
    assert "archive_transfer" in labels_of()
    with pytest.raises(SetupError, match=r"no app “tranfser”.*transfer"):
        labels_of("tranfser")


def test_rows_are_counted_and_written_before_they_go(tmp_path) -> None:
    make_article("Harbour opens")
    assert any(line.split() == ["1", "stories"] for line in summary(["archive"]))
    export(["archive"], tmp_path / "rows.json")
    rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert "archive.articlepage" in {row["model"] for row in rows}
    with pytest.raises(FileExistsError):
        export(["archive"], tmp_path / "rows.json")


def test_rows_of_an_app_that_was_only_taken_out_of_the_settings_are_an_error(monkeypatch) -> None:
    lost = "archive.contrib.lost"
    monkeypatch.setattr("archive.setup.checks.apps_around", lambda: [lost])
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE archive_lost_thing (id integer)")
        assert check_tables_left(databases=["default"]) == []
        cursor.execute("INSERT INTO archive_lost_thing VALUES (1)")
    (error,) = check_tables_left(databases=["default"])
    assert error.id == "archive.E087"
    assert "archive_lost_thing" in error.msg
    assert "archive_remove lost" in error.hint
