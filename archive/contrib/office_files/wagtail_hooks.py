"""Files of offices among the formats that an import reads. Wiring only."""

from wagtail import hooks

from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.office_files.docx import DocxFormat
from archive.contrib.office_files.mail import MailFormat
from archive.contrib.office_files.odt import OdtFormat
from archive.contrib.office_files.pdf import PdfFormat
from archive.contrib.office_files.rtf import RtfFormat
from archive.contrib.office_files.xlsx import XlsxFormat


# Before what `intake` refuses of such files.
@hooks.register("register_archive_source_format", order=95)
def formats_of_offices() -> list[SourceFormat]:
    return [DocxFormat(), OdtFormat(), RtfFormat(), PdfFormat(), MailFormat(), XlsxFormat()]
