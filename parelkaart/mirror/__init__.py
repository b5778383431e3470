"""The public site as plain files."""
