"""What axe could not decide and a person did: rule -> why it is all right."""

JUDGED: dict[str, str] = {}
