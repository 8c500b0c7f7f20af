"""`--mapping`: a file, or a profile that has the columns."""

import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from archive.contrib.intake.models import SourceProfile
from archive.models import ArticlePage
from archive.stories.unplaced import unplaced_texts
from tests.factories import make_home

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
COLUMNS = {"columns": {"headline": "t", "body": "b", "publication": "p"}}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    make_home()
    path = tmp_path / "harbour-2015.csv"
    path.write_text("t,b,p\nPort opens,A port opened on Monday.,Harbour Post\n")
    return path


def headline(table: Path, **options: object) -> str:
    call_command(
        "import_articles", str(table), stdout=io.StringIO(), create_publications=True, **options
    )
    return ArticlePage.objects.get().source("headline")


def test_a_file_says_what_the_columns_are(table: Path) -> None:
    mapping = table.parent / "columns.toml"
    mapping.write_text('[columns]\nheadline = "t"\nbody = "b"\npublication = "p"\n')
    assert headline(table, mapping=str(mapping)) == "Port opens"


def test_what_stands_in_columns_that_it_does_not_name_waits(table: Path) -> None:
    table.write_text("t,b,p,note\nPort opens,A port opened on Monday.,Harbour Post,Hold it\n")
    SourceProfile.objects.create(name="Harbour", first_lines="nothing", mapping=COLUMNS)
    headline(table, mapping="Harbour")
    (found,) = unplaced_texts(ArticlePage.objects.get())
    assert (found.text, found.is_left_out) == ("Hold it", False)


def test_a_profile_is_chosen_by_its_name(table: Path) -> None:
    SourceProfile.objects.create(name="Harbour", first_lines="nothing", mapping=COLUMNS)
    assert headline(table, mapping="Harbour") == "Port opens"


def test_a_profile_of_such_file_names_needs_no_option(table: Path) -> None:
    SourceProfile.objects.create(name="Harbour", file_pattern="harbour-*.csv", mapping=COLUMNS)
    assert headline(table) == "Port opens"


def test_a_name_that_is_nothing_ends_the_command(table: Path) -> None:
    with pytest.raises(CommandError, match="nor a profile with columns is called “none”"):
        headline(table, mapping="none")


def test_a_profile_with_a_wrong_mapping_is_refused() -> None:
    profile = SourceProfile(name="x", file_pattern="*", mapping={"columns": {"headlin": "t"}})
    with pytest.raises(ValidationError, match="no field “headlin”"):
        profile.full_clean()
