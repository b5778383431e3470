"""What axe reports about pages of the admin that is Django's own, and why it may stay.

By rule and by a part of the place, so that nothing of ours hides behind it.
"""

JUDGED = {
    ("aria-input-field-name", "select2"): (
        "The autocompletes of Django (select2 4.0): the visible box repeats the value; the "
        "field opens with the same key and its own label is on the select behind it."
    ),
    ("aria-input-field-name", "aria-labelledby"): "The same box, in a row that was added.",
    ("label", "select2-search__field"): (
        "The box in which one types in an autocomplete for several values, as select2 makes it."
    ),
    ("list", "select2-selection"): "The chosen values of such an autocomplete: no list items only.",
    ("empty-table-header", ".original"): (
        "The first column of Django's table of rows holds hidden fields and has no heading."
    ),
    ("empty-table-header", "relations_in-heading"): (
        "The column for deleting, which stays empty where rows can only be read."
    ),
}


def is_judged(line: str) -> bool:
    rule, place = line.split(": ", maxsplit=1)
    return any(rule == known and part in place for known, part in JUDGED)
