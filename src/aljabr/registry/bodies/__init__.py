"""Bodies: seats by appointing authority, who sits on them, recusals, hearings."""
