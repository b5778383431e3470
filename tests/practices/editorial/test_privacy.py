"""What looks like data about a person, and what only seems to. All numbers are made up."""

import pytest

from practices.editorial.privacy import Kind, findings, passes_elfproef

BSN, EMAIL, PHONE, FEW = Kind

CASES = [
    # Numbers that pass the elfproef.
    ("Bel over 123456782 terug", [(BSN, "123456782")]),
    ("BSN: 1112.22.333", [(BSN, "1112.22.333")]),
    ("bsn 123 456 782.", [(BSN, "123 456 782")]),
    ("(111222333)", [(BSN, "111222333")]),
    # Numbers that only look like one.
    ("nummer 123456789", []),
    ("000000000", []),
    ("1123456782 en 12345678", []),
    ("€ 123.456.782", []),
    ("€123456782", []),
    ("123.456.782 euro", []),
    ("123456782,50", []),
    ("0,123456782", []),
    ("NL91ABNA123456782", []),
    ("dossier 2018-123456782", []),
    ("in 2016, 2017 en 2018", []),
    ("20181231", []),
    # E-mail addresses.
    ("mail jan@gmail.com", [(EMAIL, "jan@gmail.com")]),
    ("wmo-team@hotmail.nl", [(EMAIL, "wmo-team@hotmail.nl")]),
    ("x@mail.ziggo.nl", [(EMAIL, "x@mail.ziggo.nl")]),
    ("Vraag Jan.de.Vries@heerlen.nl.", [(EMAIL, "Jan.de.Vries@heerlen.nl")]),
    ("j.jansen@heerlen.nl", [(EMAIL, "j.jansen@heerlen.nl")]),
    ("j_jansen@heerlen.nl", [(EMAIL, "j_jansen@heerlen.nl")]),
    ("info@heerlen.nl", []),
    ("sociale.zaken@heerlen.nl", []),
    ("team.werk@heerlen.nl", []),
    ("werk-en-inkomen@heerlen.nl", []),
    ("gemeente@heerlen.nl", []),
    ("14045@heerlen.nl", []),
    ("@heerlen en jan@ en @gmail.com", []),
    # Telephone numbers.
    ("06-12345678", [(PHONE, "06-12345678")]),
    ("06 12 34 56 78", [(PHONE, "06 12 34 56 78")]),
    ("0612345678", [(PHONE, "0612345678")]),
    ("+31 6 12345678", [(PHONE, "+31 6 12345678")]),
    ("+31 (0)6 12345678", [(PHONE, "+31 (0)6 12345678")]),
    ("0031612345678", [(PHONE, "0031612345678")]),
    ("(045) 560 50 40", [(PHONE, "(045) 560 50 40")]),
    ("045 - 560 5040", [(PHONE, "045 - 560 5040")]),
    ("0475-123456.", [(PHONE, "0475-123456")]),
    ("14 045", []),
    ("0800-1234", []),
    ("0900 1234567", []),
    ("01-02-2024 12:30", []),
    ("01-02-2024 1234", []),
    ("0,5 of 0.512345678", []),
    ("2010 2011 2012", []),
    ("1.045.560.504", []),
    # Counts of people.
    ("Er waren 8 deelnemers", [(FEW, "8 deelnemers")]),
    ("Acht deelnemers vonden werk", [(FEW, "Acht deelnemers")]),
    ("3 nieuwe\nstatushouders", [(FEW, "3 nieuwe statushouders")]),
    ("een totaal van 7", [(FEW, "totaal van 7")]),
    ("10 deelnemers, 18 jongeren en 100 mensen", []),
    ("1.005 mensen en 12,5 mensen", []),
    ("1 005 mensen", []),
    ("6-8 deelnemers", []),
    ("een van de deelnemers", []),
    ("4 jaar, 5 procent, 3 gemeenten, 6 medewerkers", []),
    ("totaal van 70", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_is_found(text, expected):
    assert [(found.kind, found.text) for found in findings([("Aanpak", text)])] == expected


@pytest.mark.parametrize(
    ("digits", "passes"),
    [("123456782", True), ("111222333", True), ("123456789", False), ("000000000", False)],
)
def test_elfproef(digits, passes):
    assert passes_elfproef(digits) is passes


def test_finding_is_told_with_its_field():
    (found,) = findings([("Doel", "niets"), ("Aanpak", "bel 0612345678")])

    assert str(found) == "Dit lijkt op een telefoonnummer: “0612345678” (bij Aanpak)."


def test_long_text_takes_no_time():
    """Patterns that try again and again would take minutes here."""
    for text in ("0 " * 50_000, "1" * 50_000, "a." * 50_000 + "@", "vijf " * 20_000):
        assert findings([("", text)]) == []
