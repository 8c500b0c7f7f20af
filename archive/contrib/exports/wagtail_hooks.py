"""The formats of this app, and the action of the list of stories. Wiring only."""

from wagtail import hooks

from archive.contrib.exports.bulk_actions import ExportStories
from archive.contrib.exports.formats.bagit import BagItExport
from archive.contrib.exports.formats.base import ExportFormat
from archive.contrib.exports.formats.json_lines import JsonLinesExport
from archive.contrib.exports.formats.markdown import MarkdownExport
from archive.contrib.exports.formats.newsml_g2 import NewsmlG2Export
from archive.contrib.exports.formats.ninjs import NinjsExport
from archive.contrib.exports.formats.nitf import NitfExport
from archive.contrib.exports.formats.static_site import SiteExport
from archive.contrib.exports.formats.wxr import WxrExport


@hooks.register("register_archive_export_format")
def own_formats() -> list[ExportFormat]:
    return [
        NinjsExport(),
        NewsmlG2Export(),
        NitfExport(),
        JsonLinesExport(),
        WxrExport(),
        MarkdownExport(),
        SiteExport(),
        BagItExport(),
    ]


hooks.register("register_bulk_action", ExportStories)
