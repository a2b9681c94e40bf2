"""Decisions: the engine's proposals, votes of bodies, decisions, their service, appeals."""
