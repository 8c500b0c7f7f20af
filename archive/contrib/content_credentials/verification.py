"""Reads and verifies the Content Credentials inside a picture's file.

Pure functions of bytes: they run in a process with limits, which has no apps. Nothing is fetched,
neither a manifest that lies elsewhere nor what a certificate's issuer says of it.
"""

import json
from dataclasses import dataclass
from io import BytesIO
from typing import Any

try:
    import c2pa
except ImportError:  # `check` says so (archive.E077).
    c2pa = None

# Each manifest store has it in its name.
_MARK = b"c2pa"


@dataclass(frozen=True)
class Credentials:
    """What the newest manifest of a file says, and whether it holds.

    `state` is "trusted", "valid" (but by a signer whom nobody here vouches for) or "invalid";
    `problems` are the standard's own codes. `signed_at` is in ISO 8601, "" without a time stamp.
    """

    state: str
    signer: str = ""
    issuer: str = ""
    generator: str = ""
    signed_at: str = ""
    problems: tuple[str, ...] = ()


def is_available() -> bool:
    """Whether the package is there."""
    return c2pa is not None


def may_have_credentials(data: bytes) -> bool:
    """Whether it is worth a look: none that has them is left out."""
    return _MARK in data


def read_credentials(data: bytes, suffix: str, anchors: str) -> Credentials | None:
    """Of a file with this suffix ("jpg"); None where it has none, or is of a kind that can't.

    `anchors` are the certificates that are trusted, in PEM.
    """
    options: dict[str, Any] = {
        "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
        "trust": {"trust_anchors": anchors} if anchors else {},
    }
    try:
        reader = c2pa.Reader.try_create(
            suffix, BytesIO(data), context=c2pa.Context.from_dict(options)
        )
        if reader is None:
            return None
        manifest = reader.get_active_manifest() or {}
        results = json.loads(reader.json()).get("validation_results", {})
        state = reader.get_validation_state() or "Invalid"
    # A kind of file that the standard doesn't know, or a manifest that lies elsewhere.
    except (c2pa.C2paError.NotSupported, c2pa.C2paError.RemoteManifest):
        return None
    except c2pa.C2paError as error:
        return Credentials("invalid", problems=(str(error).partition(":")[0],))
    signature = manifest.get("signature_info", {})
    tool: dict[str, str] = next(iter(manifest.get("claim_generator_info", [])), {})
    failures = results.get("activeManifest", {}).get("failure", [])
    return Credentials(
        state=state.lower(),
        signer=signature.get("common_name") or "",
        issuer=signature.get("issuer") or "",
        generator=" ".join(filter(None, (tool.get("name"), tool.get("version")))),
        signed_at=signature.get("time") or "",
        problems=tuple(dict.fromkeys(one["code"] for one in failures)),
    )
