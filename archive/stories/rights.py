"""What readers may do with a story: a statement of RightsStatements.org or Creative Commons.

The notice in `rights` is the publisher's own words; the statement is one of a closed list, with an
address that programs understand.
"""

import re
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

_CREATIVE_COMMONS = re.compile(r"(?i)\bCC[ -](BY(?:-(?:NC|SA|ND))*)[ -](\d\.\d)\b")


class RightsStatement(models.TextChoices):
    """The values are the last parts of the statements' addresses."""

    IN_COPYRIGHT = "InC", _("In copyright")
    EDUCATIONAL = "InC-EDU", _("In copyright – educational use permitted")
    NON_COMMERCIAL = "InC-NC", _("In copyright – non-commercial use permitted")
    ORPHAN = "InC-OW-EU", _("In copyright – EU orphan work")
    NO_HOLDER = "InC-RUU", _("In copyright – rights-holder(s) unlocatable or unidentifiable")
    NO_COPYRIGHT_CONTRACT = "NoC-CR", _("No copyright – contractual restrictions")
    NO_COPYRIGHT_NC = "NoC-NC", _("No copyright – non-commercial use only")
    NO_COPYRIGHT_OTHER = "NoC-OKLR", _("No copyright – other known legal restrictions")
    NO_COPYRIGHT_US = "NoC-US", _("No copyright – United States")
    NOT_EVALUATED = "CNE", _("Copyright not evaluated")
    UNDETERMINED = "UND", _("Copyright undetermined")
    NO_KNOWN = "NKC", _("No known copyright")
    BY = "by", _("Creative Commons: attribution 4.0")
    BY_SA = "by-sa", _("Creative Commons: attribution, share alike 4.0")
    BY_ND = "by-nd", _("Creative Commons: attribution, no derivatives 4.0")
    BY_NC = "by-nc", _("Creative Commons: attribution, non-commercial 4.0")
    BY_NC_SA = "by-nc-sa", _("Creative Commons: attribution, non-commercial, share alike 4.0")
    BY_NC_ND = "by-nc-nd", _("Creative Commons: attribution, non-commercial, no derivatives 4.0")
    ZERO = "zero", _("Creative Commons Zero 1.0: no rights reserved")
    PUBLIC_DOMAIN = "mark", _("Public domain mark 1.0")

    @property
    def url(self) -> str:
        """The statement's own address, which is its name for programs."""
        value = str(self.value)
        if value in ("zero", "mark"):
            return f"https://creativecommons.org/publicdomain/{value}/1.0/"
        if value.startswith("by"):
            return f"https://creativecommons.org/licenses/{value}/4.0/"
        return f"http://rightsstatements.org/vocab/{value}/1.0/"


def rights_statements() -> list[tuple[str, Any]]:
    """The choices of a field; a function, so that the labels are in no migration."""
    return RightsStatement.choices


def licence_url(rights: str) -> str:
    """Where a Creative Commons licence that a notice of rights names is written; else ""."""
    named = _CREATIVE_COMMONS.search(rights)
    if not named:
        return ""
    return f"https://creativecommons.org/licenses/{named[1].lower()}/{named[2]}/"


def statement_of(article: Any) -> RightsStatement | None:
    """The story's own statement, or else that of its publication; None where there is neither,
    or where the story's notice names a licence itself. No query if the publication is loaded."""
    own = article.rights_statement
    if not own and article.publication and not licence_url(article.rights):
        own = article.publication.rights_statement
    return RightsStatement(own) if own in RightsStatement.values else None


def rights_url(article: Any) -> str:
    """The address of what the story may be used for; "" where nothing is known."""
    statement = statement_of(article)
    return statement.url if statement else licence_url(article.rights)
