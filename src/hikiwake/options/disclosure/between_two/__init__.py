"""The exact ends of every hidden number between two sides: whole packages, and what is divided."""
