"""Parts of models for CP-SAT in which points are unknown."""
