"""The registry: the commission's casework system on the web, from filing to a decision that can be appealed.

Each app is a noun: ``models`` (what a row stands for), ``actions`` (one verb-noun function = one transaction = one event) and
``queries`` (each takes the viewer). What must never happen is forbidden by the database, not by views. Batch runs reach the engine
only through ``extracts`` and ``results``.
"""
