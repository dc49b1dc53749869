"""Print the table of docs/desk.md: who may do what at the desk, from the data that the desk itself asks."""

from marsad.desk.roles import TABLE, Role

HEADS = {Role.SAFETY_LEAD: "safety"}


def table() -> str:
    """Return the table in Markdown: a row an action, a column a role."""
    rows = ["| | " + " | ".join(HEADS.get(role, role.value) for role in Role) + " |", "|---|" + ":-:|" * len(Role)]
    for action, roles in TABLE.items():
        rows.append(f"| {action.value} | " + " | ".join("✓" if role in roles else "" for role in Role) + " |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(table(), end="")
