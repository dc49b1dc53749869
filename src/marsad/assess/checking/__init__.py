"""An article against itself and against the record: each verdict with its reasons. Pure."""
