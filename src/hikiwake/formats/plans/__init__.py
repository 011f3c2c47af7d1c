"""Plan files: who does what for whom (public), and what each party says about it (private)."""

from hikiwake.formats.plans.reading import PLAN, is_plan, plan_file, public_ids, read_plan

__all__ = ["PLAN", "is_plan", "plan_file", "public_ids", "read_plan"]
