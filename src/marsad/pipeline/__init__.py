"""Wires the stages to engine and store: what an observatory does, from intake to release, and what can be resumed."""
