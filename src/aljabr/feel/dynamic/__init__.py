"""All of FEEL."""
