"""Photoshop's image resources ("8BIM"), the wrapping of IPTC IIM in JPEG, PNG and TIFF."""

from archive.photos import iim
from archive.photos.metadata import CreditLine

Resource = tuple[int, bytes, bytes]

_SIGNATURE = b"8BIM"
_IIM, _IIM_DIGEST = 0x0404, 0x0425


def iim_block(resources: bytes) -> bytes:
    """The IIM block among image resources; b"" where there is none."""
    return b"".join(value for number, _name, value in _split(resources) if number == _IIM)


def with_credit(resources: bytes, credit: CreditLine) -> bytes:
    """The image resources (b"" for none) with the credit line in the IIM one.

    The digest that Photoshop keeps of the IIM block goes: it no longer holds.
    """
    kept = [r for r in _split(resources) if r[0] not in (_IIM, _IIM_DIGEST)]
    new = (_IIM, b"\x00\x00", iim.with_credit(iim_block(resources), credit))
    return b"".join(_packed(*resource) for resource in (*kept, new))


def _split(block: bytes) -> list[Resource]:
    """(number, padded Pascal name, value) of each image resource; stops at a damaged one."""
    found: list[Resource] = []
    position = 0
    while block.startswith(_SIGNATURE, position) and len(block) >= position + 12:
        number = int.from_bytes(block[position + 4 : position + 6], "big")
        name_end = position + 6 + _even(1 + block[position + 6])
        start = name_end + 4
        size = int.from_bytes(block[name_end:start], "big")
        if start + size > len(block):
            break
        found.append((number, block[position + 6 : name_end], block[start : start + size]))
        position = start + _even(size)
    return found


def _packed(number: int, name: bytes, value: bytes) -> bytes:
    padding = b"\x00" * (_even(len(value)) - len(value))
    head = _SIGNATURE + number.to_bytes(2, "big") + name
    return head + len(value).to_bytes(4, "big") + value + padding


def _even(size: int) -> int:
    return size + size % 2
