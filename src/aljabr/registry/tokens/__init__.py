"""Tokens: keys of programs that act for a user, hashed, narrower than the user, expiring and revocable."""
