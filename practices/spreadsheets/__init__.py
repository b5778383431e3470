"""Practices in and out of a spreadsheet: ODS, XLSX and CSV (docs/adr/0017)."""
