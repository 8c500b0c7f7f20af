"""The vocabularies of how a picture was made, and of whether it may be mined for data.

IPTC's Digital Source Type NewsCodes (CC BY 4.0) as of October 2024 and PLUS's Data Mining, which
IPTC takes over. Files name their terms by addresses; the archive keeps what comes last in them.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from archive.conf import MINING as MINING_TERMS

SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
MINING = "http://ns.useplus.org/ldf/vocab/"


class DigitalSource(TextChoices):
    """Where a digital picture comes from."""

    CAPTURE = "digitalCapture", _("Digital capture sampled from real life")
    COMPUTATIONAL = "computationalCapture", _("Multi-frame computational capture from real life")
    NEGATIVE = "negativeFilm", _("Digitised from a negative on film")
    POSITIVE = "positiveFilm", _("Digitised from a positive on film")
    PRINT = "print", _("Digitised from a print on non-transparent medium")
    EDITED = "humanEdits", _("Human-edited media")
    CREATION = "digitalCreation", _("Digital creation")
    SCREEN = "screenCapture", _("Screen capture")
    VIRTUAL = "virtualRecording", _("Virtual event recording")
    DATA = "dataDrivenMedia", _("Data-driven media")
    COMPOSITE = "composite", _("Composite of elements")
    OF_CAPTURES = "compositeCapture", _("Composite of captured elements")
    ENHANCED = "algorithmicallyEnhanced", _("Algorithmically altered media")
    ALGORITHMIC = "algorithmicMedia", _("Pure algorithmic media")
    GENERATED = "trainedAlgorithmicMedia", _("Created using generative AI")
    GENERATED_IN_PART = "compositeWithTrainedAlgorithmicMedia", _("Edited using generative AI")
    SYNTHETIC = "compositeSynthetic", _("Composite including generative AI elements")


# Terms that IPTC has retired, and what it has instead.
_RETIRED = {"minorHumanEdits": DigitalSource.EDITED, "digitalArt": DigitalSource.CREATION}
# What readers are told below a picture.
GENERATIVE = (
    DigitalSource.GENERATED,
    DigitalSource.GENERATED_IN_PART,
    DigitalSource.SYNTHETIC,
)
# Newer than schema.org's own enumeration, whose members are called as the others are.
_NOT_IN_SCHEMA_ORG = (
    *(DigitalSource.COMPUTATIONAL, DigitalSource.EDITED, DigitalSource.CREATION),
    *(DigitalSource.SCREEN, DigitalSource.COMPOSITE),
)
_MINING_LABELS = {
    "DMI-ALLOWED": _("Allowed"),
    "DMI-PROHIBITED": _("Prohibited"),
    "DMI-PROHIBITED-AIMLTRAINING": _("Prohibited for AI/ML training"),
    "DMI-PROHIBITED-GENAIMLTRAINING": _("Prohibited for generative AI/ML training"),
    "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING": _("Prohibited except for search engine indexing"),
    "DMI-PROHIBITED-SEECONSTRAINT": _("Prohibited, see Other Constraints"),
    "DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR": _("Prohibited, see Embedded Encoded Rights Expression"),
    "DMI-PROHIBITED-SEELINKEDRIGHTSEXPR": _("Prohibited, see Linked Encoded Rights Expression"),
}
MINING_CHOICES = [(term, _MINING_LABELS[term]) for term in MINING_TERMS]


def read_source(address: str) -> str:
    """The term of DigitalSource; "" for an unknown one."""
    term = address.rstrip("/").rpartition("/")[2]
    term = _RETIRED.get(term, term)
    return term if term in DigitalSource.values else ""


def source_address(term: str) -> str:
    """IPTC's address of a term of DigitalSource; "" for ""."""
    return f"{SOURCES}{term}" if term else ""


def mining_address(term: str) -> str:
    """PLUS's address of a term of Data Mining; "" for ""."""
    return f"{MINING}{term}" if term else ""


def read_mining(address: str) -> str:
    """The term of Data Mining; "" for an unknown one, and where it is left open."""
    term = address.rpartition("/")[2]
    return term if term in MINING_TERMS else ""


def schema_org_source(term: str) -> str:
    """The address that schema.org's digitalSourceType has for it, or else IPTC's; "" for ""."""
    if not term or term in _NOT_IN_SCHEMA_ORG:
        return source_address(term)
    return f"https://schema.org/{term[0].upper()}{term[1:]}DigitalSource"
