"""Signs a dump's checksums with an Ed25519 key, so that any program can tell where they come from.

The package `cryptography` is needed by sites alone that sign: the extra `signing`.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from archive.contrib.harvesting.conf import settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class SigningError(Exception):
    """There is no key that a dump could be signed with, though a setting names one."""


def signing_key() -> "Ed25519PrivateKey | None":
    """The key that the site has chosen, or None; raises SigningError."""
    if not settings.DUMP_SIGNING_KEY:
        return None
    try:
        # A site that doesn't sign lacks the package.
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    except ImportError as error:
        raise SigningError("The package cryptography is missing.") from error
    try:
        data = Path(settings.DUMP_SIGNING_KEY).read_bytes()
        key = serialization.load_pem_private_key(data, password=None)
    except (OSError, ValueError, TypeError) as error:
        raise SigningError(f"{settings.DUMP_SIGNING_KEY} can't be read: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningError(f"{settings.DUMP_SIGNING_KEY} is no Ed25519 key.")
    return key


def public_pem(key: "Ed25519PrivateKey") -> bytes:
    """The key that others check the signature with."""
    # A site that doesn't sign lacks the package.
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
