"""Each format's round: a file in the import's screens, published, whole on the reader's page."""

import pytest

from archive.contrib.intake.models import SourceProfile
from tests.contrib.intake.round_files import MAPPING, ROUND_FILES
from tests.contrib.intake.rounds import check_round, formats_of, round_client
from tests.contrib.web_pages.round_files import ROUND_FILES as WEB_PAGES
from tests.contrib.wires.round_files import ROUND_FILES as WIRES

pytestmark = pytest.mark.django_db
# What is only refused, with what to do.
NO_STORIES = {"refused"}
APPS = {
    "intake": ROUND_FILES,
    "office_files": ROUND_FILES,
    "web_pages": WEB_PAGES,
    "wires": WIRES,
}


@pytest.mark.parametrize("app", APPS)
def test_every_format_has_a_round(app: str) -> None:
    assert formats_of(f"archive.contrib.{app}") - NO_STORIES <= set(APPS[app])


@pytest.mark.parametrize(
    ("files", "form"),
    [(files, form) for files in (ROUND_FILES, WEB_PAGES, WIRES) for form in files],
)
def test_no_word_is_missing_on_the_readers_page(files: dict, form: str) -> None:
    SourceProfile.objects.create(name="Tables", file_pattern="table.*", mapping=MAPPING)
    read_as = "text" if form == "zip" else form.partition(" in ")[0]
    check_round(round_client(), files[form], read_as)
