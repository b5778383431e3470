"""What the site writes down while it runs: a line for each thing that happens (docs/adr/0032)."""
