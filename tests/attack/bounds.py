"""Guesses, floods, large texts and broken requests: each is answered, and soon."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote, urlencode

from django.conf import settings as django_settings
from django.urls import reverse

from archive.conf import settings
from archive.contrib.reader_reports import reader_form
from archive.contrib.reader_reports.models import ReaderReport
from archive.site.throttles import LOGIN, PASSWORD, RESET, RESET_ACCOUNT
from tests.attack.browser import Browser
from tests.attack.target import Target
from tests.desk.form_data import body_fields
from tests.factories import block
from tests.site.reading import address

MEGABYTE = 1_000_000
# Seconds for the largest text that a form takes.
SOON_S = 10
NUMBERS = ("0", "-1", "999999999999", "9" * 40, "x", "%00", "²", "1.5", "'", "%F0%9F", "[]", "")
PARAMETERS = (
    *("page", "p", "after", "before", "year", "month", "from", "until", "size", "sort", "role"),
    *("format", "view", "story", "segment", "kind", "letter", "resumptionToken", "identifier"),
)


def guessed_accounts(target: Target) -> Iterator[str]:
    """Passwords of an account are guessed"""
    name, guesser = target.world.users["reviewer"].username, target.browser()
    # Twice, if the time starts anew meanwhile.
    got = [_forged(guesser, n).log_in(name, f"guess {n}").status for n in range(2 * LOGIN.most + 1)]
    if 429 not in got:
        yield f"{len(got)} guesses: {sorted(set(got))}"
    if guesser.log_in(name).status != 429:
        yield "the right password is looked at after too many guesses"
    if target.browser().log_in(name).status != 302:
        yield "whose account it is can't log in from another address"


def _forged(browser: Browser, number: int) -> Browser:
    """The same client, who claims to be a proxy of many others."""

    class Forging(Browser):
        def request(self, method, path, headers, body=b""):  # type: ignore[no-untyped-def]
            headers = {**headers, "X_Forwarded_For": f"203.0.113.{number}"}
            return super().request(method, path, headers, body)

    return Forging(browser.site, browser.address)


def guessed_page_passwords(target: Target) -> Iterator[str]:
    """The password of a part of the site is guessed"""
    locked, guesser = target.world.rows["restriction password"], target.browser()
    path = reverse("wagtailcore_authenticate_with_password", args=[locked.pk, locked.page_id])

    def guess(browser: Browser, password: str) -> int:
        return browser.post(path, {"password": password, "return_url": "/en/"}).status

    got = [guess(_forged(guesser, n), f"guess {n}") for n in range(2 * PASSWORD.most + 1)]
    if 429 not in got:
        yield f"{len(got)} guesses: {sorted(set(got))}"
    if guess(guesser, "open sesame") != 429:
        yield "the right password is looked at after too many guesses"
    if guess(target.browser(), "open sesame") != 302:
        yield "another reader must wait, too"


def flood_of_mails(target: Target) -> Iterator[str]:
    """Somebody's mailbox is filled with mails that set a new password"""
    person, mails = target.world.users["reviewer"], Path(django_settings.EMAIL_FILE_PATH)
    address = person.email

    def ask(browser: Browser, typed: str) -> int:
        return browser.post("/admin/password_reset/", {"email": typed}).status

    flooder = target.browser()
    spelled = (address, address.upper(), f" {address}")
    got = [ask(_forged(flooder, n), spelled[n % 3]) for n in range(3 * RESET.most)]
    if got.count(302) > 2 * RESET.most or 429 not in got:
        yield f"{len(got)} mails of one client: {sorted(set(got))}"
    got = [ask(target.browser(), address) for _n in range(2 * RESET_ACCOUNT.most)]
    if 429 not in got:
        yield f"{len(got)} mails of many clients: {sorted(set(got))}"
    sent = len([*mails.iterdir()]) if mails.exists() else 0
    if not 0 < sent <= 2 * RESET_ACCOUNT.most:
        yield f"{sent} mails were sent"
    if ask(target.browser(), "nobody@example.org") != 302:
        yield "another person must wait, too"


def flood_of_searches(target: Target) -> Iterator[str]:
    """One client searches without end"""
    for path, times in (("search/", 1), ("search/feed/", 1), ("search/suggest/", 5)):
        client, most = target.browser(), settings.SEARCHES_PER_MINUTE * times
        got = [
            _forged(client, number % 250).get(f"/en/{path}?q=ships&n={number}").status
            for number in range(2 * most + 2)
        ]
        if 429 not in got:
            yield f"{path}: {len(got)} searches, {sorted(set(got))}"
        if target.browser().get(f"/en/{path}?q=ships").status != 200:
            yield f"{path}: another reader must wait, too"


def flood_of_reports(target: Target) -> Iterator[str]:
    """One client closes the reports of readers for all"""
    key, story = target.story.body_en[0].id, target.story
    path = f"/en/report/?{urlencode({'story': story.pk, 'segment': key})}"
    opened_at = time.time() - 60
    with patch.object(reader_form.time, "time", lambda: opened_at):
        token = reader_form.opened(story.pk, key)

    def report(browser: Browser, text: str) -> int:
        return browser.post(path, {"choice": "other", "text": text, "opened": token}).status

    flooder, stored = target.browser(), ReaderReport.objects.count()
    got = [report(_forged(flooder, n), f"Report {n}") for n in range(60)]
    if got.count(302) > 2 * reader_form.PER_CLIENT.most or 429 not in got:
        yield f"{got.count(302)} reports of one client were taken"
    if report(target.browser(), "Really wrong") != 302:
        yield "another reader can't report"
    if ReaderReport.objects.count() == stored:
        yield "the control: no report was stored"


def large_texts(target: Target) -> Iterator[str]:
    """Encodings that take for ever, and a megabyte of capitalised words"""
    translator, editor = (
        target.browser(role) for role in ("translator into Chinese", "editor of Alpha")
    )
    # What stands behind the last hyphen is what punycode puts in, one letter after the other.
    letters = b"-" + b"ab" * (MEGABYTE // 2)
    path = reverse("archive_exchange:import")
    for name in ("punycode", "idna", "unicode_escape", "zip", "utf-7", "utf-8"):
        po = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={name}"\n\nmsgid "'.encode()
        xliff = f'<?xml version="1.0" encoding="{name}"?><xliff version="1.2">'.encode()
        for file, content in (("a.po", po + letters), ("a.xlf", xliff + letters)):
            start = time.monotonic()
            got = translator.post(path, {}, (("uploads", file, content),)).status
            yield from _soon(f"{file} in {name}", got, start)
    path = reverse("archive_name_suggestions:again", args=[target.story.pk])
    for piece in ("Bank of ", "Aa ", "Under ", "Alpha Beta. ", "李娜、"):
        # As a form sends it; a larger one is refused by Django.
        text = piece * (MEGABYTE // len(quote(piece)))
        body = body_fields("body_en", [block("paragraph", f"<p>{text}</p>", "")])
        posted = {"source_language": "en", "headline_en": "Ships", **body}
        start = time.monotonic()
        got = editor.post(path, posted).status
        yield from _soon(f"suggestions of {piece!r}", got, start)


def _soon(what: str, status: int, start: float) -> Iterator[str]:
    seconds = time.monotonic() - start
    if status != 200 or seconds > SOON_S:
        yield f"{what}: {status} after {seconds:.1f} s"


def hostile_numbers(target: Target) -> Iterator[str]:
    """Numbers, dates and tokens of lists, sitemaps and harvests that lead nowhere"""
    paths = [f"/sitemap-en-stories-{number}.xml" for number in NUMBERS if number]
    paths += [f"/sitemap-zh-hans-{kind}-0.xml" for kind in ("pages", "issues", "names", "ties")]
    paths += [f"/en/browse/{year}/99/" for year in ("0", "0000", "9999", "10000", "9" * 20)]
    lists = ["/en/search/", "/en/entities/", "/en/entities/zhanjiang/", "/en/ties/", "/en/feed/"]
    lists += ["/en/alpha/", "/en/browse/", "/oai/", "/en/report/", "/zh-hans/ties/timeline/"]
    for path in lists:
        more = {"/en/search/": "q=ships&", "/oai/": "verb=ListRecords&"}.get(path, "")
        for number in NUMBERS:
            paths.append(f"{path}?{more}" + "&".join(f"{name}={number}" for name in PARAMETERS))
        paths += [f"{path}?{more}{name}={'9' * 40}" for name in PARAMETERS]
    for path in paths:
        got = target.browser().get(path).status
        if got >= 500 or not got:
            yield f"{path}: {got}"


def broken_requests(target: Target) -> Iterator[str]:
    """Broken percent signs, NUL, long lines and damaged forms, at every public address"""
    first = {asked.name: asked.path for asked in reversed(target.public())}
    nowhere, site = ["/media/x", "/static/x", "/"], target.site
    for path in (*first.values(), "/admin/login/", "/documents/1/a.pdf", *nowhere):
        for what, request in _broken(target.browser(), path).items():
            if path in nowhere and request.startswith(b"POST"):
                continue  # Django's own page "not found" reads the form, and fails at it.
            got = site.speak(request).status
            # The server may hang up on what it can't read; an error of the site is none of that.
            if got >= 500 and got != 501:
                yield f"{path}: {what}: {got}"
    for line in (b"\0\0\0", b"GET", b"\xff" * 9000, b"GET / HTTP/9"):
        if (got := site.speak(line + b"\r\n\r\n").status) >= 500 and got != 505:
            yield f"{line[:20]!r}: {got}"
    if target.browser().get("/en/").status != 200:
        yield "the control: the front page isn't there"


def _broken(browser: Browser, path: str) -> dict[str, bytes]:
    def send(path: str, method: str = "GET", body: bytes = b"", **headers: str) -> bytes:
        return browser.request(method, path, headers, body)

    query = f"{path}{'&' if '?' in path else '?'}"
    cut = "multipart/form-data; boundary=cut"
    return {
        "percent": send(f"{path.rstrip('/')}%zz%/"),
        "percent in query": send(f"{query}q=%zz%&%=%"),
        "bytes": send(f"{query}q=%ff%fe%00&%ff=1", Accept_Language="\udcff,;q=x"),
        "bytes in path": send(f"{path.partition('?')[0]}%ff%fe/"),
        "NUL": send(f"{path.partition('?')[0]}%00/"),
        "raw NUL": send(f"{path}\0"),
        "100 kB": send(f"{query}q={'x' * 100_000}"),
        "3 kB": send(f"{query}q={'x' * 3000}"),
        "many parameters": send(f"{query}{'a&' * 1500}"),
        "huge header": send(path, X_Large="x" * 100_000),
        "languages": send(path, Accept_Language="zh-CN," * 1000),
        "conditions": send(path, If_None_Match='"', If_Modified_Since="Someday", Range="bytes=9-1"),
        "cookies": send(path, Cookie='sessionid="\\377; archive_view=\udcff; messages=[[; =;'),
        "no length": send(path, "POST", b"x", Content_Length="-1"),
        "no boundary": send(path, "POST", b"--cut", Content_Type="multipart/form-data"),
        "cut form": send(path, "POST", b'--cut\r\nContent-Type: x; name="', Content_Type=cut),
        "bytes in form": send(path, "POST", b"story=%ff%00&choice=\xff", Content_Type="text/plain"),
        "encoding": send(path, "POST", b"a=1", Content_Type="text/plain; charset=nonsense"),
        "method": send(path, "BREW"),
        "delete": send(path, "DELETE"),
        "host": send(path, Host="[::1"),
    }  # fmt: skip


def failing_cache(target: Target) -> Iterator[str]:
    """The cache's disk fails while the site is read"""
    cache, paths = target.folder / "cache", [one.path for one in target.public()][:60]
    before = [target.browser().get(path).status for path in paths]
    # A folder that nobody can write to, also not a superuser: it's a file.
    shutil.rmtree(cache)
    cache.write_bytes(b"")
    for _time in range(2):
        for path, status in zip(paths, before, strict=True):
            if (got := target.browser().get(path).status) != status:
                yield f"{path}: {got} instead of {status}"
    editor = target.browser("editor of Alpha")
    edit = reverse("wagtailadmin_pages:edit", args=[target.story.pk])
    for path in (edit, address(target.story, "en")):
        if (got := editor.get(path).status) != 200:
            yield f"{path} for an editor: {got}"
    cache.unlink()
    cache.mkdir()


# The cache fails last: for some seconds after that it isn't asked, and counts no searches.
ATTACKS = (
    *(
        guessed_accounts,
        guessed_page_passwords,
        flood_of_mails,
        flood_of_searches,
        flood_of_reports,
    ),
    *(large_texts, hostile_numbers, broken_requests, failing_cache),
)
