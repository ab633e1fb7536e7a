"""Loads the ministries, the roles, and who holds them."""

from governance.appointing import appoint, define_role, establish_ministry


def load_offices(offices, *, by):
    """Ministries, each after the one it belongs to, roles, and who holds them."""
    ministries = {}
    for row in sorted(offices["ministries"], key=lambda row: "parent" in row):
        parent = ministries.get(row.get("parent"))
        ministries[row["slug"]] = establish_ministry(by=by, **row | {"parent": parent})
    roles = {row["slug"]: define_role(by=by, **row) for row in offices["roles"]}
    for row in offices["appointments"]:
        ministry = ministries[row["ministry"]] if "ministry" in row else None
        facts = row | {"role": roles[row["role"]], "ministry": ministry, "demonstration": True}
        appoint(by=by, **facts)
