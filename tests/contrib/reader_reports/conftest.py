"""A story in both languages, and a reader of it."""

from typing import Any

import pytest

from archive.models import ArticlePage
from tests.contrib.reader_reports.reporting import Reader
from tests.factories import block, make_article, translate

KEY = "00000000-0000-4000-8000-000000000801"


@pytest.fixture
def story() -> ArticlePage:
    """A headline and one paragraph, "Twelve ships came." and "来了二十艘船。"."""
    body = [block("paragraph", "<p>Twelve ships came.</p>", KEY)]
    article = make_article("Harbour", body=body)
    translate(article, headline="海港", **{KEY: "<p>来了二十艘船。</p>"})
    return ArticlePage.objects.get(pk=article.pk)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Any:
    return Reader(monkeypatch)
