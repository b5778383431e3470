"""Whether the addresses that the catalogue refers to still work (docs/adr/0016)."""
