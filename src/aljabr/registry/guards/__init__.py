"""Guards: triggers, row-level security and the few rights of the application's role, in one migration after all tables."""
