"""A site with the archive alone, with any one app around it, and with all of them."""

import json
import shutil
from pathlib import Path

import pytest

from archive.setup.patches import apps_around, needs_of
from tests.sites.project import ROOT, Project
from tests.sites.test_new_site import AROUND

APPS = [name.rpartition(".")[2] for name in apps_around()]
OFTEN = ("harvesting", "transfer")
ALONE = [
    pytest.param(app, marks=[] if app in OFTEN else pytest.mark.exhaustive)
    for app in APPS
]  # fmt: skip


def _walk(project: Project) -> dict[str, dict[str, int]]:
    """The status of each address by who asks: readers in both languages, an administrator."""
    code = f"""
        import importlib.util, json, re
        from django.contrib.auth.models import User
        from django.urls import reverse
        from django.utils import translation
        from archive import urls

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
        print("\\n" + json.dumps(dict(readers=readers, screens=screens)))
    """
    told: dict[str, dict[str, int]] = json.loads(project.python_code(code).splitlines()[-1])
    return told


def _works(project: Project) -> None:
    assert "no issues" in project.manage("check", "--fail-level", "WARNING")
    assert "No changes" in project.manage("makemigrations", "--check", "--dry-run")
    told = _walk(project)
    assert len(told["readers"]) > 20
    assert len(told["screens"]) > 20
    # Some addresses answer only with more than their bare name.
    assert {path: code for path, code in told["readers"].items() if code >= 500} == {}
    assert {path: code for path, code in told["screens"].items() if code not in (200, 302)} == {}


@pytest.fixture(scope="module")
def core(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.start(tmp_path_factory.mktemp("core"), packages)
    project.install_archive("--core")
    return project


def with_apps(core: Project, folder: Path, *apps: str) -> Project:
    """A copy of the site that has these apps around the archive, too."""
    shutil.copytree(core.folder, folder / "mysite")
    project = Project(folder / "mysite", core.packages)
    settings = project.folder / "mysite/settings/base.py"
    lines = "".join(f'INSTALLED_APPS += ["archive.contrib.{app}"]\n' for app in apps)
    settings.write_text(settings.read_text(encoding="utf-8") + lines, encoding="utf-8")
    project.manage("migrate", "--verbosity", "0")
    return project


def test_the_archive_alone_makes_a_site(core: Project, tmp_path: Path) -> None:
    project = with_apps(core, tmp_path)
    assert "archive.contrib" not in project.python_code("print(settings.INSTALLED_APPS)")
    _works(project)
    # The site sends it on to an address in the reader's language, which isn't there either.
    assert 200 not in project.status(*AROUND)
    for command in ("archive_from_wordpress", "import_articles"):
        assert "Unknown command" in project.manage(command, fails=True)


@pytest.mark.parametrize("app", ALONE)
def test_each_app_works_without_the_others_and_goes_again(
    core: Project, tmp_path: Path, app: str
) -> None:
    needed = [name.rpartition(".")[2] for name in needs_of(f"archive.contrib.{app}")]
    project = with_apps(core, tmp_path, *needed, app)
    _works(project)
    project.manage("archive_remove", app, "--noinput")
    settings = project.folder / "mysite/settings/base.py"
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    settings.write_text("".join(x for x in lines if f"contrib.{app}" not in x), encoding="utf-8")
    assert "no issues" in project.manage("check", "--database", "default")
    assert "No changes" in project.manage("makemigrations", "--check", "--dry-run")


@pytest.mark.exhaustive
def test_all_apps_work_together(core: Project, tmp_path: Path) -> None:
    _works(with_apps(core, tmp_path, *APPS))
