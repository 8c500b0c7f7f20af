"""What somebody who may log in does with forms that aren't theirs."""

import csv
import io
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote_from_bytes

from django.core.management import CommandError, call_command
from django.urls import get_resolver, reverse
from lxml.html import document_fromstring
from wagtail.models import Page

from archive.contrib.intake.models import ImportItem
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.models import ArchiveImage, ArticlePage, Translation
from archive.stories.body import raw
from tests.attack.target import Target
from tests.desk.form_data import Blocks, body_fields, controls
from tests.factories import block, make_article, make_image, translate
from tests.photos.test_hostile_files import FILES
from tests.safety.addresses import admin_requests, routes
from tests.safety.crafted import crafted
from tests.safety.test_matrix import REFUSED, expected, outcome
from tests.safety.world import lure, secret
from tests.search.test_admin_lists import TYPED, addresses, searched

WORDS = [text for name, text in TYPED.items() if name != "three quotation marks"]
PATTERNS = [
    (r"(港.*站|港)", "站"),
    (r"(.+)", r"\1" * 300),
    (r"(?=(.+)).", r"\1" * 300),
    ("(.)", r"\1" * 300),
    (r"(\w|\w\w)+\d$|.", r"\g<0>"),
    (r"(?:(?:港{1,1000}){1,1000}){1,1000}", ""),
    (r"(?R)?港", ""),
    ("(" * 150 + ")" * 150, ""),
]
# Seconds for a search that is stopped after three, on a busy machine.
SOON_S = 15
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def stolen_forms(target: Target) -> Iterator[str]:
    """Forms that no button offers, posted to every address that refuses the role"""
    before, asked = target.rows(), 0
    for role in ("anonymous", "translator into Chinese", "editor of Alpha"):
        browser = target.browser("" if role == "anonymous" else role)
        before = {**before, "auth_user": target.rows()["auth_user"]}
        for route in routes():
            for one in () if route.is_public else admin_requests(target.world, route):
                if expected(one, role, "POST") != REFUSED:
                    continue
                asked += 1
                posted = crafted(target.world, one.name, one.target or "alpha")
                kind = posted.get("content_type", "application/x-www-form-urlencoded")
                data = posted["data"]
                body = data.encode() if isinstance(data, str) else data
                got = outcome(browser.post(one.path, body, Content_Type=kind))
                if got != REFUSED:
                    yield f"{role}: {one.path} answers “{got}”"
    after = target.rows()
    yield from (f"{name} was written" for name in after if after[name] != before.get(name))
    if asked < 100:
        yield f"the control: only {asked} addresses were asked"


def another_paper(target: Target) -> Iterator[str]:
    """An editor of one paper files a story into another"""
    editor, pages = target.browser("editor of Alpha"), target.world.pages
    beta, story = pages["beta"], target.story
    path = reverse("wagtailadmin_pages:edit", args=[story.pk])
    [form] = document_fromstring(editor.get(path).text).xpath("//form[@data-edit-form]")
    fields = {**controls(form), "body_zh_hans-count": "0"}
    blocks: Blocks = raw(story.body_en)  # type: ignore[assignment]
    fields |= body_fields("body_en", blocks)
    new = reverse("wagtailadmin_pages:add", args=["archive", "articlepage", story.get_parent().pk])

    def places() -> list[tuple[object, ...]]:
        inside = Page.objects.descendant_of(beta, inclusive=True)
        return [*inside.values_list("pk", "live", "latest_revision_id")]

    before = places()
    for address in (path, new):
        for action in ("action-publish", "action-submit", "action-save"):
            posted = {**fields, "slug": "stolen", "publication": beta.pk, action: action}
            if editor.post(address, posted).status != 200:
                yield f"{action} at {address} isn't refused"
    for name in ("move_confirm", "copy"):
        args = [story.pk, beta.pk] if name == "move_confirm" else [story.pk]
        moved = {"new_title": "Stolen", "new_slug": "stolen", "new_parent_page": beta.pk}
        editor.post(reverse(f"wagtailadmin_pages:{name}", args=args), moved)
    if places() != before:
        yield "Beta has other pages than before"
    if ArticlePage.objects.get(pk=story.pk).publication_id != pages["alpha"].pk:
        yield "the story belongs to Beta"
    if editor.post(path, {**fields, "action-publish": "1"}).status != 302:
        yield "the control: the editor can't publish in Alpha either"


def others_pictures(target: Target) -> Iterator[str]:
    """A translator deletes, replaces and re-credits pictures of live stories"""
    translator, pk = target.browser("translator with pictures"), target.image.pk
    before = ArchiveImage.objects.filter(pk=pk).values().get()
    data = {"title": "Mine", "credit": "Me", "collection": "1", "tags": ""}
    file = (("file", "mine.png", FILES["wrong checksum"][1]),)
    translator.post(reverse("wagtailimages:edit", args=[pk]), data)
    translator.post(reverse("wagtailimages:edit", args=[pk]), data, file)
    translator.post(reverse("wagtailimages:delete", args=[pk]))
    bulk = reverse("wagtail_bulk_action", args=["archive", "archiveimage", "delete"])
    translator.post(f"{bulk}?id={pk}", {"id": pk})
    if ArchiveImage.objects.filter(pk=pk).values().first() != before:
        yield "the picture isn't what it was"
    elif not target.image.file.storage.exists(target.image.file.name):
        yield "the picture's file is gone"
    texts = translator.get(reverse("archive_translation:picture_texts", args=[pk]))
    if texts.status != 200:
        yield f"the control: the form of the picture's texts answers {texts.status}"


def invented_texts(target: Target) -> Iterator[str]:
    """An editor imports texts with the headlines of another paper's hidden stories"""
    editor, beta = target.browser("editor of Alpha"), target.world.pages["beta"]
    words = secret("draftbeta")
    headline = f"{lure('draftbeta')} harbour {words}"
    path = reverse("archive_import:new")
    for paper in ("Alpha Daily", "Beta News"):
        # All but the secret itself, which the answer must not complete.
        text = f"{headline.replace(words, '')}\nShips came.\n({paper} 09/22/2015 page1)\n"
        made = editor.post(path, {"text": text, "date_from": "", "language": ""})
        if made.status != 302:
            yield f"the control: a text of {paper} can't be imported: {made.status}"
            continue
        batch = made.url.rstrip("/").rpartition("/")[2]
        editor.post(reverse("archive_import:read", args=[batch]))
        items = ImportItem.objects.filter(batch=batch)
        shown = [editor.get(made.url)]
        shown += [editor.get(reverse("archive_import:item", args=[batch, i.pk])) for i in items]
        if not items or any(words in one.text for one in shown):
            yield f"{paper}: {len(items)} stories, or the draft is told"
        for item in items:
            do = {"do": f"accept:{item.pk}"}
            editor.post(reverse("archive_import:decide", args=[batch]), do)
    of_beta = Translation.objects.filter(article__path__startswith=beta.path)
    if of_beta.filter(latest_revision__user=target.world.users["editor of Alpha"]).exists():
        yield "a translation of Beta's was written"


def pictures_of_another_paper(target: Target) -> Iterator[str]:
    """An editor of one paper re-credits and deletes a picture of another's story"""
    editor, beta = target.browser("editor of Alpha"), target.world.pages["beta"]
    image = make_image(credit="Beta", rights="© Beta")
    value = {"image": image.pk, "caption": "Quay", "alt_text": "A quay", "credit": ""}
    make_article("Quay", body=[block("image", value)], publication=beta)
    for path in ("edit", "delete"):
        data = {"title": "Mine", "credit": "Me", "collection": "1", "tags": ""}
        editor.post(reverse(f"wagtailimages:{path}", args=[image.pk]), data)
    if not ArchiveImage.objects.filter(pk=image.pk, credit="Beta").exists():
        yield "the picture isn't what it was"
    if editor.get(reverse("wagtailimages:edit", args=[target.image.pk])).status != 200:
        yield "the control: the editor can't change a picture of Alpha's"


def forms_at_once(target: Target) -> Iterator[str]:
    """Two forms of one story are posted at the same moment"""
    path = reverse("wagtailadmin_pages:edit", args=[target.story.pk])
    people = [target.browser(role) for role in ("editor of Alpha", "administrator")]
    for number in range(4):
        posted = []
        for person in people:
            [form] = document_fromstring(person.get(path).text).xpath("//form[@data-edit-form]")
            draft = ArticlePage.objects.get(pk=target.story.pk).get_latest_revision_as_object()
            blocks: Blocks = raw(draft.body_en)  # type: ignore[assignment]
            fields = {**controls(form), **body_fields("body_en", blocks)}
            posted.append({**fields, "body_zh_hans-count": "0", "headline_en": f"Plan {number}"})
        with ThreadPoolExecutor(len(people)) as pool:
            sent = [
                pool.submit(one.post, path, data) for one, data in zip(people, posted, strict=True)
            ]
        if (got := sorted(one.result().status for one in sent)) != [200, 302]:
            yield f"round {number}: {got}"


def broken_pictures(target: Target) -> Iterator[str]:
    """Pictures that are none, or mean harm, are uploaded"""
    editor = target.browser("editor of Alpha")
    for case, (name, content) in FILES.items():
        data = {"title": "port", "collection": "1", "tags": ""}
        got = editor.post(reverse("wagtailimages:add"), data, (("file", name, content),)).status
        if got not in (200, 302):
            yield f"{case}: {got}"


def signs_in_searches(target: Target) -> Iterator[str]:
    """Quotation marks, NUL and operators in every search of admin and readers"""
    boss = target.browser("administrator")
    lists = [(boss, path) for path in searched()]
    public = ("search", "search_suggest", "search_feed", "entity_index")
    for typed in WORDS:
        words = quote_from_bytes(typed.encode("utf-8", "surrogateescape")[:600])
        readers = [(target.browser(), reverse(f"archive:{name}")) for name in public]
        for browser, path in (*lists, *readers):
            got = browser.get(f"{path}?q={words}&words={words}").status
            if got not in (200, 400):
                yield f"{path} of {typed[:20]!r}: {got}"


def patterns(target: Target) -> Iterator[str]:
    """Patterns and replacements that grow without end, in a text of 70,000 characters"""
    translator, name = target.browser("reviewer"), "archive_replacement:replace"
    translation = translate(make_article("Long", body=[block("paragraph", "<p>Port.</p>")]))
    last = translation.segments.order_by("sort_order").last()
    change = SegmentChange(last.key, f"<p>{'港口' * 35_000}</p>", version_of(last))
    save_segments(translation, [change], user=None)
    path = reverse(name, args=[translation.pk])
    for find, put in PATTERNS:
        asked = {"find": find, "replace": put, "is_pattern": "on"}
        start = time.monotonic()
        answer = translator.post(path, asked)
        took = time.monotonic() - start
        if answer.status != 200 or "error-message" not in answer.text:
            yield f"{find[:40]}: {answer.status}, and no message"
        if took > SOON_S:
            yield f"{find[:40]}: {took:.1f} s"
    if 'name="segment"' in translator.get(f"{path}?find=港&is_pattern=on").text:
        yield "a link searches"
    if 'name="segment"' not in translator.post(path, {"find": "口$", "is_pattern": "on"}).text:
        yield "the control: nothing is found"


def formulas(target: Target) -> Iterator[str]:
    """Formulas in names reach a spreadsheet"""
    boss, guards = target.browser("administrator"), 0
    paths = ["/en/ties/?format=csv", "/zh-hans/ties/?format=csv"]
    for path, view in addresses(get_resolver().url_patterns):
        shown = getattr(view, "view_class", None)
        given = getattr(view, "view_initkwargs", {})
        exported = given.get("list_export") or getattr(shown, "list_export", ())
        if exported and shown.__module__.startswith("archive."):
            paths.append(f"{path}?export=csv")
    paths.append(reverse("wagtailsnippets_archive_entity:export_table"))
    for path in paths:
        answer = boss.get(path)
        if answer.status != 200:
            yield f"{path}: {answer.status}"
        tab = "tab-separated" in answer.headers.get_content_type()
        cut = "\t" if tab else ","
        for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=cut):
            guards += sum(cell.startswith("'=") for cell in row)
            for cell in row:
                if cell.startswith(FORMULA_SIGNS) and not cell[1:].replace(".", "").isdecimal():
                    yield f"{path}: {cell[:40]!r}"
    if guards < 3:
        yield f"the control: only {guards} cells are guarded"


def known_accounts(target: Target) -> Iterator[str]:
    """The demo's accounts, with passwords that all know, on a server"""
    try:
        call_command("setup_demo", verbosity=0)
        yield "setup_demo made them"
    except CommandError:
        pass
    for name in ("admin", "editor", "translator"):
        for password in ("admin", "password", name):
            if target.browser().log_in(name, password).status == 302:
                yield f"{name} logs in with “{password}”"


ATTACKS = (
    *(stolen_forms, another_paper, others_pictures, broken_pictures),
    *(invented_texts, pictures_of_another_paper, forms_at_once),
    *(signs_in_searches, patterns, formulas, known_accounts),
)
