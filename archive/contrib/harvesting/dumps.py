"""All public stories in one file for programs: JSON Lines, gzipped, with its SHA-256 beside it.

Each dump is a folder that gets its name once it is whole, so the file, its checksum and signature,
the change dumps that lead to it and what is known of it always belong together. Whatever is
withdrawn is noted in the log of changes; a dump that was begun before one of the notes is given to
nobody.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO, Self

from django.conf import settings as django_settings
from wagtail.models import Site

from archive.contrib.harvesting.conf import settings
from archive.contrib.harvesting.dump_changes import (
    LINES,
    ChangeDump,
    DumpLine,
    change_dumps,
    change_name,
    keep_change_dumps,
    packed_lines,
)
from archive.contrib.harvesting.dump_signature import public_pem, signing_key
from archive.search.documents import body_text
from archive.site.caching.events import touch_pages
from archive.site.caching.site_chrome import site_chrome
from archive.site.caching.versions import WITHDRAWN, Change
from archive.site.harvest_records.models import HarvestRecord
from archive.site.search.result_files import FoundText, json_object, read_texts
from archive.stories import body as body_room
from archive.stories.models import ArticlePage
from archive.text.language import LANGUAGES, column
from archive.visibility import RestrictedPlaces

FOLDER, FILE, FACTS = "archive-dump", "stories.jsonl.gz", "dump.json"
# As `sha256sum` writes and checks it, of the dump and its change dumps; its signature, and the key.
SUMS, SIGNATURE, KEY = "SHA256SUMS", "SHA256SUMS.sig", "dump-key.pem"
# Stories that are read at a time: one query for their keys, one for their records, three for them.
CHUNK = 500
# What is being written; by then, it was given up.
_NEW, _ABANDONED = ".new-", timedelta(days=1)
_STEM = "%Y%m%dT%H%M%S%f"


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
    latest = Dump.latest(site)
    before = [one for one in home.iterdir() if not one.name.startswith(_NEW) or _is_abandoned(one)]
    new = Path(mkdtemp(prefix=_NEW, dir=home))
    restricted = RestrictedPlaces.load()
    try:
        # Microseconds tell apart two that begin in one second.
        stem = f"{began:{_STEM}}"
        stories, lines, summed = _write(
            new, _chunks(site, restricted, with_bodies), with_bodies, latest and latest[0], stem
        )
        digest, pks = summed.digest.hexdigest(), list(restricted.pks)
        dump = Dump(began.isoformat(), stories, lines, summed.size, digest, notes, pks)
        (new / FACTS).write_text(json.dumps(asdict(dump)), encoding="utf-8")
        _write_sums(new, dump)
        new.rename(home / stem)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    for one in before:
        shutil.rmtree(one, ignore_errors=True)
    return dump


def _write(
    new: Path,
    chunks: Iterator[list[FoundText]],
    with_bodies: bool,
    before: Path | None,
    stem: str,
) -> tuple[int, int, _Summed]:
    """Write the dump, and what differs from the one before; its stories, its lines, its sum."""
    stories, lines = 0, 0
    with ExitStack() as stack:
        summed = _Summed(stack.enter_context((new / FILE).open("wb")))
        packed = stack.enter_context(packed_lines(summed))  # type: ignore[arg-type]
        known = stack.enter_context((new / LINES).open("w", encoding="utf-8"))
        changes = None
        if before and (before / LINES).is_file():
            out = stack.enter_context((new / change_name(stem)).open("wb"))
            old = stack.enter_context((before / LINES).open(encoding="utf-8"))
            changes = ChangeDump(old, stack.enter_context(packed_lines(out)))
        for texts in chunks:
            stories += len({one.text.article.pk for one in texts})
            lines += len(texts)
            for one in texts:
                text = _line(one, with_bodies)
                place = one.text.article.pk, LANGUAGES.index(one.text.language)
                line = DumpLine.of(place, one.citation.url, text)
                packed.write(text.encode())
                known.write(str(line))
                if changes:
                    changes.add(line, text)
        if changes:
            changes.finish()
    if before and changes:
        oldest = datetime.now(UTC) - timedelta(days=settings.DUMP_CHANGES_DAYS)
        keep_change_dumps(before, new, changes.told, change_name(f"{oldest:{_STEM}}"))
    return stories, lines, summed


def _write_sums(new: Path, dump: Dump) -> None:
    sums = [f"{dump.sha256}  {FILE}\n"]
    for path in change_dumps(new):
        with path.open("rb") as file:
            sums.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    (new / SUMS).write_text("".join(sums), encoding="ascii")
    if key := signing_key():
        (new / SIGNATURE).write_bytes(key.sign((new / SUMS).read_bytes()))
        (new / KEY).write_bytes(public_pem(key))


def _is_abandoned(folder: Path) -> bool:
    age = datetime.now(UTC) - datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    return age > _ABANDONED


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
