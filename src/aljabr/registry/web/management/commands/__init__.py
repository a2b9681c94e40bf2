"""Commands of the registry's own processes."""
