"""What else there is, told: alternatives, adjusting by hand, how sure, how it felt."""
