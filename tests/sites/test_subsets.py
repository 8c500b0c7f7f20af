"""A site with the archive alone, with any one app around it, and with all of them."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from archive.setup.patches import apps_around, needs_of
from tests.sites.project import ROOT, Project
from tests.sites.test_new_site import AROUND

pytestmark = pytest.mark.exhaustive
APPS = [name.rpartition(".")[2] for name in apps_around()]
# Of an app around the archive, each.
COMMANDS = ("archive_from_wordpress", "import_articles")


def _walk(project: Project) -> dict[str, Any]:
    """What the site says of itself, all by one process: to start each takes seconds.

    It begins with the tables that are missing.
    `readers` and `screens` have the status of each address, for readers in both languages and for
    an administrator.
    """
    code = f"""
        import importlib.util, json, re
        from django.contrib.auth.models import User
        from django.core.management import call_command, get_commands
        from django.urls import reverse
        from django.utils import translation
        from archive import urls

        call_command("migrate", "--verbosity", "0")
        call_command("check", "--fail-level", "WARNING")
        call_command("makemigrations", "--check", "--dry-run")

        told = dict(
            apps=settings.INSTALLED_APPS,
            commands=list(get_commands()),
            around=[client.get(path).status_code for path in {AROUND!r}],
        )
        path = {str(ROOT / "tests" / "factories.py")!r}
        spec = importlib.util.spec_from_file_location("factories", path)
        factories = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(factories)
        publication = factories.PublicationPage.objects.get()
        story = factories.make_article("Harbour opens", publication=publication)
        city = factories.make_entity("zhanjiang")
        factories.tag(story, city)
        translated = factories.translate(story, headline="港口开放")

        def names(patterns):
            for one in patterns:
                if hasattr(one, "url_patterns"):
                    yield from names(one.url_patterns)
                elif one.name and not one.pattern.converters and not one.pattern.regex.groups:
                    yield one.name

        readers, screens = {{}}, {{}}
        for language in ("en", "zh-hans"):
            with translation.override(language):
                own = [reverse(f"archive:{{name}}") for name in names(urls.urlpatterns)]
                for address in (story.get_url(), *own, "/sitemap.xml", "/robots.txt"):
                    readers[address] = client.get(address).status_code
                assert "Harbour opens" in client.get(story.get_url()).content.decode()
        in_chinese = client.get(story.get_url().replace("/en/", "/zh-hans/"))
        assert "港口开放" in in_chinese.content.decode()

        user = User.objects.create_superuser("boss")
        client.force_login(user)
        waiting = ["/admin/", f"/admin/pages/{{story.pk}}/edit/"]
        while waiting:
            address = waiting.pop()
            answer = client.get(address)
            screens[address] = answer.status_code
            if len(screens) <= 2:
                links = re.findall(r'(?:href="|"url": ")(/admin/[^"?#]*)', answer.content.decode())
                waiting += [one for one in dict.fromkeys(links) if one not in screens
                            and one not in waiting and "logout" not in one]
        print("\\n" + json.dumps(dict(told, readers=readers, screens=screens)))
    """
    told: dict[str, Any] = json.loads(project.python_code(code).splitlines()[-1])
    return told


def _works(project: Project) -> dict[str, Any]:
    told = _walk(project)
    assert len(told["readers"]) > 20
    assert len(told["screens"]) > 20
    # Some addresses answer only with more than their bare name.
    assert {path: code for path, code in told["readers"].items() if code >= 500} == {}
    assert {path: code for path, code in told["screens"].items() if code not in (200, 302)} == {}
    return told


@pytest.fixture(scope="module")
def core(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.start(tmp_path_factory.mktemp("core"), packages)
    project.install_archive("--core")
    return project


def with_apps(core: Project, folder: Path, *apps: str) -> Project:
    """A copy of the site that has these apps around the archive, too, yet without tables."""
    shutil.copytree(core.folder, folder / "mysite")
    project = Project(folder / "mysite", core.packages)
    settings = project.folder / "mysite/settings/base.py"
    lines = "".join(f'INSTALLED_APPS += ["archive.contrib.{app}"]\n' for app in apps)
    settings.write_text(settings.read_text(encoding="utf-8") + lines, encoding="utf-8")
    return project


def test_the_archive_alone_makes_a_site(core: Project, tmp_path: Path) -> None:
    told = _works(with_apps(core, tmp_path))
    assert not [app for app in told["apps"] if app.startswith("archive.contrib")]
    # The site sends it on to an address in the reader's language, which isn't there either.
    assert 200 not in told["around"]
    assert not set(COMMANDS) & set(told["commands"])


@pytest.mark.parametrize("app", APPS)
def test_each_app_works_without_the_others_and_goes_again(
    core: Project, tmp_path: Path, app: str
) -> None:
    needed = [name.rpartition(".")[2] for name in needs_of(f"archive.contrib.{app}")]
    project = with_apps(core, tmp_path, *needed, app)
    _works(project)
    # By a process of its own, as a site does it: it meets no model of an app that isn't there.
    project.manage("archive_remove", app, "--noinput")
    settings = project.folder / "mysite/settings/base.py"
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    settings.write_text("".join(x for x in lines if f"contrib.{app}" not in x), encoding="utf-8")
    project.python_code("""
        from django.core.management import call_command

        call_command("check", "--database", "default")
        call_command("makemigrations", "--check", "--dry-run")
    """)


def test_all_apps_work_together(core: Project, tmp_path: Path) -> None:
    told = _works(with_apps(core, tmp_path, *APPS))
    assert set(COMMANDS) <= set(told["commands"])
