"""Carrying an agreement out: in which order, and how much trust that takes."""
