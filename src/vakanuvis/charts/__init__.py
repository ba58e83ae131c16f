"""Charts of a chronicle, declared once for the atlas, the command line and notebooks.

    >>> chronicle.dyad("TUR", "PSE").chart()
    >>> charts.CHARTS["timeline"].of(chronicle, either="TUR")

    declared  the charts: what each asks of the chronicle and how it is drawn
    looks     colours, type and words that all share
    drawing   charts as PNG, SVG, HTML and JSON, without a browser
"""

from vakanuvis.charts.declared import CHARTS, Chart
from vakanuvis.charts.drawing import FORMATS, render

__all__ = ["CHARTS", "FORMATS", "Chart", "render"]
