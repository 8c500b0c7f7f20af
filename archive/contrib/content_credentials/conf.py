"""The settings of Content Credentials."""

from archive.conf import Setting, SettingGroup


class CredentialsSettings(SettingGroup):
    """Whom the archive trusts, and what it signs with."""

    # The file (PEM) of the certificates whose signatures the archive trusts, such as C2PA's trust
    # list; "" to trust nobody: then a signature is valid at best.
    C2PA_TRUST_ANCHORS = Setting("", str)
    # The file (PEM) of the certificate that renditions are signed with, its issuers behind it; ""
    # to sign none.
    C2PA_CERTIFICATE = Setting("", str)
    # The file (PEM) of the certificate's private key.
    C2PA_KEY = Setting("", str)
    # The address of a time-stamping authority (RFC 3161), so that signatures outlast the
    # certificate; "" for none.
    C2PA_TIMESTAMP_URL = Setting("", str)


settings = CredentialsSettings()
