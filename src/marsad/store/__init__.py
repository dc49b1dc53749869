"""Where tables live: in files of SQLite, or on a PostgreSQL server; the only room that knows a database driver."""
