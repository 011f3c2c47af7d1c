"""What a side might hide, as declared: members of a grid, and how far its numbers are known."""
