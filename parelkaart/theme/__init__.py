"""The look of the site: its tokens, the theme of a municipality over them, and their contrast."""
