"""Operations: each reads a body, calls one action or query, and says what came of it."""
