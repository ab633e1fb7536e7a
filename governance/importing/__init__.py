"""Takes records in from CSV and Excel files: each row reported on, all of them or none."""

from governance.importing.kinds import KINDS
from governance.importing.taking import load_rows, take

__all__ = ["KINDS", "load_rows", "take"]
