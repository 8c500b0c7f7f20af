"""Sites that were there before the archive: what they have stays, and the archive works in it."""

from pathlib import Path

import pytest

from tests.sites.project import ROOT, STORY, Project

pytestmark = pytest.mark.exhaustive
READS = ["/en/news/archive/", f"/en/news/archive/{STORY}", f"/zh-hans/news/archive/{STORY}"]

MODELS = """
    from django.db import models
    from wagtail.models import Page


    class ArticlePage(Page):
        summary = models.TextField(blank=True)


    class PersonPage(Page):
        pass


    class SectionPage(Page):
        pass
"""
PAGES = """
    from news.models import ArticlePage, PersonPage, SectionPage
    from home.models import HomePage
    home = HomePage.objects.get()
    news = home.add_child(instance=SectionPage(title="News", slug="news"))
    news.add_child(instance=ArticlePage(title="Old news", slug="old", summary="Of the site's own"))
    home.add_child(instance=PersonPage(title="Ada", slug="ada"))
"""
COUNT = """
    from news.models import ArticlePage, PersonPage, SectionPage
    from wagtail.models import Page
    kept = [model.objects.count() for model in (ArticlePage, PersonPage, SectionPage)]
    print(kept, ArticlePage.objects.get().url, ArticlePage.objects.get().summary)
    print(Page.find_problems())
"""


@pytest.fixture
def project(tmp_path: Path, packages: Path) -> Project:
    return Project.start(tmp_path, packages)


def add_news(project: Project) -> None:
    """Models of the site's own, with the archive's names, and pages of each."""
    project.write("news/__init__.py", "")
    project.write("news/models.py", MODELS)
    for name in ("article", "person", "section"):
        project.write(f"news/templates/news/{name}_page.html", '{% extends "base.html" %}')
    project.edit("mysite/settings/base.py", '    "home",', '    "home",\n    "news",')
    project.manage("makemigrations", "news", "--verbosity", "0")
    project.manage("migrate", "--verbosity", "0")
    project.python_code(PAGES)


def test_models_of_the_same_names_and_their_pages_stay(project: Project) -> None:
    add_news(project)
    project.install_archive("--at", "news/archive")
    project.import_seed()
    assert "no issues" in project.manage("check", "--fail-level", "WARNING")
    assert "No changes" in project.manage("makemigrations", "--check", "--dry-run")
    assert project.status("/", "/news/", "/news/old/", "/ada/", *READS) == [200] * 7
    told, problems = project.python_code(COUNT).splitlines()
    assert told == "[1, 1, 1] /news/old/ Of the site's own"
    assert problems == "([], [], [], [], [])"


def test_the_archive_takes_on_the_look_of_a_site(project: Project) -> None:
    project.write("mysite/templates/header.html", '<header class="ours">My site</header>')
    project.write(
        "mysite/templates/archive/base.html",
        """
        {% extends "archive/base.html" %}
        {% block masthead %}{% include "header.html" %}{{ block.super }}{% endblock %}
        {% block footer %}<footer class="ours"></footer>{% endblock %}
        """,
    )
    project.install_archive("--at", "/")
    project.import_seed()
    page = project.page(f"/en/{STORY}")
    assert page.count('class="ours"') == 2
    assert "City builds on long history with US" in page
    assert project.status("/en/", "/zh-hans/", "/en/search/?q=port", "/en/ties/") == [200] * 4


def test_beside_wagtail_localize_both_translate_their_own(tmp_path: Path, packages: Path) -> None:
    python = ROOT / ".venv-bench" / "bin" / "python"
    assert python.exists(), "Run `.ci/environment .venv-bench requirements-bench.txt` first."
    project = Project.start(tmp_path, packages, str(python))
    project.edit(
        "mysite/settings/base.py",
        '    "home",',
        '    "home",\n    "wagtail_localize",\n    "wagtail_localize.locales",',
    )
    project.edit(
        "mysite/settings/base.py",
        'LANGUAGE_CODE = "en-us"',
        'LANGUAGE_CODE = "en"\nWAGTAIL_I18N_ENABLED = True\n'
        'LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("zh-hans", "Chinese")]',
    )
    project.edit(
        "mysite/urls.py",
        'path("", include(wagtail_urls)),',
        '*i18n_patterns(path("", include(wagtail_urls))),',
    )
    project.edit(
        "mysite/urls.py",
        "from django.conf import settings",
        "from django.conf import settings\nfrom django.conf.urls.i18n import i18n_patterns",
    )
    project.manage("migrate", "--verbosity", "0")
    project.python_code("""
        from home.models import HomePage
        from wagtail.models import Locale
        chinese = Locale.objects.create(language_code="zh-hans")
        copy = HomePage.objects.get().copy_for_translation(chinese)
        copy.title = "首页"
        copy.save_revision().publish()
    """)
    project.install_archive()
    project.import_seed()
    assert "no issues" in project.manage("check", "--fail-level", "WARNING")
    story = [f"/{code}/archive/{STORY}" for code in ("en", "zh-hans")]
    assert project.status("/en/", "/zh-hans/", *story) == [200] * 4
    assert "首页" in project.page("/zh-hans/")


def test_on_a_page_model_of_the_sites_own(project: Project) -> None:
    project.edit(
        "mysite/settings/base.py", '    "home",\n    "search",', '    "wagtail.test.basepage",'
    )
    project.edit(
        "mysite/settings/base.py",
        'WAGTAIL_SITE_NAME = "mysite"',
        'WAGTAIL_SITE_NAME = "mysite"\nWAGTAIL_PAGE_MODEL = "basepage.BasePage"',
    )
    project.edit("mysite/urls.py", "from search import views as search_views\n", "")
    project.edit("mysite/urls.py", '    path("search/", search_views.search, name="search"),\n', "")
    project.install_archive("--at", "/")
    project.import_seed()
    assert "no issues" in project.manage("check", "--fail-level", "WARNING")
    assert "No changes" in project.manage("makemigrations", "archive", "--check", "--dry-run")
    assert (
        project.status(
            "/en/", f"/en/{STORY}", f"/zh-hans/{STORY}", "/en/search/?q=Zhanjiang", "/sitemap.xml"
        )
        == [200] * 5
    )
    told = project.python_code("""
        from archive.models import ArticlePage
        from wagtail.test.basepage.models import BasePage
        print(issubclass(ArticlePage, BasePage), ArticlePage.objects.get().live)
    """)
    assert told.split() == ["True", "True"]


def test_removal_takes_the_tables_and_leaves_the_site(project: Project) -> None:
    project.install_archive()
    project.import_seed()
    told = project.manage("archive_remove", "--noinput")
    assert "1  stories" in told
    for name in ("mysite/settings/base.py", "mysite/urls.py"):
        path = project.folder / name
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(one for one in lines if "archive" not in one), encoding="utf-8")
    assert "no issues" in project.manage("check")
    assert "No changes" in project.manage("makemigrations", "--check", "--dry-run")
    assert project.status("/", "/admin/login/", "/en/archive/") == [200, 200, 404]
    code = """
        from django.db import connection
        from wagtail.models import Page, ReferenceIndex, Revision
        print([t for t in connection.introspection.table_names() if t.startswith("archive_")])
        print(Page.objects.count(), Revision.objects.count(), ReferenceIndex.objects.count())
        print(Page.find_problems())
    """
    tables, counts, problems = project.python_code(code).splitlines()
    assert (tables, counts, problems) == ("[]", "2 0 0", "([], [], [], [], [])")
