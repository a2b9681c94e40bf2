"""Parties: the people of claims, found by any spelling of their names."""
