"""Web: pages over the actions and queries, in Arabic, Sorani, Kurmanji and English."""
