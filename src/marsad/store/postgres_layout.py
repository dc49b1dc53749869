"""The tables of a store on PostgreSQL: how they are laid out, what guards them, and whether they are still so.

Each kind of store has a schema: `marsad_kept`, `marsad_public`, `marsad_sealed`, `marsad_derived`, `marsad_collecting`,
`marsad_desk`.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from sqlalchemy import BigInteger, Column, Connection, Double, LargeBinary, MetaData, UniqueConstraint
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from marsad.model import Wrong
from marsad.store import postgres_secured as secured
from marsad.store.postgres_catalog import describe
from marsad.store.shapes import Shape

LONG = ("anchor", "channel", "intake_key", "name", "reason")
"""Columns that may hold more than an index of PostgreSQL takes (2,704 bytes): unique by their SHA-256, looked up by hash."""

_REFUSE = """
BEGIN
  RAISE EXCEPTION '%: what is kept is never changed or removed', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END
"""

_NO_GAP = """
DECLARE
  first bigint; last bigint; many bigint;
BEGIN
  SELECT min(seq), max(seq), count(*) INTO first, last, many FROM added;
  IF last - first + 1 <> many OR (first > 0 AND NOT EXISTS (SELECT FROM leaf WHERE seq = first - 1)) THEN
    RAISE EXCEPTION 'leaf: the numbers of the ledger have no gap' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END
"""


def schema_of(shape: Shape) -> str:
    """Return the schema in which a kind of store lies."""
    return f"marsad_{shape.kind}"


def lay_out(connection: Connection, shape: Shape) -> None:
    """Make the schema, with its tables, rules, triggers and row security; raises an error of the driver if it is there."""
    schema = schema_of(shape)
    for statement in (
        f"CREATE SCHEMA {schema}",
        f"SET LOCAL search_path = {schema}, pg_temp",
        "CREATE TABLE shape (application_id bigint NOT NULL, version bigint NOT NULL)",
        f"INSERT INTO shape VALUES ({shape.application_id}, {shape.version})",  # noqa: S608 - our own numbers
        *functions(shape),
        *statements(shape),
    ):
        connection.exec_driver_sql(statement)


def functions(shape: Shape) -> Iterator[str]:
    """Yield the statements that make, or make anew, the functions of a schema."""
    schema = schema_of(shape)
    for name, (head, source) in _functions(shape).items():
        arguments, returns, how = head
        written = source.replace("%", "%%")  # the driver reads a % as a place for a value
        yield (
            f"CREATE OR REPLACE FUNCTION {schema}.{name}({arguments}) RETURNS {returns} {how}"
            f" SET search_path = {schema}, pg_temp AS $marsad${written}$marsad$"
        )


def statements(shape: Shape) -> Iterator[str]:
    """Yield what makes the tables, into the schema that is first in the search path."""
    metadata, unique = _for_postgres(shape.metadata)
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in metadata.sorted_tables:
        yield " ".join(str(CreateTable(table).compile(dialect=dialect)).split())
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index).compile(dialect=dialect))
        for columns in unique.get(table.name, ()):
            parts = ", ".join(f"marsad_kept.digest({name})" if name in LONG else name for name in columns)
            yield f'CREATE UNIQUE INDEX {table.name}_once_{columns[0]} ON "{table.name}" ({parts})'
            if columns[0] in LONG:
                yield f'CREATE INDEX {table.name}_by_{columns[0]} ON "{table.name}" USING hash ({columns[0]})'
        if shape.append_only:
            yield from guards(schema_of(shape), table.name)
        yield from secured.policies(shape.kind, table)


def known_version(connection: Connection, shape: Shape, name: str, *, older: bool = False) -> int:
    """Return the version of a store; raises Wrong unless it is one of this kind, in a shape that this marsad knows.

    With `older`, an earlier shape is no error.
    """
    there = connection.exec_driver_sql("SELECT to_regclass(%s)::text", (f"{schema_of(shape)}.shape",)).scalar_one()
    if there is None:
        remedy = "make it with `marsad init --store`, or move one here with `marsad move`"
        if shape.kind == "desk":
            remedy = "`marsad migrate` makes what an older marsad lacked"
        raise Wrong(name, None, "is not there: no observatory lies in this database", remedy)
    found = connection.exec_driver_sql(f"SELECT application_id, version FROM {schema_of(shape)}.shape").one()  # noqa: S608
    if found[0] != shape.application_id:
        raise Wrong(name, f"{found[0]:#x}", "is not the mark of this kind of marsad store", "name the right database")
    version = int(found[1])
    if version > shape.version:
        rule = f"is a newer shape than the {shape.version} this marsad knows"
        raise Wrong(name, version, rule, "install a newer marsad")
    if version < shape.version and not older:
        raise Wrong(name, version, f"is an older shape than {shape.version}", "run `marsad migrate`")
    return version


def faults(connection: Connection, shape: Shape) -> Iterator[str]:
    """Yield where the schema is not as marsad makes it. Tables to compare with are made, for the transaction alone."""
    schema = schema_of(shape)
    connection.exec_driver_sql("SET TRANSACTION READ WRITE")
    found = describe(connection, schema)
    connection.exec_driver_sql("SET LOCAL search_path = pg_temp")
    for statement in statements(shape):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("CREATE TABLE shape (application_id bigint NOT NULL, version bigint NOT NULL)")
    expected = describe(connection, schema, temporary=True)
    path = f"search_path={schema}, pg_temp"
    for name, (head, source) in _functions(shape).items():
        expected[f"function {name}"] = f"{'t' if 'DEFINER' in head[2] else 'f'} {path} {source}"
    for what in sorted(found.keys() | expected.keys()):
        if what not in found:
            yield f"{what} is missing"
        elif what not in expected:
            yield f"{what} is not marsad's"
        elif found[what] != expected[what]:
            yield f"{what} is not as marsad makes it"
    if shape.append_only:
        yield from _who_may_change(connection, schema)


def quoted(name: str) -> str:
    """Return a name as SQL, and the driver, which reads a % as a place for a value, take it, whatever it is."""
    escaped = name.replace('"', '""').replace("%", "%%")
    return f'"{escaped}"'


def type_of(column: Column[object]) -> str:
    """Return how PostgreSQL calls the type of a column."""
    if isinstance(column.type, LargeBinary):
        return "bytea"
    if isinstance(column.type, BigInteger):
        return "bigint"
    return "float8" if isinstance(column.type, Double) else "text"


def _functions(shape: Shape) -> Mapping[str, tuple[tuple[str, str, str], str]]:
    """Return the functions of a schema: name, then arguments, result, kind, and source."""
    made: dict[str, tuple[tuple[str, str, str], str]] = {}
    if shape.append_only:
        made["refuse"] = (("", "trigger", "LANGUAGE plpgsql"), _REFUSE)
    if shape.kind == "kept":
        made["next_leaf"] = (("", "trigger", "LANGUAGE plpgsql"), _NO_GAP)
        # The encoding of the database is known to be UTF-8, so that this is as immutable as an index needs it.
        digest = "SELECT sha256(convert_to(words, 'UTF8'))"
        made["digest"] = (("words text", "bytea", "LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE"), digest)
    return made | secured.functions(shape.kind)


def guards(schema: str, table: str) -> Iterator[str]:
    """Yield triggers that refuse every change, for owners and superusers, too, and with triggers of replication off."""
    refuse = f"{schema}.refuse()"
    yield f'CREATE TRIGGER no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" EXECUTE FUNCTION {refuse}'
    yield f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER no_change'
    if table == "leaf":
        yield (
            "CREATE TRIGGER no_gap AFTER INSERT ON leaf REFERENCING NEW TABLE AS added"
            " FOR EACH STATEMENT EXECUTE FUNCTION marsad_kept.next_leaf()"
        )
        yield "ALTER TABLE leaf ENABLE ALWAYS TRIGGER no_gap"


def _who_may_change(connection: Connection, schema: str) -> Iterator[str]:
    """Yield who, beside the owner, may change or remove what is only to be added to."""
    query = """
        SELECT c.relname, coalesce(r.rolname, 'everybody'), a.privilege_type
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
        LEFT JOIN pg_roles r ON r.oid = a.grantee
        WHERE n.nspname = %s AND c.relkind = 'r' AND a.grantee <> c.relowner
          AND a.privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER') ORDER BY 1, 2, 3"""
    for table, who, what in connection.exec_driver_sql(query, (schema,)):
        yield f"table {table} may be changed by {who} ({what})"


@cache
def _for_postgres(metadata: MetaData) -> tuple[MetaData, Mapping[str, list[list[str]]]]:
    """Return the tables without the UNIQUE rules that are too long for an index, and these rules by table."""
    made, unique = MetaData(), dict[str, list[list[str]]]()
    for table in metadata.sorted_tables:
        copy = table.to_metadata(made)
        for rule in list(copy.constraints):
            names = [column.name for column in rule.columns] if isinstance(rule, UniqueConstraint) else []
            if set(names) & set(LONG):
                copy.constraints.discard(rule)
                unique.setdefault(table.name, []).append(names)
    return made, unique
