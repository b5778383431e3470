"""What axe could not decide about the public pages and a person did.

A line of a report ("rule: place") -> why it is all right. Now there is none: what axe could
not decide was changed until it could.
"""

JUDGED: dict[str, str] = {}


def wrong(report):
    """What a page may not have."""
    return report.violations + [line for line in report.incomplete if line not in JUDGED]
