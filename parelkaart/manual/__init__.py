"""The manual for editors, written in docs/handleiding/ and shown inside the admin."""
