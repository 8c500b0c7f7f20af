"""Each format's round: a file in the import's screens, published, whole on the reader's page."""

import pytest

from tests.contrib.intake.rounds import check_round, formats_of, round_client
from tests.contrib.web_pages.round_files import ROUND_FILES

pytestmark = pytest.mark.django_db


def test_every_format_has_a_round() -> None:
    assert formats_of("archive.contrib.web_pages") <= set(ROUND_FILES)


@pytest.mark.parametrize("form", ROUND_FILES)
def test_no_word_is_missing_on_the_readers_page(form: str) -> None:
    check_round(round_client(), ROUND_FILES[form], form.partition(" in ")[0])
