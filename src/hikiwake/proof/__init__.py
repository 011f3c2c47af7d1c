"""Proofs of settlements, and the program that checks them."""
