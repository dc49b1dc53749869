"""How a store of an older shape becomes one of today's, and back: one file for each version, run by alembic."""
