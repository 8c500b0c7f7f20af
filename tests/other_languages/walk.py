"""What holds in a newspaper of two other languages; `test_pairs.py` runs it for each pair."""

import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from archive.contrib.exchange.tmx import language_of
from archive.contrib.intake.formats.plain_text import PlainText
from archive.contrib.intake.sources import SourceFile
from archive.contrib.machinery.deepl import DeepL
from archive.contrib.machinery.engines import DraftContext
from archive.desk.findings import story_of
from archive.entities.glossary.termbase import load_glossary
from archive.models import ArticlePage, Entity
from archive.qa.base import Pair, Story
from archive.qa.runner import check_story, load_checks
from archive.site.permalinks import permanent_path
from archive.text.dates import display_date, display_partial
from archive.text.language import FIRST, HTML_CODES, LABELS, LANGUAGES, SECOND, column, detect
from tests.factories import make_translator
from tests.other_languages import newspaper

IS_FRENCH = "fr" in LANGUAGES
HAN = re.compile(r"[\u3001-\u9fff\uff01-\uff5e]")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """A story in both languages, made once: the tests only look at it."""
    with django_db_blocker.unblock():
        paper, place = newspaper.make_paper(), newspaper.make_place()
        story = newspaper.write_story(paper, place)
        alone = newspaper.get(story, SECOND)
        made = newspaper.translate_story(story, make_translator(languages=(SECOND,)))
        story.refresh_from_db()
        yield SimpleNamespace(paper=paper, place=place, story=story, alone=alone, translation=made)


def test_the_system_check_is_silent_and_no_migration_is_missing() -> None:
    call_command("check", fail_level="WARNING")
    call_command("makemigrations", "archive", check_changes=True, dry_run=True, stdout=StringIO())


def test_the_columns_are_those_of_the_pair(site: SimpleNamespace) -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            names = {
                one.name for one in connection.introspection.get_table_description(cursor, table)
            }
            assert not [name for name in names if name.endswith("_zh_hans")], table
            if column("name", FIRST) in names:
                assert column("name", SECOND) in names, table


def test_a_story_is_read_in_each_language(site: SimpleNamespace) -> None:
    for number, language in enumerate(LANGUAGES):
        page = BeautifulSoup(newspaper.get(site.story, language), "html.parser")
        assert page.html["lang"] == HTML_CODES[language]
        assert page.h1.get_text() == newspaper.HEADLINE[number]
        assert newspaper.PARAGRAPHS[0][number] in page.select_one(".story-body").get_text()
        links = [link.get_text() for link in page.select(".languages a")]
        assert links == list(LABELS.values())


def test_an_untranslated_story_says_which_language_it_is_in(
    site: SimpleNamespace,
) -> None:
    names = {"en": "English", "fr": "French", "ja": "Japanese"}
    said = f"translated into {names[SECOND]}. You are reading the {names[FIRST]} original."
    assert said in site.alone


@pytest.mark.parametrize("mode", ["both", "reveal"])
def test_both_languages_are_read_together(site: SimpleNamespace, mode: str) -> None:
    page = BeautifulSoup(newspaper.get(site.story, SECOND, f"?view={mode}"), "html.parser")
    for number, language in enumerate(LANGUAGES):
        paragraph = page.find(string=newspaper.PARAGRAPHS[0][number])
        assert paragraph.find_parent(attrs={"lang": True})["lang"] == HTML_CODES[language]


def test_machines_are_told_the_right_languages(site: SimpleNamespace) -> None:
    page = BeautifulSoup(newspaper.get(site.story, SECOND), "html.parser")
    codes = [link["hreflang"] for link in page.select("link[hreflang]")]
    assert codes == [*LANGUAGES, "x-default"]
    data = json.loads(page.select_one("script[type='application/ld+json']").string)["@graph"][0]
    assert (data["inLanguage"], data["translationOfWork"]["inLanguage"]) == (SECOND, FIRST)
    locales = {"en": "en_US", "fr": "fr_FR", "ja": "ja_JP"}
    for name, language in (("og:locale", SECOND), ("og:locale:alternate", FIRST)):
        assert page.select_one(f"meta[property='{name}']")["content"] == locales[language]
    for name in ("citation_language", "DC.language"):
        assert page.select_one(f"meta[name='{name}']")["content"] == SECOND


def test_feeds_sitemaps_and_harvests_carry_the_right_codes(site: SimpleNamespace) -> None:
    for language in LANGUAGES:
        assert f"<language>{language}</language>" in newspaper.get_at(f"/{language}/feed/")
        stories = newspaper.get_at(f"/sitemap-{language}-stories-0.xml")
        assert all(f'hreflang="{code}"' in stories for code in LANGUAGES)
    ArticlePage.objects.update(print_date=timezone.localdate())
    news = newspaper.get_at("/sitemap-news.xml")
    assert all(f"<news:language>{code}</news:language>" in news for code in LANGUAGES)
    records = newspaper.get_at("/oai/?verb=ListRecords&metadataPrefix=oai_dc")
    assert all(f"<dc:language>{code}</dc:language>" in records for code in LANGUAGES)


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "theatre"), ("fr", "THÉÂTRES"), ("fr", "opera"), ("fr", "été"), ("en", "theatres")]
    if IS_FRENCH
    else [("ja", "市場"), ("ja", "再開"), ("ja", "ぶり"), ("en", "markets"), ("ja", "Tokyo")],
)
def test_a_story_is_found_by_its_words(site: SimpleNamespace, language: str, words: str) -> None:
    with translation.override(language):
        page = Client().get(reverse("archive:search"), {"q": words}).content.decode()
    found = BeautifulSoup(page, "html.parser").select("main .card h3")
    assert [one.get_text() for one in found] == [newspaper.HEADLINE[LANGUAGES.index(language)]]


def test_a_word_that_is_in_no_story_finds_none(site: SimpleNamespace) -> None:
    words = "heater" if IS_FRENCH else "市長官"
    page = newspaper.get_at(f"/{FIRST}/search/?q={words}")
    assert not BeautifulSoup(page, "html.parser").select("main .card h3")


def test_dates_are_the_languages_own() -> None:
    dates = {"en": "22 October 2015", "fr": "22 octobre 2015", "ja": "2015年10月22日"}
    months = {"en": "October 2015", "fr": "octobre 2015", "ja": "2015年10月"}
    for language in LANGUAGES:
        assert display_date(newspaper.DAY, language) == dates[language]
        assert display_partial("2015-10", language) == months[language]


# Every address that a page of the site leads to, and what the admin shows.


def test_no_page_is_broken_and_none_in_two_other_languages_has_chinese(
    site: SimpleNamespace,
) -> None:
    client, found = Client(), {f"/{language}/" for language in LANGUAGES}
    found |= {f"/{FIRST}/report/?story={site.story.pk}", f"/{FIRST}/nowhere/", "/robots.txt"}
    seen: set[str] = set()
    while wanted := sorted(found - seen)[:1]:
        seen.update(wanted)
        response = client.get(wanted[0])
        assert response.status_code in (200, 302, 404), (wanted, response.status_code)
        content = b"".join(response)
        if content.startswith(b"PK"):
            # A book of pages that are read here.
            continue
        text = content.decode()
        if IS_FRENCH:
            assert not HAN.search(text), (wanted, HAN.search(text))
        if "html" in response["Content-Type"]:
            links = BeautifulSoup(text, "html.parser").select("main a[href], head link[href]")
            targets = (str(link["href"]).split("#")[0] for link in links)
            found |= {one for one in targets if one.startswith("/") and "/static/" not in one}
    assert len(seen) > 40


def test_every_screen_of_the_admin_opens(site: SimpleNamespace) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root-of-all"))
    found = {reverse("wagtailadmin_home")}
    found.add(reverse("wagtailadmin_pages:edit", args=[site.story.pk]))
    found.add(reverse("wagtailsnippets_archive_entity:edit", args=[site.place.pk]))
    found.add(reverse("wagtailsnippets_archive_translation:edit", args=[site.translation.pk]))
    seen: set[str] = set()
    while wanted := sorted(found - seen, key=lambda path: (path.count("/"), path))[:1]:
        seen.update(wanted)
        response = client.get(wanted[0])
        assert response.status_code in (200, 302, 404), (wanted, response.status_code)
        if "html" not in response["Content-Type"] or len(seen) > 60:
            continue
        page = BeautifulSoup(response.content, "html.parser")
        targets = (str(link["href"]).split("#")[0] for link in page.select("a[href]"))
        ours = (one for one in targets if one.startswith("/admin/") and "archive" in one)
        found |= {one.split("&")[0] for one in ours}
        if IS_FRENCH:
            assert "inyin" not in response.content.decode(), wanted
    assert len(seen) > 60


# The desk


def test_the_checks_are_those_of_the_languages(site: SimpleNamespace) -> None:
    ids = {check.check_id for check in load_checks()}
    assert not ids & {"half-width", "title-marks", "traditional", "latin-left", "money-value"}
    assert {"paragraph-missing", "quote-lost", "name-missing", "untranslated", "length"} <= ids
    assert check_story(story_of(site.translation)) == []


# A text, its translation, and the check that says what is wrong with it.
WRONG_IN_FRENCH = (
    ("The market has 1,200 stalls.", "Le marché compte 1 300 étals.", "number-missing"),
    ("“It is a great day for all of us,” he said.", "C’est un grand jour, dit-il.", "quote-lost"),
    ("The city opens its house.", "The city opens its house.", "untranslated"),
    ("The mayor lives in Geneva now.", "Le maire y habite désormais.", "name-missing"),
    ("He came.", "Il  est venu.", "doubled-space"),
)
WRONG_IN_ENGLISH = (
    ("市場は12年ぶりに再開した。", "市場は12年ぶりに再開した。", "untranslated"),
    ("「市長は東京の港に新しい市場を開いた」と話した。", "He opened it.", "quote-lost"),
    ("市長は東京に住んでいる。", "The mayor lives here.", "name-missing"),
    ("本当ですか？", "It is true.", "end-mark"),
)


@pytest.mark.parametrize(
    ("source", "target", "check_id"), WRONG_IN_FRENCH if IS_FRENCH else WRONG_IN_ENGLISH
)
def test_what_is_wrong_in_any_language_is_found(
    site: SimpleNamespace, source: str, target: str, check_id: str
) -> None:
    story = Story((Pair("1", "paragraph", source, target),), FIRST, SECOND, load_glossary())
    assert check_id in {finding.check_id for finding in check_story(story)}


def test_files_of_translations_go_out_and_come_back(site: SimpleNamespace, tmp_path: Path) -> None:
    for kind, suffix in (("xliff12", "xlf"), ("po", "po")):
        file = tmp_path / f"story.{suffix}"
        call_command("export_translations", site.translation.pk, format=kind, output=file)
        call_command("import_translations", file, stdout=StringIO())
        text = file.read_text()
        assert newspaper.HEADLINE[1] in text
        assert re.search(rf'["\s]{SECOND}["\\]', text), kind
    call_command("export_tmx", tmp_path / "memory.tmx")
    call_command("import_tmx", tmp_path / "memory.tmx", stdout=StringIO())
    assert f'xml:lang="{SECOND}"' in (tmp_path / "memory.tmx").read_text()


def test_a_machine_is_asked_in_its_own_codes() -> None:
    engine = DeepL({"key": "k", "glossaries": {f"{FIRST}:{SECOND}": "7"}})
    frame = engine.frame(FIRST, SECOND, DraftContext())
    wanted = ("EN", "FR") if IS_FRENCH else ("JA", "EN-US")
    assert (frame["source_lang"], frame["target_lang"]) == wanted
    assert frame["glossary_id"] == "7"
    assert not DeepL.problems(engine.options)
    assert DeepL.problems({"key": "k", "glossaries": {"en:zh-hans": "7"}})


def test_groups_are_named_after_the_languages(site: SimpleNamespace) -> None:
    call_command("make_groups", "--per-language", stdout=StringIO())
    names = {"en": "English", "fr": "French", "ja": "Japanese"}
    for language in LANGUAGES:
        group = Group.objects.get(name=f"Archive translators into {names[language]}")
        rights = group.permissions.filter(codename__startswith="translate_into")
        assert [right.codename for right in rights] == [column("translate_into", language)]


# What comes in


def test_a_text_in_either_language_is_known_and_read() -> None:
    for number, language in enumerate(LANGUAGES):
        lines = [newspaper.HEADLINE[number], *(one[number] for one in newspaper.PARAGRAPHS)]
        text = "\n\n".join(lines)
        assert detect(text) == language
        assert detect(text.upper()) == language
        [story] = PlainText().parse(SourceFile(Path("story.txt"), text.encode()))
        assert (story.language, story.headline) == (language, lines[0])


def test_names_are_imported_by_the_columns_of_the_pair(
    site: SimpleNamespace, tmp_path: Path
) -> None:
    names = tmp_path / "names.csv"
    names.write_text(f"key,kind,name_{FIRST},name_{SECOND}\nlake,topic,First,Second\n")
    call_command("load_entities", people=names, stdout=StringIO())
    lake = Entity.objects.get(key="lake")
    assert [lake.name_in(language) for language in LANGUAGES] == ["First", "Second"]
    assert lake.name_in("zh-hans") == ""


def test_codes_of_other_programs_are_understood() -> None:
    codes = {"EN_gb": "en", "eng": "en", "fr-CH": "fr", "JA-jp": "ja", "zh-CN": ""}
    for code, language in codes.items():
        assert language_of(code) == (language if language in LANGUAGES else "")


def test_a_permanent_address_names_the_language(site: SimpleNamespace) -> None:
    for language in LANGUAGES:
        path = permanent_path(site.story, language)
        assert path.endswith(f"/{language}/")
        assert Client().get(path).url.startswith(f"/{language}/{site.paper.slug}/2015/")
