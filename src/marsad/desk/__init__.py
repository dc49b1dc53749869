"""The private web desk where a team decides (to come)."""
