"""Where tables live: SQLite now, PostgreSQL later; the only room that knows a database driver."""
