"""Letters: what a decision says to the claimant, kept in every language with its hash."""
