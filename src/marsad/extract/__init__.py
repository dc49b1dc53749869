"""Report text to attributed claims. Pure: no clock, no chance, no file; words are data in resources/lang/."""
