"""What comes out, as JSON objects: each audience gets what it may see."""
