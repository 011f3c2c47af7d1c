"""What would be told or shown if a side wanted something else: exactly, member by member."""
