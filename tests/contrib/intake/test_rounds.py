"""Each format's round: a file in the import's screens, published, whole on the reader's page."""

import pytest

from archive.contrib.intake.models import SourceProfile
from tests.contrib.intake.round_files import MAPPING, ROUND_FILES
from tests.contrib.intake.rounds import check_round, formats_of, round_client

pytestmark = pytest.mark.django_db
# What is only refused, with what to do.
NO_STORIES = {"refused"}


def test_every_format_has_a_round() -> None:
    assert formats_of("archive.contrib.intake") - NO_STORIES <= set(ROUND_FILES)


@pytest.mark.parametrize("form", ROUND_FILES)
def test_no_word_is_missing_on_the_readers_page(form: str) -> None:
    SourceProfile.objects.create(name="Tables", file_pattern="table.*", mapping=MAPPING)
    read_as = "text" if form == "zip" else form.partition(" in ")[0]
    check_round(round_client(), ROUND_FILES[form], read_as)
