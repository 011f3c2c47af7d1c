"""What is disclosed by what was told: coarse words within a budget, and a meter beside them."""
