"""Numbers that states give to people, believed only as far as their check digit goes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identifier:
    """A list writes this number beside a person. `value` is its digits, zeros in front kept as the scheme has them.

    `check_ok` is True where the number obeys its scheme's rule, False where it breaks it, None where `scheme` has no rule
    known here. `temporary` marks a number that an institution gives until the real one is known, and gives again. Only a
    number that is checked and not temporary speaks for one person. Private.
    """

    scheme: str
    value: str
    check_ok: bool | None
    temporary: bool

    @property
    def believed(self) -> bool:
        """Whether the number speaks for one person: its check digit is right and it is not temporary."""
        return self.check_ok is True and not self.temporary


@dataclass(frozen=True, slots=True)
class Scheme:
    """How one kind of number is written: its length, its check, and how temporary ones begin."""

    length: int
    check: Callable[[str], bool]
    temporary: tuple[str, ...] = ()


def luhn(digits: str) -> bool:
    """Tell whether the last digit is the check digit of those before it, every second one from the left doubled.

    Source: the rule of ISO/IEC 7812-1, as the population registries of Israel and Palestine apply it to nine digits.

    >>> luhn("123456782"), luhn("123456789")
    (True, False)
    """
    total = sum(sum(divmod(int(digit) * (1 + at % 2), 10)) for at, digit in enumerate(digits))
    return total % 10 == 0


SCHEMES: Mapping[str, Scheme] = {
    "ps": Scheme(9, luhn, ("804",)),
    "il": Scheme(9, luhn),
}
"""The schemes known here: Palestinian and Israeli identity numbers. In "ps", hospitals number unknown bodies from 804."""

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def identifier(scheme: str, written: str, schemes: Mapping[str, Scheme] = SCHEMES) -> Identifier | None:
    """Return the number as its scheme has it, checked; None where nothing is written, or only zeros.

    Digits of any script are read; blanks, hyphens and a ".0" that a spreadsheet added are dropped; up to two zeros that
    a spreadsheet ate come back. In a scheme that is not known the value is what was written, and is not checked.

    >>> identifier("ps", "12345678-2").believed, identifier("ps", "804000123").believed, identifier("ps", "0")
    (True, False, None)
    >>> identifier("passport", "K 12-9")
    Identifier(scheme='passport', value='K129', check_ok=None, temporary=False)
    """
    value = "".join(c for c in written.strip().removesuffix(".0").translate(_DIGITS) if c.isalnum())[:40].upper()
    if not value.strip("0"):
        return None
    rule = schemes.get(scheme)
    if rule is None:
        return Identifier(scheme, value, None, temporary=False)
    if value.isascii() and value.isdigit() and rule.length - 2 <= len(value) < rule.length:
        value = value.zfill(rule.length)
    fits = len(value) == rule.length and value.isascii() and value.isdigit()
    return Identifier(scheme, value, fits and rule.check(value), temporary=value.startswith(rule.temporary or ("\0",)))
