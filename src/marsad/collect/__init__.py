"""How reports come in: reading bytes apart from making sense of them, one small file per kind of source."""
