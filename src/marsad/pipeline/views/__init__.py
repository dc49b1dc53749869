"""What the private desk shows, as values: read from what is kept and derived, changing neither."""
