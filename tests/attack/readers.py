"""What nobody who is known to the site may read, or make other readers read."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from lxml.html import HtmlElement, document_fromstring

from tests.attack.browser import EVIL, Answer
from tests.attack.target import Target
from tests.safety.world import SECRETS, secret
from tests.site.reading import address

POISONS = (
    {"Host": EVIL},
    {"X_Forwarded_Host": EVIL},
    {"X_Forwarded_Host": EVIL, "X_Forwarded_Port": "666"},
    {"X_Forwarded_Proto": "http"},
    {"X_Forwarded_Prefix": f"//{EVIL}"},
    {"X_Forwarded_For": f"<script>{EVIL}"},
    {"X_Original_URL": f"/{EVIL}/", "X_Rewrite_URL": f"/{EVIL}/"},
    {"Accept_Language": f"{EVIL}, zh-CN"},
    {"Cookie": f"archive_view=both; django_language={EVIL}; messages={EVIL}"},
    {"X_HTTP_Method_Override": "DELETE", "Forwarded": f"host={EVIL};for={EVIL}"},
)
ELSEWHERE = (
    *(f"//{EVIL}/en/", f"///{EVIL}/en/", f"/\\{EVIL}/en/", f"/%5C{EVIL}/", f"/%2F%2F{EVIL}/en/"),
    *(f"/en//{EVIL}/", f"/en/%0d%0aLocation:%20https://{EVIL}/", f"/%09/{EVIL}/", f"/.{EVIL}/en"),
    *(f"//{EVIL}", f"//{EVIL}%2f..", f"/en/..//{EVIL}/", f"/@{EVIL}/", f"//user@{EVIL}/%2f../en/"),
)
PLACES = (
    f"https://{EVIL}/",
    f"//{EVIL}/en/",
    f"/\\{EVIL}/",
    f"https:{EVIL}",
    f"javascript://{EVIL}",
)
SCRIPTS = {"application/ld+json", "application/json", "importmap", "speculationrules"}


def canaries(target: Target) -> Iterator[str]:
    """Drafts, embargoed, withdrawn and restricted stories, papers and names in any public answer"""
    seen = 0
    for is_kept in (False, True):
        for asked in target.public():
            if is_kept and "search" in asked.name:
                continue  # No cache keeps these.
            answer = target.browser().get(asked.path)
            text = f"{answer.headers} {answer.text}".lower()
            seen += "harbour" in text
            yield from (f"{name} at {asked.path}" for name in SECRETS if secret(name) in text)
            if answer.status >= 500 or not answer.status:
                yield f"{asked.path}: {answer.status}"
    if seen < 50:
        yield f"the control: what is open was in {seen} answers only"


def policies(target: Target) -> Iterator[str]:
    """Pages with scripts, styles or requests to others that a policy doesn't forbid"""
    for asked in target.public():
        answer = target.browser().get(asked.path)
        policy = answer.headers.get("Content-Security-Policy", "")
        rules = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
        for name in ("script-src", "style-src"):
            sources = rules.get(name, rules.get("default-src", "*")).split()
            if not set(sources) <= {"'self'", "'none'"}:
                yield f"{asked.path}: {name} {sources}"
        hsts = answer.headers.get("Strict-Transport-Security", "")
        if not re.fullmatch(r"max-age=\d{1,5}", hsts):
            yield f"{asked.path}: Strict-Transport-Security {hsts!r}"
        if answer.headers.get_content_type() == "text/html" and answer.body:
            yield from (f"{asked.path}: {one}" for one in _inline(document_fromstring(answer.text)))


def _inline(page: HtmlElement) -> Iterator[str]:
    for tag in page.iter("*"):
        if tag.tag == "style" or (
            tag.tag == "script" and not tag.get("src") and tag.get("type") not in SCRIPTS
        ):
            yield f"an inline {tag.tag}"
        yield from (f"{name}=" for name in tag.attrib if name == "style" or name[:2] == "on")
        loaded = tag.get("href") if tag.get("rel") in ("stylesheet", "icon") else tag.get("src")
        if loaded and urlsplit(loaded).netloc:
            yield f"loads {loaded}"


def poisoned(target: Target) -> Iterator[str]:
    """Headers that clients make up reach other readers by the page cache"""
    paths = [address(target.story, "en"), "/en/", "/zh-hans/feed/", "/en/search/?q=ships"]
    paths += ["/sitemap.xml", "/robots.txt", "/oai/?verb=Identify", "/en/ties/", "/en/nowhere/"]
    for path in paths:
        plain = _neutral(target.browser().get(path))
        for number, headers in enumerate(POISONS):
            # Nobody has asked for this address before.
            new = f"{path}{'&' if '?' in path else '?'}utm=x&n={number}"
            bad = target.browser().get(new, **headers)
            good = target.browser().get(new)
            if bad.status >= 500 or EVIL in bad.url or EVIL in bad.text:
                yield f"{path} with {headers}: {bad.status} {bad.url}"
            if EVIL in f"{good.headers} {good.text}" or good.status != plain[0]:
                yield f"{path} after {headers}: {good.status}"
        if _neutral(target.browser().get(path)) != plain:
            yield f"{path} is another page than before"
    mounted = f"//{EVIL}{paths[0]}"
    moved = target.browser().get(mounted, SCRIPT_NAME=f"//{EVIL}")
    if EVIL in moved.text and "no-store" not in moved.headers["Cache-Control"]:
        yield "a page with a place of mounting that a header names is kept"
    for path in (mounted, paths[0]):
        if f"{EVIL}/en/entities" in target.browser().get(path).text:
            yield f"{path} has links to {EVIL}"


def _neutral(answer: Answer) -> tuple[int, str]:
    """Without what differs with each answer: the form's token, and the moment of a harvest."""
    text = re.sub(r"csrfmiddlewaretoken[^>]*|<responseDate>.*?<|\d\d:\d\d:\d\d", "", answer.text)
    return answer.status, text


def foreign_hosts(target: Target) -> Iterator[str]:
    """Addresses and parameters that lead, or link, to another site"""
    asked = [*ELSEWHERE]
    for place in PLACES:
        asked += [f"/admin/login/?next={place}", f"/view/both/?to={place}", f"/view/en/?to={place}"]
        asked += [f"/en/search/?q=ships&next={place}", f"/en/_util/login/?next={place}"]
        asked += [f"/en/report/thanks/?story={target.story.pk}&next={place}", f"/?next={place}"]
    for path in asked:
        answer = target.browser().get(path)
        yield from _leads_away(answer, path)
    locked = target.world.rows["restriction password"]
    form = reverse("wagtailcore_authenticate_with_password", args=[locked.pk, locked.page_id])
    for place in PLACES:
        name = target.world.users["administrator"].username
        answer = target.browser().log_in(name, next=place)
        yield from _leads_away(answer, f"log-in with next={place}")
        sent = {"password": "open sesame", "return_url": place}
        answer = target.browser().post(form, sent)
        yield from _leads_away(answer, f"password with return_url={place}")


def _leads_away(answer: Answer, path: str) -> Iterator[str]:
    if answer.status >= 500 or not answer.status:
        yield f"{path}: {answer.status}"
    if EVIL in (urlsplit(answer.url.replace("\\", "/")).netloc) or answer.headers.get("Refresh"):
        yield f"{path} leads to {answer.url}"
    if answer.headers.get_content_type() == "text/html" and answer.body:
        for tag in document_fromstring(answer.text).iter("a", "form", "link", "base", "script"):
            to = next((tag.get(name) for name in ("href", "action", "src") if tag.get(name)), "")
            if urlsplit(to.replace("\\", "/")).netloc.endswith(EVIL) or to.startswith("javascript"):
                yield f"{path} has a link to {to}"


def pictures(target: Target) -> Iterator[str]:
    """Names of pictures are guessed, and files tell of the place and the camera"""
    media = Path(settings.MEDIA_ROOT)
    page = target.browser().get(address(target.story, "en")).text
    shown = set(re.findall(r"/media/([^\s\"',]+)", page))
    if not shown:
        yield "the control: the story shows no picture"
    original = Path(target.image.file.name).stem
    for name in shown:
        if b"SECRET" in (media / name).read_bytes():
            yield f"{name} tells of the place or the camera"
        if original in name:
            yield f"{name} tells the original's name"
    files = [one for one in media.rglob("*") if one.is_file()]
    plain = [one for one in files if not re.search(r"\.[0-9a-z]{16,}\.\w+$", one.name)]
    yield from (f"{one.name} can be guessed" for one in plain)
    for guess in ("original_images/harbourplan.jpg", "images/harbourplan.width-400.jpg", ""):
        if target.browser().get(f"/media/{guess}").status == 200:
            yield f"/media/{guess} is served"


ATTACKS = (canaries, policies, poisoned, foreign_hosts, pictures)
