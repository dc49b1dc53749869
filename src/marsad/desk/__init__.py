"""The private web desk where a team decides: a door over the same services as the command line."""
