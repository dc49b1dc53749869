"""Worlds made up from a seed: incidents whose truth is known, and what sources say and print of them. Nothing in them is true."""
