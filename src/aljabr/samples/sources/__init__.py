"""The four sources of a sample: what columns each has, and how it writes a filing down.

Every source is a ``Layout``: its file, its kind, its columns (key of the sample → header) and a function from a filing to cells
by key. Keys are shared, so that a fault can be put into any source.
"""

from __future__ import annotations

from aljabr.samples.sources.camp_register import CAMP_REGISTER
from aljabr.samples.sources.committee import COMMITTEE_REGISTER
from aljabr.samples.sources.layout import Cell, Cells, Layout
from aljabr.samples.sources.ngo_kobo import NGO_KOBO
from aljabr.samples.sources.portal import PORTAL_LINES

LAYOUTS: dict[str, Layout] = {layout.source: layout for layout in (COMMITTEE_REGISTER, NGO_KOBO, CAMP_REGISTER, PORTAL_LINES)}

__all__ = ["LAYOUTS", "Cell", "Cells", "Layout"]
