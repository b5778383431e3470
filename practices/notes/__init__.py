"""Documents to take along: a note about a selection, a factsheet of one entry.

`note.py` and `factsheet.py` make a Document of plain blocks (`document.py`); each writer
prints the same blocks, so that the page, PDF, ODT and DOCX say the same.
"""
