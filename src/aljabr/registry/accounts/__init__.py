"""Accounts: users, the roles they hold for an area or a body and for a time, sign-in."""
