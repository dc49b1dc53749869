"""People who never lived: families, their deaths, and how lists of victims misspell, cut and confuse them."""
