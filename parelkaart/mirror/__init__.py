"""The public site as plain files: `manage.py build_mirror` (docs/adr/0031)."""
