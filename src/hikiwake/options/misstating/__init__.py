"""What misstating one's points could gain, and what it would risk."""
