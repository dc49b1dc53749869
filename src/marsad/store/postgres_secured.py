"""Which rows of a team's store who may see: reports that are restricted to a circle, and all that was read out of them.

A circle is a role of the server, `DATABASE_circle_NAME`; whoever takes reports in or audits sees every row (docs/teams.md).
"""

from collections.abc import Iterator, Mapping

from sqlalchemy import Table

EVERYBODY = "*"
"""The circle of a report that is restricted no longer."""

_MAY = """
DECLARE
  wanted name := current_database() || '_' || what;
BEGIN
  RETURN EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) AND pg_has_role(who, wanted, 'USAGE');
END
"""

_HIDDEN = """
BEGIN
  IF may(who, 'ingest') OR may(who, 'audit') THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT standing.report_id FROM (
    SELECT DISTINCT ON (r.report_id) r.report_id, r.circle FROM restriction r ORDER BY r.report_id, r.version DESC
  ) standing WHERE standing.circle <> '*' AND NOT may(who, 'circle_' || standing.circle);
END
"""

_HIDDEN_EVIDENCE = "SELECT evidence FROM report WHERE report_id IN (SELECT hidden(who))"
_HIDDEN_KNOWLEDGE = "SELECT knowledge_id FROM knowledge WHERE report_id IN (SELECT marsad_kept.hidden(who))"
_HIDDEN_CLAIMS = "SELECT claim_id FROM claim WHERE report_id IN (SELECT marsad_kept.hidden(who))"

_SET = "SETOF text"
_AS_OWNER = "LANGUAGE plpgsql STABLE SECURITY DEFINER"  # its body is looked at when it runs: tables may come later

_REPORTS = "(SELECT marsad_kept.hidden(current_user))"
_CLAIMS = "(SELECT marsad_derived.hidden_claims(current_user))"

_OF_REPORTS = f"report_id NOT IN {_REPORTS}"
_OF_CLAIMS = f"claim_id NOT IN {_CLAIMS}"
_BY_REPORT = ("claim", "context", "knowledge", "sketch", "outline", "credit", "copy", "reworded", "telling", "lead")
_BY_CLAIM = ("fold", "lineage", "membership", "linked")

_RULES: Mapping[str, Mapping[str, str]] = {
    "kept": {
        **dict.fromkeys(("report", "original", "restriction"), _OF_REPORTS),
        "decision": f"split_part(anchor, ':', 1) NOT IN {_REPORTS}",
        "custody": "evidence IS NULL OR evidence NOT IN (SELECT marsad_kept.hidden_evidence(current_user))",
    },
    "derived": {
        **dict.fromkeys(_BY_REPORT, _OF_REPORTS),
        **dict.fromkeys(_BY_CLAIM, _OF_CLAIMS),
        "spoken": "knowledge_id NOT IN (SELECT marsad_derived.hidden_knowledge(current_user))",
        "rejection": f"record_id NOT IN {_REPORTS} AND record_id NOT IN {_CLAIMS}",
    },
}
"""What a row has to be to be seen, by store and table. A set is worked out once for each query, not for each row."""


def functions(kind: str) -> dict[str, tuple[tuple[str, str, str], str]]:
    """Return the functions by which rows are told apart: name, then arguments, result, kind, and source."""
    if kind == "kept":
        return {
            "may": (("who name, what text", "boolean", "LANGUAGE plpgsql STABLE"), _MAY),
            "hidden": (("who name", _SET, _AS_OWNER), _HIDDEN),
            "hidden_evidence": (("who name", _SET, _AS_OWNER), f"BEGIN RETURN QUERY {_HIDDEN_EVIDENCE}; END"),
        }
    if kind == "derived":
        return {
            f"hidden_{what}": (("who name", _SET, _AS_OWNER), f"BEGIN RETURN QUERY {source}; END")
            for what, source in (("claims", _HIDDEN_CLAIMS), ("knowledge", _HIDDEN_KNOWLEDGE))
        }
    return {}


def policies(kind: str, table: Table) -> Iterator[str]:
    """Yield what secures the rows of a table. Rows are hidden from reading; who may write is a matter of privileges."""
    rule = _RULES.get(kind, {}).get(table.name)
    if rule is None:
        return
    yield f'ALTER TABLE "{table.name}" ENABLE ROW LEVEL SECURITY'
    yield f'CREATE POLICY circles ON "{table.name}" USING ({rule}) WITH CHECK (true)'
