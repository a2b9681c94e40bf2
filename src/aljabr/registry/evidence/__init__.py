"""Evidence: exhibits, hashed at intake and verified whenever they are read."""
