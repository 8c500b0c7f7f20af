"""How llms.txt and the front page's metadata lead to the dump, to OAI-PMH and to ResourceSync."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.contrib.harvesting.dumps import SIGNATURE, Dump
from archive.entities.fields import text_in
from archive.site.addresses import PageAddresses, SiteAddresses
from archive.site.caching.site_chrome import find_site
from archive.site.exports import Export
from archive.site.metadata.facts import root_of
from archive.site.metadata.tags import Json, node
from archive.stories.models import HomePage
from archive.text.language import HTML_CODES, LANGUAGES


class DumpExport(Export):
    """The site's dump, once there is one."""

    def links(self, request: HttpRequest) -> list[tuple[str, str]]:
        found = Dump.latest(find_site(request))
        if found is None:
            return []
        at = SiteAddresses.of(request)
        links = [
            (_("All stories as JSON Lines, gzipped"), "archive_dump"),
            (_("SHA-256 of the dump and of its change dumps"), "archive_dump_checksums"),
        ]
        if (found[0] / SIGNATURE).is_file():
            links.append((_("Signature of the checksums (Ed25519)"), "archive_dump_signature"))
            links.append((_("Public key"), "archive_dump_key"))
        return [(name, at.of_neutral(view)) for name, view in links]

    def data_set(
        self, request: HttpRequest, home: HomePage, at: PageAddresses, language: str
    ) -> Json:
        found = Dump.latest(find_site(request))
        if found is None:
            return {}
        _folder, dump = found
        name = text_in(home, "name", language).text
        words = _(
            "All public stories of %(site)s as data: headlines, days of print, authors, names."
        )
        download = node(
            "DataDownload",
            contentUrl=f"{root_of(at.canonical)}{reverse('archive_dump')}",
            encodingFormat=["application/jsonl", "application/gzip"],
            contentSize=f"{dump.size} B",
            sha256=dump.sha256,
            uploadDate=dump.made_at,
        )
        data_set = node(
            "Dataset",
            name=name,
            description=words % {"site": name},
            inLanguage=[HTML_CODES[code] for code in LANGUAGES],
            isAccessibleForFree=True,
            dateModified=dump.made_at,
            distribution=download,
        )
        return {"@id": f"{at.canonical}#data", **data_set}


class OaiExport(Export):
    """The harvesters' address."""

    def links(self, request: HttpRequest) -> list[tuple[str, str]]:
        address = SiteAddresses.of(request).of_neutral("archive_oai")
        return [("OAI-PMH", f"{address}?verb=Identify")]


class ResourceSyncExport(Export):
    """Where a program begins that keeps a copy of all stories."""

    def links(self, request: HttpRequest) -> list[tuple[str, str]]:
        return [("ResourceSync", SiteAddresses.of(request).of_neutral("archive_sync"))]
