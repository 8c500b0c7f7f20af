"""NITF 3.6: a file for each language of a story."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from archive.contrib.exports.formats.base import (
    FilesFormat,
    check_for_xml,
    file_name,
    said_in,
)
from archive.interchange.nitf_body import body_nitf
from archive.interchange.records import WholeStory
from archive.interchange.rich_texts import escaped
from archive.interchange.vocabulary import META
from archive.text.language import HTML_CODES

_NITF = "http://iptc.org/std/NITF/2006-10-18/"
_VERSION = "-//IPTC//DTD NITF 3.6//EN"


class NitfExport(FilesFormat):
    id = "nitf"
    name = _("NITF")
    description = _("The IPTC's news industry text format: a file for each language of a story.")
    suffix = ".xml"

    def files(self, record: WholeStory) -> Iterator[tuple[str, str]]:
        check_for_xml(record)
        for language in record.languages:
            yield file_name(record, language, self.suffix), nitf(record, language)


def nitf(record: WholeStory, language: str) -> str:
    text, code = record.texts[language], HTML_CODES.get(language, language)
    body = "\n".join(body_nitf(text.body, record.files))
    headline = f"<hedline><hl1>{escaped(text.headline)}</hl1></hedline>\n"
    dateline = (
        f"<dateline><location>{escaped(text.dateline)}</location></dateline>\n"
        if text.dateline
        else ""
    )
    abstract = f"<abstract><p>{_lines(text.standfirst)}</p></abstract>\n" if text.standfirst else ""
    return "".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n',
            f'<nitf xmlns="{_NITF}" version="{_VERSION}" baselang="{code}">\n<head>\n',
            f"<title>{escaped(text.headline)}</title>\n",
            f'<meta name="{META}" content="{escaped(record.facts())}"/>\n',
            _docdata(record, language),
            _pubdata(record, language),
            "</head>\n<body>\n<body.head>\n",
            headline,
            *_bylines(record, language),
            dateline,
            abstract,
            f"</body.head>\n<body.content>\n{body}\n</body.content>\n</body>\n</nitf>\n",
        )
    )


def _lines(text: str) -> str:
    return "<br/>".join(map(escaped, text.split("\n")))


def _docdata(record: WholeStory, language: str) -> str:
    keys = "".join(
        f'<keyword key="{escaped(said_in(name.names, language))}"/>'
        for tag in record.tags
        if (name := record.name(tag.name))
    )
    issued = f'<date.issue norm="{_norm(record.print_date)}"/>\n' if record.print_date else ""
    year = record.print_date[:4]
    about = f' year="{year}"' if year else ""
    rights = f'<doc.copyright holder="{escaped(record.rights)}"{about}/>\n' if record.rights else ""
    held = f"<key-list>{keys}</key-list>\n" if keys else ""
    return (
        f'<docdata>\n<doc-id id-string="{escaped(record.uri)}"/>\n'
        f"{issued}{rights}{held}</docdata>\n"
    )


def _norm(day: str) -> str:
    return date.fromisoformat(day).strftime("%Y%m%d")


def _pubdata(record: WholeStory, language: str) -> str:
    paper, section = record.publication, record.section
    said = {
        "type": "print",
        "date.publication": _norm(record.print_date) if record.print_date else "",
        "name": said_in(paper.names, language) if paper else "",
        "edition.name": record.print_edition,
        "position.section": said_in(section.names, language) if section else "",
        "position.sequence": record.print_page,
        "ex-ref": record.source_url,
    }
    attributes = "".join(f' {name}="{escaped(one)}"' for name, one in said.items() if one)
    return f"<pubdata{attributes}/>\n"


def _bylines(record: WholeStory, language: str) -> Iterator[str]:
    for one in record.bylines:
        yield f"<byline><person>{escaped(said_in(one.names, language))}</person></byline>\n"
