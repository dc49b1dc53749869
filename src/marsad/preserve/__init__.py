"""What makes evidence hold: the vault of bytes, the ledger over everything kept, and the checks of both."""
