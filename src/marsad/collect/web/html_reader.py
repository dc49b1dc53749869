"""Python's reader of HTML, made to go on where it gives up: what people send is rarely what the standard says."""

from html.parser import HTMLParser


class HtmlReader(HTMLParser):
    """Reads HTML tag by tag; characters written as `&amp;` come as they are meant."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass over a section such as `<![CDATA[`; one of a kind that nobody knows is taken for a comment."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:  # "unknown status keyword", instead of an answer
            return self.parse_bogus_comment(i, False)
