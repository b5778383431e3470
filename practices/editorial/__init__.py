"""Editorial work on the catalogue: who may do what, and what happens to an entry."""
