"""Words, numbers and marks of a text, each with its place in it; for any script."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<number>\d{1,3}(?:[,.\u066c\u00a0 ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)   # 195,000  1.300  1 300  6.5
    | (?P<word>[^\W\d_](?:[^\W_]|[\u064b-\u0652\u0640]|[.](?=[^\W\d_][.])|['’](?=[^\W\d_])|-(?=[^\W_]))*[.]?)
    | (?P<mark>[^\w\s])
    """,
    re.VERBOSE,
)
_KEEPS_DOT = re.compile(
    r"^(?:[^\W\d_][.])+$|^(?:mr|mrs|ms|dr|gen|col|lt|maj|capt|sgt|gov|sen|st|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|no|vs)[.]$",
    re.I,
)
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_HARAKAT = re.compile("[\u064b-\u0652\u0670\u0640]")
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "’": "'"})


@dataclass(frozen=True, slots=True)
class Token:
    """The characters start..end of a text; `form` is how lexicons spell it: lower case, Arabic letters unified, no "'s"."""

    start: int
    end: int
    text: str
    form: str
    kind: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter; never true for scripts without them."""
        return self.text[0].isupper()


def form_of(word: str) -> str:
    """Return a word as lexicons spell it.

    >>> form_of("Wounded"), form_of("مدنيّاً"), form_of("٩٥")
    ('wounded', 'مدنيا', '95')
    """
    return _HARAKAT.sub("", word).translate(_LETTERS).translate(_ARABIC_DIGITS).lower()


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of text[start:end] in order; kinds are "word", "number" and "mark".

    >>> [t.text for t in tokens("At least 1,300 killed in al-Hasakah, U.S. says.")]
    ['At', 'least', '1,300', 'killed', 'in', 'al-Hasakah', ',', 'U.S.', 'says', '.']
    """
    out: list[Token] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word, first, last = match.group(), match.start(), match.end()
        kind = match.lastgroup or "mark"
        if kind == "word" and word[-1] == "." and not _KEEPS_DOT.match(word):
            out.append(Token(first, last - 1, word[:-1], form_of(word[:-1]), kind))
            out.append(Token(last - 1, last, ".", ".", "mark"))
        else:
            form = form_of(word)
            out.append(Token(first, last, word, form.removesuffix("'s") if kind == "word" else form, kind))
    return out
