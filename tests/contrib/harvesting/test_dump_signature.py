"""A site's dump is signed by its key; anybody verifies it with OpenSSL."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_public_key,
)
from django.core.management import CommandError, call_command
from django.test import Client

from archive.contrib.harvesting.checks import check_signing
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, settings: Any) -> Path:
    settings.ARCHIVE_DUMP_FOLDER = str(tmp_path / "dumps")
    settings.ARCHIVE_DUMP_SIGNING_KEY = str(tmp_path / "key.pem")
    return write_key(tmp_path / "key.pem", Ed25519PrivateKey.generate())


def write_key(path: Path, key: Any) -> Path:
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path


def fetch(name: str, folder: Path) -> Path:
    response = Client().get(f"/data/{name}")
    assert response.status_code == 200
    path = folder / name
    path.write_bytes(b"".join(response.streaming_content))
    return path


def test_the_signature_is_of_the_checksums_by_the_published_key(tmp_path: Path) -> None:
    make_article()
    call_command("make_dump", verbosity=0)
    sums, signature, key = (
        fetch(name, tmp_path) for name in ("SHA256SUMS", "SHA256SUMS.sig", "dump-key.pem")
    )
    public: Any = load_pem_public_key(key.read_bytes())
    public.verify(signature.read_bytes(), sums.read_bytes())
    with pytest.raises(InvalidSignature):
        public.verify(signature.read_bytes(), sums.read_bytes() + b"\n")


def test_the_commands_of_the_documentation_verify_it(tmp_path: Path) -> None:
    make_article()
    call_command("make_dump", verbosity=0)
    for name in ("SHA256SUMS", "SHA256SUMS.sig", "dump-key.pem", "stories.jsonl.gz"):
        fetch(name, tmp_path)
    page = (Path(__file__).parents[3] / "docs" / "harvesting.md").read_text(encoding="utf-8")
    [openssl] = [line for line in page.splitlines() if line.startswith("openssl pkeyutl")]
    [check] = [line for line in page.splitlines() if line.startswith("sha256sum --check")]
    for command in (openssl, check):
        subprocess.run(command.split(), cwd=tmp_path, check=True)
    (tmp_path / "SHA256SUMS").write_text("another\n")
    assert subprocess.run(openssl.split(), cwd=tmp_path, check=False).returncode != 0


def test_programs_are_led_to_signature_and_key() -> None:
    make_article()
    call_command("make_dump", verbosity=0)
    text = Client().get("/llms.txt").text
    assert "/data/SHA256SUMS.sig" in text
    assert "/data/dump-key.pem" in text


def test_a_site_without_a_key_has_no_signature(settings: Any) -> None:
    settings.ARCHIVE_DUMP_SIGNING_KEY = ""
    make_article()
    call_command("make_dump", verbosity=0)
    assert Client().get("/data/SHA256SUMS.sig", follow=True).status_code == 404
    assert "SHA256SUMS.sig" not in Client().get("/llms.txt").text


@pytest.mark.parametrize("wrong", ["lost", "damaged", "of another kind"])
def test_a_key_that_cannot_sign_is_told_of(wrong: str, key_file: Path) -> None:
    assert check_signing(None) == []
    if wrong == "lost":
        key_file.unlink()
    elif wrong == "damaged":
        key_file.write_text("-----BEGIN PRIVATE KEY-----\n")
    else:
        write_key(key_file, generate_private_key(SECP256R1()))
    assert [one.id for one in check_signing(None)] == ["archive.E076"]
    make_article()
    with pytest.raises(CommandError, match=r"key\.pem"):
        call_command("make_dump", verbosity=0)
