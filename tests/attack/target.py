"""The site that is attacked: two papers, everything that is hidden in an archive, and staff."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_test_environment

from archive.desk.groups import make_group, plan_groups
from archive.models import ArchiveImage, ArticlePage
from tests.attack.browser import Browser, Site
from tests.benchmarks import processes
from tests.factories import block, make_article, make_entity, make_image, make_tie, make_user
from tests.photos.test_renditions import camera_file
from tests.safety.addresses import Asked, public_requests, routes
from tests.safety.world import World, build_world

LOG = "server.log"
FORMULA = '=HYPERLINK("https://formula.example")'
# Signs of an error that nobody expected, in the server's log.
FAULTS = ("Internal Server Error", "WORKER TIMEOUT", "Error handling request")
# Rows of these come and go with anybody's visit, and with the search for them.
OF_VISITS = ("django_session", "wagtailadmin_editingsession", "archive_attempt", "sqlite_")


@dataclass
class Target:
    site: Site
    world: World
    folder: Path
    story: ArticlePage
    image: ArchiveImage

    def browser(self, role: str = "") -> Browser:
        """Of a new reader, at an address of their own; or of somebody who has logged in."""
        browser = Browser(self.site)
        if role:
            answer = browser.log_in(self.world.users[role].username)
            assert answer.status == 302, f"{role} can't log in: {answer.status}"
        return browser

    def public(self) -> list[Asked]:
        """What readers, programs and harvesters may ask for, and what is hidden from them."""
        return _public(self.world)

    def rows(self) -> dict[str, str]:
        """A digest of each table: equal where nothing was written."""
        found = {}
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                if not table.startswith(OF_VISITS):
                    cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                    text = repr(cursor.fetchall()).encode()
                    found[table] = hashlib.sha256(text).hexdigest()
        return found

    def faults(self) -> Iterator[str]:
        """What the server has logged since it was last asked."""
        log = self.folder / LOG
        text = log.read_text(errors="replace")
        os.truncate(log, 0)
        for fault in FAULTS:
            for line in text.splitlines():
                if fault in line:
                    yield f"the server's log: {line[:160]}"


@contextmanager
def served(folder: Path) -> Iterator[Target]:
    """Fills a database and serves it while it is filled, so that pages are in its cache."""
    call_command("migrate", verbosity=0)
    setup_test_environment(debug=False)
    variables = {**os.environ, "SECURE_SSL_REDIRECT": "true", "HOME": str(folder)}
    with (folder / LOG).open("ab") as log, processes.served("ours", variables, log=log) as url:
        site = Site(int(url.rpartition(":")[2]))
        world = build_world(lambda made: _warm(made, Browser(site)))
        _make_picture_translator(world)
        make_entity("formula", FORMULA, "公式", kind="person")
        make_tie(world.rows["city"], make_entity("oakland", FORMULA, "奥克兰", country="US"))
        image = make_image(camera_file(), "harbourplan.jpg", credit="Li Na", rights="©")
        value = {"image": image.pk, "caption": "Plan", "alt_text": "A plan", "credit": ""}
        body = [block("paragraph", "<p>Ships came.</p>"), block("image", value)]
        story = make_article("Plan of the port", body=body, publication=world.pages["alpha"])
        yield Target(site, world, folder, story, image)


def _make_picture_translator(world: World) -> None:
    """May write pictures' texts, which the translators of the matrix may not."""
    plans = plan_groups(per_language=True, with_names=True)
    plan = next(one for one in plans if one.name == "Archive translators into Chinese")
    group, _made = make_group(replace(plan, name="Archive translators with pictures"))
    world.users["translator with pictures"] = make_user("translator-with-pictures", group)


def _public(world: World) -> list[Asked]:
    return [one for route in routes() if route.is_public for one in public_requests(world, route)]


def _warm(world: World, reader: Browser) -> None:
    world.rows["pk of deleted"] = world.pages["deleted"].pk
    for asked in _public(world):
        reader.get(asked.path)
