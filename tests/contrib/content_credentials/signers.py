"""Certificates of the tests' own, and pictures signed with them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_USES = ("digital_signature", "key_cert_sign", "crl_sign", "content_commitment")
_OTHER_USES = (
    *("key_encipherment", "data_encipherment", "key_agreement"),
    *("encipher_only", "decipher_only"),
)


@dataclass(frozen=True)
class Signer:
    """PEM: the authority's certificate, the signer's with it, and the signer's key."""

    authority: str
    chain: bytes
    key: bytes


@cache
def make_signer(name: str = "Li Ming", organisation: str = "China Daily") -> Signer:
    own, root = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _certificate("Authority of the tests", "Tests", root, None)
    certificate = _certificate(name, organisation, own, (authority, root))
    return Signer(
        _pem(authority).decode(),
        _pem(certificate) + _pem(authority),
        own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )


def _certificate(name: str, organisation: str, key: Any, issuer: Any) -> x509.Certificate:
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    by, signing_key = (issuer[0].subject, issuer[1]) if issuer else (subject, key)
    uses = dict.fromkeys((*_USES, *_OTHER_USES), False)
    uses |= {"digital_signature": True} if issuer else {"key_cert_sign": True, "crl_sign": True}
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=300))
        .add_extension(x509.BasicConstraints(ca=not issuer, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**uses), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()),
            critical=False,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if issuer:
        mail = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(mail, critical=False)
    return builder.sign(signing_key, hashes.SHA256())


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)


def sign(data: bytes, suffix: str = "jpg", signer: Signer | None = None) -> bytes:
    """The picture as a camera of the tests signs it."""
    signer = signer or make_signer()
    info = c2pa.C2paSignerInfo(b"es256", signer.chain, signer.key, None)
    capture = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
    created = {"action": "c2pa.created", "digitalSourceType": capture}
    manifest = {
        "claim_generator_info": [{"name": "Camera", "version": "1"}],
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": [created]}},
            {"label": "org.example.place", "data": {"place": "SECRET PLACE"}},
        ],
    }
    out = BytesIO()
    c2pa.Builder(manifest).sign(c2pa.Signer.from_info(info), suffix, BytesIO(data), out)
    return out.getvalue()
