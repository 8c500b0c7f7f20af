"""Every screen of the admin in Chinese, by role: no English word but those that people wrote."""

import re
from typing import Any
from zoneinfo import available_timezones

import pytest
from django.db import connection
from django.test import Client
from wagtail.users.models import UserProfile

from tests.safety.test_forms import PEOPLE, addresses
from tests.safety.world import World, build_world
from tests.stories.test_chinese_admin import ALLOWED, LATIN, english_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
# Tables whose English is the program's, or is of rows that are read elsewhere.
OF_PROGRAM = re.compile(r"auth_permission|django_|_fts|_revision$|referenceindex|fingerprint")
# Headlines of the world; names of files' columns, of models, of products and of formats.
OF_WORLD = re.compile(
    r"zq\w+qz|lure\w+er|[\w-]+\.(?:txt|md|csv|jsonl)|列：[\w、()（）]+|[a-z_]+(?:列|和[a-z_]+)|[a-z_]+\.[a-z]+"
    r"|Excel|JSON Lines|gettext|ninjs|NewsML-G2|NITF|BagIt|WordPress|Polylang"
)
# What readers see, in the story's language.
OF_READERS = re.compile(r"/view_draft/|/revisions/\w+/view/|/preview|/translation/\d+/page/")
# Wagtail's, which its catalogues don't reach: names of permissions, headings made of fields' names,
# choices that are read before a person's language is known, and what is asked before the login.
OF_WAGTAIL = re.compile(
    r"/admin/(?:groups|redirects|sites|password_reset|reports/page-types-usage)/|/workflows/add/"
)
# The account's choice of a time zone.
ZONES = re.compile("|".join(sorted(available_timezones(), key=len, reverse=True)))
# So many addresses lie between two of an ordinary run.
STEP = 12


@pytest.fixture
def world(settings: Any) -> World:
    settings.WAGTAIL_SITE_NAME = "资料库"
    return build_world(lambda world: None)


@pytest.mark.exhaustive
def test_screens_here_and_there_have_no_english(world: World) -> None:
    assert crawl(world, "administrator", STEP) > 10


@pytest.mark.exhaustive
@pytest.mark.parametrize("role", PEOPLE)
def test_no_screen_of_a_role_has_english(world: World, role: str) -> None:
    assert crawl(world, role) > 40


def crawl(world: World, role: str, step: int = 1) -> int:
    """How many screens the role has; all with English on them are told at once."""
    user = world.users[role]
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "zh-hans"
    profile.save()
    client = Client(raise_request_exception=False)
    client.force_login(user)
    written, shown, told = words_written(), 0, set()
    paths = [
        one for one in addresses(world) if not (OF_READERS.search(one) or OF_WAGTAIL.search(one))
    ]
    for path in [*dict.fromkeys(paths)][::step]:
        page = client.get(path)
        if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
            continue
        shown += 1
        for where, words in english_of(page.getvalue().decode()):
            rest = (
                set(LATIN.findall(ALLOWED.sub(" ", OF_WORLD.sub(" ", ZONES.sub(" ", words)))))
                - written
            )
            # The last word of a list may be cut.
            if {one for one in rest if f"{one}..." not in words}:
                told.add(f"{path}: {where}: {words[:150]}")
    assert not told, "\n".join(sorted(told))
    return shown


def words_written() -> set[str]:
    """Each English word in the database that people have put there."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if OF_PROGRAM.search(table):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    found.update(LATIN.findall(value) if isinstance(value, str) else ())
    return found
