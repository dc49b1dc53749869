"""What PostgreSQL's catalogues say of a schema, in words that do not depend on its name: to compare it with another."""

from sqlalchemy import Connection

_COLUMNS = """
SELECT 'column ' || c.relname || '.' || a.attname,
       concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, l.collname, pg_get_expr(d.adbin, d.adrelid))
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_collation l ON l.oid = a.attcollation LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = %(schema)s AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
"""

_TABLES = """
SELECT 'table ' || c.relname, concat_ws(' ', c.relkind, 'secured', c.relrowsecurity, c.relforcerowsecurity)
FROM pg_class c WHERE c.relnamespace = %(schema)s AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
"""

_RULES = """
SELECT 'rule ' || c.relname || '.' || k.conname, concat_ws(' ', k.convalidated, pg_get_constraintdef(k.oid))
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE c.relnamespace = %(schema)s AND k.contype <> 'n' AND k.contype <> 't'
"""

_INDEXES = """
SELECT 'index ' || i.relname, concat_ws(' ', x.indisvalid, pg_get_indexdef(i.oid))
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE i.relnamespace = %(schema)s
"""

_TRIGGERS = """
SELECT 'trigger ' || c.relname || '.' || t.tgname, concat_ws(' ', t.tgenabled, pg_get_triggerdef(t.oid))
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = %(schema)s AND NOT t.tgisinternal
"""

_POLICIES = """
SELECT 'policy ' || c.relname || '.' || p.polname,
       concat_ws(' ', p.polcmd, p.polpermissive, p.polroles, pg_get_expr(p.polqual, p.polrelid),
                 pg_get_expr(p.polwithcheck, p.polrelid))
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = %(schema)s
"""

_FUNCTIONS = """
SELECT 'function ' || p.proname, concat_ws(' ', p.prosecdef, array_to_string(p.proconfig, ';'), p.prosrc)
FROM pg_proc p WHERE p.pronamespace = %(schema)s
"""


def describe(connection: Connection, schema: str, *, temporary: bool = False) -> dict[str, str]:
    """Return every column, rule, index, trigger, policy and function of a schema, or of its temporary likeness, by name."""
    namespace = "pg_my_temp_schema()" if temporary else "%(name)s::regnamespace::oid"
    place = connection.exec_driver_sql(f"SELECT {namespace}", {"name": schema}).scalar_one()
    own = connection.exec_driver_sql("SELECT %(oid)s::regnamespace::text", {"oid": place}).scalar_one()
    found: dict[str, str] = {}
    for query in (_TABLES, _COLUMNS, _RULES, _INDEXES, _TRIGGERS, _POLICIES, _FUNCTIONS):
        for name, said in connection.exec_driver_sql(query, {"schema": place}):
            if not name.startswith("function"):
                for spelt in (f"{own}.", "pg_temp.", f"{schema}."):
                    said = said.replace(spelt, "")
            found[name] = said
    return found
