"""What is known between two sides where something inside a group not for trade is divided."""
