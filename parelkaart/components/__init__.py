"""The page for developers that shows every token and every component of the site."""
