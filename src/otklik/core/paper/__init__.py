"""Figures on paper: one description of a report, told as pages of a PDF, as a letter, or as a picture.

A `Paper` is made of blocks, and a block of texts and numbers: nobody writes markup, so that a client's words can never
become any.  `pdf()` and `picture()` set them in a child with limits; `letters` tells the same in a letter.
"""

from otklik.core.paper.blocks import (
    Bars,
    Block,
    Cell,
    Chart,
    Facts,
    Figure,
    Figures,
    Heading,
    Heat,
    Paper,
    Table,
    Words,
)
from otklik.core.paper.charts import read
from otklik.core.paper.printing import Busy, Unprintable, pdf, picture

__all__ = [
    "Bars",
    "Block",
    "Busy",
    "Cell",
    "Chart",
    "Facts",
    "Figure",
    "Figures",
    "Heading",
    "Heat",
    "Paper",
    "Table",
    "Unprintable",
    "Words",
    "pdf",
    "picture",
    "read",
]
