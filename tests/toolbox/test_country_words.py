"""The words that mean a country: the file holds what the tool makes of the lexicons, and no word of two countries."""

from loading import tool

from marsad.text.organs import country_words

written = tool("country_words")


def test_the_file_is_what_the_tool_writes() -> None:
    """Whoever changes a lexicon's countries runs the tool again: python tools/country_words.py."""
    assert written.WRITTEN.read_text("utf-8") == written.table()


def test_a_people_in_any_language_is_its_country() -> None:
    """Names and adjectives of five languages; unions of states are no country."""
    known = country_words()
    assert {known[word] for word in ("lebanon", "libanais", "libanesa", "لبناني", "libanese")} == {"LB"}
    assert "united nations" not in known
    assert "european union" not in known
