"""A trust list, and a certificate for renditions."""

from pathlib import Path
from typing import Any

import pytest

from tests.contrib.content_credentials.signers import make_signer


@pytest.fixture
def trusted(tmp_path: Path, settings: Any) -> None:
    """The archive trusts the tests' own authority."""
    (tmp_path / "anchors.pem").write_text(make_signer().authority)
    settings.ARCHIVE_C2PA_TRUST_ANCHORS = str(tmp_path / "anchors.pem")


@pytest.fixture
def certified(tmp_path: Path, settings: Any) -> None:
    """The archive has a certificate of its own."""
    signer = make_signer("Newsroom Archive", "Newsroom")
    (tmp_path / "chain.pem").write_bytes(signer.chain)
    (tmp_path / "key.pem").write_bytes(signer.key)
    settings.ARCHIVE_C2PA_CERTIFICATE = str(tmp_path / "chain.pem")
    settings.ARCHIVE_C2PA_KEY = str(tmp_path / "key.pem")
