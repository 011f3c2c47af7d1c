"""Pareto frontiers, however they are held, and what can be asked of them."""
