"""Adjusting by hand: how a package stands, and the least that would repair it."""
