"""A plan, told to each reader: the order, its calendar, and the trust that it takes."""
