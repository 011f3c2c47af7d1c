"""Answers that open together or not at all, and a record of the process that nobody can bend.

All cryptography is that of libsodium (by way of PyNaCl) and of ``hashlib``; what is signed or
hashed is JSON in the one form that RFC 8785 gives it. Everything is written down, so that another
program can be made from it alone, in ``docs/reference/sealing.md``.
"""
