"""What others show of the site: pictures for links that people share, and icons of a phone."""
