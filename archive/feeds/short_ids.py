"""Short ids of permanent addresses: a page's number in NOID's digits, and a check character.

NOID (Nice Opaque Identifiers) leaves out vowels and "l": no id is a word, and none is misread.
Its check character finds any one wrong character and any two that have traded places.
"""

DIGITS = "0123456789bcdfghjkmnpqrstvwxz"
# What people type for a digit that they read.
_MISREAD = str.maketrans("oil", "011")
# A number of this many digits fits the database's key.
_LONGEST = 12


def short_id(number: int) -> str:
    """44 -> "1gp"; the number is at least 1."""
    digits = ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits + _check(digits)


def number_of(text: str) -> int | None:
    """The number of a short id, in small or capital letters; None for one that is mistyped."""
    known = text.lower().translate(_MISREAD)
    digits, check = known[:-1], known[-1:]
    if not 0 < len(digits) <= _LONGEST or not set(known) <= set(DIGITS):
        return None
    if digits.startswith("0") or _check(digits) != check:
        return None
    number = 0
    for digit in digits:
        number = number * len(DIGITS) + DIGITS.index(digit)
    return number


def _check(digits: str) -> str:
    total = sum(place * DIGITS.index(digit) for place, digit in enumerate(digits, 1))
    return DIGITS[total % len(DIGITS)]
