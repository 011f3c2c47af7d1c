"""Trees that prove: at each node what closes it, or a part to branch on."""
