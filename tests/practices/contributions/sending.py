"""The forms for readers, filled in as a person does."""

import re
import time

from django.core.signing import Signer

from practices.models import Suggestion

PROPOSAL_URL = "/praktijk-voorstellen/"
SENT_URL = "/voorstel-verstuurd/"
PROPOSAL = {
    "title": "Fietsen voor iedereen",
    "summary": "Wie geen fiets heeft, krijgt er een te leen.",
    "sender_email": "anna@example.org",
}
CORRECTION = {"text": "Het bedrag klopt niet meer.", "sender_email": "anna@example.org"}


def correction_url(practice):
    return f"/praktijken/{practice.slug}/meld-een-fout/"


def opened(ago=60):
    """What the page carries that was made so many seconds ago."""
    return Signer(salt="practices.contributions.traps").sign(str(int(time.time()) - ago))


def send(client, url, data, **more):
    extra = {key: more.pop(key) for key in list(more) if key.startswith(("REMOTE", "HTTP"))}
    return client.post(url, {"opened": opened(), "subject": ""} | data | more, **extra)


def stored():
    return list(Suggestion.objects.order_by("pk"))


def link_in(mail):
    return re.search(r"http://testserver(/voorstel-bevestigen/\S+)", mail.body)[1]


def complaints(response):
    return [text for texts in response.context["form"].errors.values() for text in texts]
