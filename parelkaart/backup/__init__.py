"""All that cannot be made anew, in one file that either database can take (docs/adr/0030)."""
