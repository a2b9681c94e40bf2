"""Tries a change of the law on real claims before it is adopted: who gains, who loses, what it costs, how long people wait."""

from aljabr.runs.simulation.job import Simulation, simulate_changes

__all__ = ["Simulation", "simulate_changes"]
