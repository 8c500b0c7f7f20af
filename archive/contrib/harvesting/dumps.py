"""All public stories in one file for programs: JSON Lines, gzipped, with its SHA-256 beside it.

Each dump is a folder that gets its name once it is whole, so the file, its checksum and what is
known of it always belong together. Whatever is withdrawn is noted in the log of changes; a dump
that was begun before one of the notes is given to nobody.
"""

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, BinaryIO, Self

from django.conf import settings as django_settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from wagtail.models import Site

from archive.contrib.harvesting.conf import settings
from archive.search.documents import body_text
from archive.site.caching.events import touch_pages
from archive.site.caching.site_chrome import find_site, site_chrome
from archive.site.caching.versions import WITHDRAWN, Change
from archive.site.harvest_records.models import HarvestRecord
from archive.site.search.result_files import FoundText, json_object, read_texts
from archive.stories import body as body_room
from archive.stories.models import ArticlePage
from archive.text.language import LANGUAGES, column
from archive.visibility import RestrictedPlaces

FOLDER, FILE, SUM, FACTS = (
    "archive-dump",
    "stories.jsonl.gz",
    "stories.jsonl.gz.sha256",
    "dump.json",
)
# Stories that are read at a time: one query for their keys, one for their records, three for them.
CHUNK = 500
# What is being written; by then, it was given up.
_NEW, _ABANDONED = ".new-", timedelta(days=1)
# How long a client waits where the dump has to be made anew.
RETRY_SECONDS = 3600


@dataclass(frozen=True)
class Dump:
    """`lines` are texts: a story in both languages has two. `notes` are the withdrawals, by their
    rows in the log, that were known before it was begun, `restricted` the pages that were kept
    from some readers then."""

    made_at: str
    stories: int
    lines: int
    size: int
    sha256: str
    notes: list[int]
    restricted: list[int] = field(default_factory=list)

    @classmethod
    def latest(cls, site: Site) -> tuple[Path, Self] | None:
        """The site's dump and its folder; None where there is none. No query."""
        folders = (one for one in _home_of(site).glob("[0-9]*") if (one / FACTS).is_file())
        # Another may take its place meanwhile.
        with suppress(FileNotFoundError, ValueError):
            folder = max(folders)
            return folder, cls(**json.loads((folder / FACTS).read_text(encoding="utf-8")))
        return None

    @property
    def is_current(self) -> bool:
        """Whether readers may still see all that it holds: two queries.

        Wagtail commits a restriction before anybody can note it, so these are compared.
        """
        restricted = set(RestrictedPlaces.load().pks)
        return set(_notes()) <= set(self.notes) and restricted <= set(self.restricted)


def dumps_folder() -> Path:
    """Where all dumps are: no address leads there but ours."""
    beside = Path(django_settings.MEDIA_ROOT).resolve().parent / FOLDER
    return Path(settings.DUMP_FOLDER or beside)


def _home_of(site: Site) -> Path:
    return dumps_folder() / str(site.pk)


def _notes() -> list[int]:
    return list(Change.objects.filter(key=WITHDRAWN).order_by("pk").values_list("pk", flat=True))


def make_dumps(*, with_bodies: bool = False) -> list[tuple[Site, Dump]]:
    """A new dump for each of Wagtail's sites, in place of the one before."""
    notes = _notes()
    made = [(site, _make(site, notes, with_bodies)) for site in Site.objects.order_by("pk")]
    # No dump is left that was begun before them.
    Change.objects.filter(pk__in=notes).delete()
    touch_pages({one.pk for one in site_chrome().homes})
    return made


def are_current() -> bool:
    """Whether each site has a dump of which nothing was withdrawn."""
    found = [Dump.latest(site) for site in Site.objects.all()]
    return all(one is not None and one[1].is_current for one in found)


class _Summed:
    """A file to be written; `digest` is of all that was written to it."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self.digest, self.size = out, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self._out.write(data)

    def flush(self) -> None:
        self._out.flush()


def _make(site: Site, notes: list[int], with_bodies: bool) -> Dump:
    home, began = _home_of(site), datetime.now(UTC)
    home.mkdir(parents=True, exist_ok=True)
    before = [one for one in home.iterdir() if not one.name.startswith(_NEW) or _is_abandoned(one)]
    new = Path(mkdtemp(prefix=_NEW, dir=home))
    stories, lines, restricted = 0, 0, RestrictedPlaces.load()
    try:
        with (new / FILE).open("wb") as out:
            summed = _Summed(out)
            # Without a time of its own, the same stories give the same file.
            with gzip.GzipFile(filename="", mode="wb", fileobj=summed, mtime=0) as packed:  # type: ignore[call-overload]
                for texts in _chunks(site, restricted, with_bodies):
                    stories += len({one.text.article.pk for one in texts})
                    lines += len(texts)
                    packed.write("".join(_line(one, with_bodies) for one in texts).encode())
        digest = summed.digest.hexdigest()
        pks = list(restricted.pks)
        dump = Dump(began.isoformat(), stories, lines, summed.size, digest, notes, pks)
        (new / SUM).write_text(_checksum(dump), encoding="ascii")
        (new / FACTS).write_text(json.dumps(asdict(dump)), encoding="utf-8")
        # Microseconds tell apart two that begin in one second.
        new.rename(home / f"{began:%Y%m%dT%H%M%S%f}")
    finally:
        shutil.rmtree(new, ignore_errors=True)
    for one in before:
        shutil.rmtree(one, ignore_errors=True)
    return dump


def _is_abandoned(folder: Path) -> bool:
    age = datetime.now(UTC) - datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    return age > _ABANDONED


def _checksum(dump: Dump) -> str:
    """As `sha256sum` writes and checks it."""
    return f"{dump.sha256}  {FILE}\n"


def _line(one: FoundText, with_bodies: bool) -> str:
    value = json_object(one)
    if with_bodies:
        value["text"] = body_text(body_room.raw(one.text.body))
    return f"{json.dumps(value, ensure_ascii=False)}\n"


def _chunks(
    site: Site, restricted: RestrictedPlaces, with_bodies: bool
) -> Iterator[list[FoundText]]:
    """What readers may see on the site, in each language that harvesters are told of."""
    home = site_chrome().home_of(site)
    public = ArticlePage.objects.descendant_of(site.root_page).shown_to_public(restricted)
    public, last, keys = public.order_by("pk"), 0, [0]
    while keys:
        keys = list(public.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK])
        records = HarvestRecord.objects.filter(is_deleted=False).in_bulk(keys)
        wanted = [
            (pk, code)
            for pk in keys
            for code in LANGUAGES
            if pk in records and getattr(records[pk], column("since", code))
        ]
        found = read_texts(site.root_url, home, wanted, with_bodies=with_bodies)
        # A text that was withdrawn just now is given in the other language: that one only once.
        texts = {(one.text.article.pk, one.text.language): one for one in found}
        yield [texts[key] for key in wanted if key in texts]
        last = keys[-1] if keys else last


def dump_file(request: HttpRequest) -> HttpResponseBase:
    """The dump itself: 404 where none was made, 503 where it has to be made anew."""
    return _answer(request, FILE, "application/gzip")


def dump_checksum(request: HttpRequest) -> HttpResponseBase:
    """Its SHA-256, for `sha256sum --check`."""
    return _answer(request, SUM, "text/plain")


def _answer(request: HttpRequest, name: str, content_type: str) -> HttpResponseBase:
    site = find_site(request)
    found = Dump.latest(site) if site else None
    if found is None:
        raise Http404
    folder, dump = found
    if not dump.is_current:
        headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
        return HttpResponse(status=503, headers=headers)
    etag, changed = quote_etag(f"{dump.sha256[:32]}{name[-3:]}"), dump.made_at
    modified = int(datetime.fromisoformat(changed).timestamp())
    response: Any = get_conditional_response(request, etag, modified)
    if response is None:
        try:
            stream = (folder / name).open("rb")
        except FileNotFoundError:  # A new one has just taken its place.
            return _answer(request, name, content_type)
        response = FileResponse(stream, filename=name, content_type=content_type)
    response["ETag"], response["Last-Modified"] = etag, http_date(modified)
    # Whoever has a copy asks whether it is still given.
    patch_cache_control(response, public=True, no_cache=True)
    return response  # type: ignore[no-any-return]
