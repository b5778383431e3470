"""What a program does and a person does not: fill in what cannot be seen, and be done at once."""

from __future__ import annotations

import time

from django import forms
from django.core.signing import BadSignature, Signer

TOO_FAST, TOO_OLD = 3, 24 * 3600  # seconds since the page was made
FAST = "Dat ging wel erg snel. Kijk uw tekst nog even na en verstuur hem dan opnieuw."
OLD = "Deze pagina stond lang open. Kijk uw tekst nog even na en verstuur hem dan opnieuw."
_signer = Signer(salt="practices.contributions.traps")


def stamp() -> str:
    return _signer.sign(str(int(time.time())))


class TrapsMixin(forms.Form):
    """`subject` is the field that people do not see; `opened` says when the page was made.

    A filled `subject` is no error: whoever fills it must get the answer that everybody gets.
    Its name is none that a browser fills in by itself, or a person would be caught.
    """

    subject = forms.Field(
        label="Laat dit veld leeg",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.Field(required=False, initial=stamp, widget=forms.HiddenInput)

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("subject"))

    def clean_subject(self) -> str:
        return ""

    def clean(self) -> None:
        super().clean()
        age = self._age()
        if age is None or age > TOO_OLD:
            self._start_anew()
            self.add_error(None, OLD)
        elif age < TOO_FAST and not self.errors:
            self.add_error(None, FAST)

    def _age(self) -> float | None:
        """In seconds; None when the page did not come from here."""
        try:
            return time.time() - int(_signer.unsign(self.data.get("opened", "")))
        except (BadSignature, ValueError):
            return None

    def _start_anew(self) -> None:
        self.data = dict(self.data.items()) | {"opened": stamp()}
