"""Frontiers of independent blocks, merged block by block."""
