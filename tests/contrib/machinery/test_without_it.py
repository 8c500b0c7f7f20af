"""The desk of a site without the app."""

from typing import Any

import pytest
from wagtail import hooks

from archive.models import Translation
from tests.contrib.machinery.fake_server import FakeServer
from tests.desk.helpers import Person, page_text
from tests.desk.segments import sidebar

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_the_sidebar_offers_no_draft_and_works(
    translation: Translation, li: Person, deepl: FakeServer, monkeypatch: Any
) -> None:
    assert 'data-section="machine"' in page_text(sidebar(li, translation))
    monkeypatch.setitem(hooks._hooks, "register_archive_desk_section", [])
    shown = page_text(sidebar(li, translation))
    assert "achine draft" not in shown
    assert 'data-section="comments"' in shown
