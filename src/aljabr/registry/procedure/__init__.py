"""Procedure: where each head of loss stands in the steps its law prescribes, its clocks, and what outside bodies were asked."""
