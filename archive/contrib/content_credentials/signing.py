"""Signs the files that readers are given, after everything else was written into them."""

import logging
from functools import cache
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any

import archive
from archive.conf import settings as archive_settings
from archive.contrib.content_credentials.conf import settings
from archive.photos.renditions import RenditionFinisher

try:
    import c2pa
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
except ImportError:  # `check` says so (archive.E077).
    c2pa = None

logger = logging.getLogger(__name__)
_CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}


class CertificateError(Exception):
    """There is nothing to sign with, though the settings name it."""


class RenditionSigner(RenditionFinisher):
    """Says that the archive has published the file, made of the picture's original.

    The original's own manifest may tell where the picture was taken and with which camera, as its
    EXIF does: only a site that publishes these too (`PICTURE_CAMERA_DATA`) passes it on.
    """

    def finish(self, image: Any, data: bytes, name: str) -> bytes:
        suffix = PurePath(name).suffix.lower().lstrip(".")
        if not (settings.C2PA_CERTIFICATE and c2pa):
            return data
        if suffix not in c2pa.Builder.get_supported_mime_types():
            return data
        original, kind = data, suffix
        if archive_settings.PICTURE_CAMERA_DATA:
            with image.open_file() as file:
                original = file.read()
                file.seek(0)
            kind = PurePath(image.file.name).suffix.lower().lstrip(".")
        try:
            return _sign(data, suffix, str(image.title), original, kind)
        # Readers need the picture in any case.
        except (c2pa.C2paError, CertificateError):
            logger.exception("A file of picture %s can't be signed.", image.pk)
            return data


def _sign(data: bytes, suffix: str, title: str, original: bytes, kind: str) -> bytes:
    options = {
        "builder": {"thumbnail": {"enabled": False}},
        "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
    }
    manifest = {
        "title": title,
        "claim_generator_info": [
            {"name": "wagtail-bilingual-archive", "version": archive.__version__}
        ],
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": [{"action": "c2pa.published"}]}}
        ],
    }
    context = c2pa.Context.from_dict(options, c2pa.Signer.from_info(_signer_info()))
    with c2pa.Builder(manifest, context=context) as builder:
        builder.set_intent(c2pa.C2paBuilderIntent.EDIT)
        builder.add_ingredient(
            {"title": title, "relationship": "parentOf"}, kind, BytesIO(original)
        )
        out = BytesIO()
        builder.sign(suffix, BytesIO(data), out)
    return out.getvalue()


def _signer_info() -> Any:
    chain, key = read_signer(settings.C2PA_CERTIFICATE, settings.C2PA_KEY)
    stamps = settings.C2PA_TIMESTAMP_URL.encode() or None
    return c2pa.C2paSignerInfo(_algorithm(key).encode(), chain, key, stamps)


def read_signer(certificate: str, key: str) -> tuple[bytes, bytes]:
    """The chain of certificates and the key, in PEM; raises CertificateError."""
    try:
        chain, private = Path(certificate).read_bytes(), Path(key).read_bytes()
        certificates = x509.load_pem_x509_certificates(chain)
        loaded = serialization.load_pem_private_key(private, password=None)
    except (OSError, ValueError, TypeError) as error:
        raise CertificateError(f"The certificate or its key can't be read: {error}") from error
    if loaded.public_key() != certificates[0].public_key():
        raise CertificateError("The key isn't that of the first certificate.")
    _algorithm(private)
    return chain, private


@cache
def _algorithm(key: bytes) -> str:
    loaded = serialization.load_pem_private_key(key, password=None)
    if isinstance(loaded, ec.EllipticCurvePrivateKey) and loaded.curve.name in _CURVES:
        return _CURVES[loaded.curve.name]
    if isinstance(loaded, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(loaded, rsa.RSAPrivateKey):
        return "ps256"
    raise CertificateError("C2PA knows no signature of the key's kind.")
