"""Whether a file is what it says it is: UCDP GED, ACLED, HXL and others, checked cell by cell and rule by rule."""
