"""Data that changes with the world: words, names, categories; each entry with an example."""
