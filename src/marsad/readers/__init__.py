"""Readers beside the rules: a model behind an endpoint, a parser, a token classifier. What they read are proposals."""
