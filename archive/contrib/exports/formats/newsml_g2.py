"""NewsML-G2 2.35: a message for each story, with an item for each language and picture."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.conf import settings
from archive.contrib.exports.formats.base import (
    FilesFormat,
    check_for_xml,
    origin_of,
    said_in,
    signed,
    stem_of,
)
from archive.contrib.exports.formats.ninjs import item_uri, uri_of
from archive.interchange.html_body import body_html
from archive.interchange.records import NameRecord, PictureRecord, WholeStory
from archive.interchange.rich_texts import escaped
from archive.interchange.vocabulary import NAMESPACE, XHTML
from archive.photos.vocabularies import mining_address, source_address
from archive.text.language import HTML_CODES

_NAR, _HTML = "http://iptc.org/std/nar/2006-10-01/", "http://www.w3.org/1999/xhtml"
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_38.xml"
_KINDS = {
    "person": "cpnat:person",
    "organisation": "cpnat:organisation",
    "place": "cpnat:geoArea",
    "event": "cpnat:event",
}
_ABSTRACT = "cpnat:abstract"


class NewsmlG2Export(FilesFormat):
    id = "newsml-g2"
    name = _("NewsML-G2")
    description = _("The IPTC's news in XML: a message for each story, in both languages.")
    suffix = ".xml"

    def files(self, record: WholeStory) -> Iterator[tuple[str, str]]:
        check_for_xml(record)
        yield f"{stem_of(record)}{self.suffix}", newsml_g2(record)


def newsml_g2(record: WholeStory) -> str:
    items = [_text_item(record, language) for language in record.languages]
    items += [_picture_item(record, one) for one in record.pictures]
    sent = timezone.now().isoformat(timespec="seconds")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<newsMessage xmlns="{_NAR}">\n<header><sent>{sent}</sent></header>\n'
        f"<itemSet>\n{''.join(items)}</itemSet>\n</newsMessage>\n"
    )


def _tag(name: str, text: str, attributes: str = "") -> str:
    """An element, or nothing where there is nothing to say."""
    return f"<{name}{attributes}>{escaped(text)}</{name}>\n" if text else ""


def _item_opening(guid: str, language: str) -> str:
    code = HTML_CODES.get(language, language)
    return (
        f'<newsItem guid="{escaped(guid)}" version="1" standard="NewsML-G2"'
        f' standardversion="2.35" conformance="power" xml:lang="{code}">\n'
        f'<catalogRef href="{_CATALOG}"/>\n'
    )


def _text_item(record: WholeStory, language: str) -> str:
    text, code = record.texts[language], HTML_CODES.get(language, language)
    html = "\n".join(body_html(text.body, record.files))
    lang = f' xml:lang="{code}"'
    return "".join(
        (
            _item_opening(item_uri(record, language), language),
            _rights(record.rights),
            "<itemMeta>\n",
            _management(record, "text", language),
            *_links(record, language),
            f'<record xmlns="{NAMESPACE}">{escaped(record.facts())}</record>\n',
            "</itemMeta>\n<contentMeta>\n",
            _tag("contentCreated", record.print_date),
            _term("digitalSourceType", origin_of(record, language)),
            *(_creator(one.names, language) for one in record.bylines),
            f'<language tag="{code}"/>\n',
            *_subjects(record),
            _tag("headline", text.headline, lang),
            _tag("dateline", text.dateline, lang),
            _tag("by", ", ".join(signed(record, language)), lang),
            _tag("description", text.standfirst, f'{lang} role="drol:standfirst"'),
            "</contentMeta>\n<contentSet>\n",
            f'<inlineXML contenttype="{XHTML}"{lang}>\n<html xmlns="{_HTML}">',
            f"<head><title>{escaped(text.headline)}</title></head>\n<body>\n{html}\n</body>",
            "</html>\n</inlineXML>\n</contentSet>\n</newsItem>\n",
        )
    )


def _term(name: str, address: str) -> str:
    return f'<{name} uri="{escaped(address)}"/>\n' if address else ""


def _rights(notice: str, mining: str = "") -> str:
    told = _tag("copyrightNotice", notice) + _term("dataMining", mining_address(mining))
    return f"<rightsInfo>\n{told}</rightsInfo>\n" if told else ""


def _management(record: WholeStory, kind: str, language: str) -> str:
    paper = said_in(record.publication.names, language) if record.publication else ""
    provider = f' literal="{escaped(record.publication.slug)}"' if record.publication else ""
    name = _tag("name", paper)
    created = record.first_published_at or timezone.now().isoformat(timespec="seconds")
    status = "usable" if record.is_live else "withheld"
    return (
        f'<itemClass qcode="ninat:{kind}"/>\n<provider{provider or " literal=" + chr(34) * 2}>'
        f"{name}</provider>\n"
        f"<versionCreated>{created}</versionCreated>\n"
        f"{_tag('firstCreated', record.first_published_at)}"
        f'<pubStatus qcode="stat:{status}"/>\n'
    )


def _links(record: WholeStory, language: str) -> Iterator[str]:
    rel = "translatedTo" if language == record.language else "translatedFrom"
    for other in record.languages:
        if other != language:
            target = escaped(item_uri(record, other))
            yield f'<link rel="irel:{rel}" residref="{target}"/>\n'
    for picture in record.pictures:
        yield f'<link rel="irel:hasPicture" residref="urn:sha1:{picture.key}"/>\n'


def _creator(names: object, language: str) -> str:
    return f"<creator>{_tag('name', said_in(names, language)).strip()}</creator>\n"


def _subjects(record: WholeStory) -> Iterator[str]:
    for tag in record.tags:
        name = record.name(tag.name)
        if name is not None:
            kind, uri = _KINDS.get(name.kind, _ABSTRACT), uri_of(name)
            at = f' uri="{escaped(uri)}"' if uri else f' literal="{escaped(name.key)}"'
            yield f'<subject type="{kind}"{at}>{_names_of(name)}</subject>\n'


def _names_of(name: NameRecord) -> str:
    return "".join(
        f'<name xml:lang="{HTML_CODES.get(code, code)}">{escaped(text)}</name>'
        for code, text in name.names.items()
    )


def _picture_item(record: WholeStory, picture: PictureRecord) -> str:
    file = picture.file.rpartition("/")[2]
    captions = "".join(
        _tag("description", text, f' xml:lang="{HTML_CODES.get(code, code)}" role="drol:caption"')
        for code, text in picture.captions.items()
    )
    sizes = f' width="{picture.width}" height="{picture.height}"'
    return "".join(
        (
            _item_opening(f"urn:sha1:{picture.key}", record.language),
            _rights(picture.rights, picture.data_mining or settings.DATA_MINING),
            f"<itemMeta>\n{_management(record, 'picture', record.language)}",
            f"{_tag('fileName', file)}{_tag('title', picture.title)}</itemMeta>\n",
            "<contentMeta>\n",
            _term("digitalSourceType", source_address(picture.digital_source_type)),
            f"{_tag('creditline', picture.credit)}{captions}</contentMeta>\n",
            f'<contentSet>\n<remoteContent href="{escaped(picture.file)}" rendition="rnd:original"',
            f' contenttype="image/{_subtype(file)}"{sizes}/>\n</contentSet>\n</newsItem>\n',
        )
    )


def _subtype(file: str) -> str:
    ending = file.rpartition(".")[2]
    return {"jpg": "jpeg", "svg": "svg+xml", "tif": "tiff"}.get(ending, ending)
