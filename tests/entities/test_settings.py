"""How names stand at their first mention is a site's own choice, and a wrong one is refused."""

import pytest

from archive.checks import check_first_mention
from archive.conf import settings as archive_settings


def test_a_foreign_persons_own_name_is_given_once_unless_the_site_says_otherwise():
    assert archive_settings.NAMES_FIRST_MENTION == {"zh-hans": {"person": "{name}（{original}）"}}


@pytest.mark.parametrize(
    ("patterns", "ids"),
    [
        ({}, []),
        ({"en": {"organisation": "{name} ({original})"}}, []),
        ({"zh-hans": {"person": "{original}"}}, ["archive.E007"]),
        ({"zh-hans": {"person": "{name}（{english}）"}}, ["archive.E007"]),
        ({"zh-hans": {"person": "{name}（{"}}, ["archive.E007"]),
        ({"fr": {"person": "{name}"}}, ["archive.E007"]),
        ({"zh-hans": "{name}"}, ["archive.E007"]),
        ("{name}", ["archive.E007"]),
    ],
)
def test_a_wrong_pattern_is_found_at_start(settings, patterns, ids):
    settings.ARCHIVE_NAMES_FIRST_MENTION = patterns
    assert [error.id for error in check_first_mention(None)] == ids
