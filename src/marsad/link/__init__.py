"""Claims to incidents, copies to origins: by joins that any SQL engine runs, and pure functions over one incident."""
